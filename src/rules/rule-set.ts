import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import { fileErrorText } from '../base/file-error.ts';
import type { QueryOptions } from './checked-query.ts';
import { loadRule } from './load-rule.ts';
import { readText } from './read-text.ts';
import type { Rule } from './rule.ts';
import { tomlPositions } from './toml-positions.ts';

/** Four times as many as Elastic publishes. */
const MAX_RULE_FILES = 10_000;

export interface RuleSet {
  /** The rules without errors, in the order of their files. */
  readonly rules: readonly Rule[];
  /** Every file that was read, or could not be. */
  readonly files: readonly RuleFile[];
}

export interface RuleFile {
  readonly path: string;
  /** Empty where the file could not be read. */
  readonly text: string;
  readonly rule: Rule | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads rule files, and all `*.toml` below directories (but for hidden ones). Never throws for what is in them: each
 * file's diagnostics say what is wrong with it.
 */
export function loadRuleSet(paths: readonly string[], options: QueryOptions = {}): RuleSet {
  const found = findRuleFiles(paths);
  const files = found.paths.map((path) => loadFile(path, options));
  markDuplicates(files);
  files.push(...found.failures);
  return { rules: files.flatMap((file) => file.rule ?? []), files };
}

interface FoundFiles {
  /** Each once. */
  readonly paths: string[];
  readonly failures: RuleFile[];
}

/** The rule files that are named, and all `*.toml` below directories (but for hidden ones). Never throws. */
export function findRuleFiles(paths: readonly string[]): FoundFiles {
  const found: FoundFiles = { paths: [], failures: [] };
  const seen = new Set<string>();
  for (const path of paths) {
    try {
      for (const file of statSync(path).isDirectory() ? below(path) : [path]) {
        if (seen.has(resolve(file))) continue;
        seen.add(resolve(file));
        found.paths.push(file);
      }
    } catch (error) {
      found.failures.push(failure(path, 'unreadable', `cannot be read: ${fileErrorText(error)}`));
    }
  }
  if (found.paths.length > MAX_RULE_FILES) {
    const dropped = found.paths.splice(MAX_RULE_FILES);
    const message = `more than ${MAX_RULE_FILES} rule files; this one and what follows were not read`;
    found.failures.push(failure(dropped[0], 'too-many-rules', message));
  }
  return found;
}

/**
 * The rule files below a directory, by name. Links to files are followed, links to directories are not, since they may
 * lead in a circle.
 */
function* below(directory: string): Generator<string> {
  const entries = readdirSync(directory, { withFileTypes: true }).filter((entry) => !entry.name.startsWith('.'));
  entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(directory, entry.name);
    if (entry.isDirectory()) yield* below(path);
    else if (entry.name.endsWith('.toml')) yield path;
  }
}

function loadFile(path: string, options: QueryOptions): RuleFile {
  const { text, diagnostics } = readText(path);
  if (diagnostics.length > 0) return { path, text, rule: null, diagnostics };
  return { path, text, ...loadRule(text, path, options) };
}

/** Of rules with the same id the first is kept. */
function markDuplicates(files: RuleFile[]): void {
  const firsts = new Map<string, string>();
  files.forEach((file, index) => {
    if (file.rule === null) return;
    const id = file.rule.rule_id;
    const first = firsts.get(id);
    if (first === undefined) {
      firsts.set(id, file.path);
      return;
    }
    const span = tomlPositions(file.text)(['rule', 'rule_id'])?.value;
    const diagnostic: Diagnostic = {
      severity: 'error',
      code: 'duplicate-rule-id',
      message: `the rule in ${first} has this id already`,
      ...(span && { span }),
      help: 'make a new one with `uuidgen`, or remove one of the two files',
    };
    files[index] = { ...file, rule: null, diagnostics: [...file.diagnostics, diagnostic] };
  });
}

function failure(path: string, code: string, message: string): RuleFile {
  return { path, text: '', rule: null, diagnostics: [{ severity: 'error', code, message }] };
}
