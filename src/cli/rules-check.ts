import { type Diagnostic, hasErrors, lineAndColumn } from '../base/diagnostic.ts';
import type { QueryOptions } from '../rules/checked-query.ts';
import { lintRule } from '../rules/lint/lint-rule.ts';
import { loadRuleSet, type RuleFile } from '../rules/rule-set.ts';
import { CommandError, EXIT, type ExitStatus } from './exit.ts';
import { BUNDLED_RULES, diagnosticsText } from './load-rules.ts';
import { mappingFrom } from './mapping-files.ts';
import { stdout } from './output.ts';
import { plural } from './progress.ts';
import { typeOf } from './rules.ts';

export interface CheckOptions {
  readonly json?: boolean;
  /** False for `--no-lint`. */
  readonly lint: boolean;
  readonly mapping?: readonly string[];
}

/** `hoplimit rules check` */
export function checkRules(paths: readonly string[], options: CheckOptions): ExitStatus {
  const mapping = mappingFrom(options.mapping ?? []);
  const fields: QueryOptions = mapping === null ? {} : { catalogue: mapping, unknownFields: 'error' };
  const loaded = loadRuleSet(paths.length > 0 ? paths : [BUNDLED_RULES], fields).files;
  if (loaded.length === 0) throw new CommandError(`no rule file (*.toml) in ${paths.join(', ')}`);
  const files = options.lint ? loaded.map((file) => linted(file, fields)) : loaded;
  if (options.json) for (const file of files) stdout.line(JSON.stringify(checked(file)));
  else printChecked(files);
  return files.some((file) => hasErrors(file.diagnostics)) ? EXIT.failed : EXIT.done;
}

/** What is wrong with the file, then what is unwise in it. */
function linted(file: RuleFile, fields: QueryOptions): RuleFile {
  const { rule, text, diagnostics } = file;
  if (!rule?.supported) return file;
  return { ...file, diagnostics: [...diagnostics, ...lintRule(rule, text, fields)] };
}

function printChecked(files: readonly RuleFile[]): void {
  const invalid = files.filter((file) => hasErrors(file.diagnostics));
  const warned = files.filter((file) => file.diagnostics.length > 0 && !hasErrors(file.diagnostics));
  for (const file of [...warned, ...invalid]) stdout.line(`${diagnosticsText(file)}\n`);
  stdout.line(`${plural(files.length, 'rule file')}: ${files.length - invalid.length} valid, ${invalid.length} not`);
  const types = files.flatMap(({ rule }) => (rule === null ? [] : typeOf(rule)));
  printCounts(types, (type) => (type === 'eql' ? '' : ' (not supported: read, not run)'));
  for (const severity of ['error', 'warning'] as const) {
    const codes = files.flatMap(({ diagnostics }) => diagnostics.filter((one) => one.severity === severity));
    if (codes.length === 0) continue;
    stdout.line(`${plural(codes.length, severity)}:`);
    printCounts(codes.map(({ code }) => code));
  }
}

/** How often each word is there, the most frequent first. */
function printCounts(words: readonly string[], remark: (word: string) => string = () => ''): void {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  for (const [word, count] of [...counts].sort((a, b) => b[1] - a[1])) {
    stdout.line(`  ${String(count).padStart(6)}  ${word}${remark(word)}`);
  }
}

/** A file as `--json` gives it. */
function checked({ path, text, rule, diagnostics }: RuleFile): object {
  return {
    file: path,
    rule_id: rule?.rule_id ?? null,
    type: rule === null ? null : typeOf(rule),
    valid: !hasErrors(diagnostics),
    diagnostics: diagnostics.map((diagnostic) => placed(diagnostic, text)),
  };
}

function placed(diagnostic: Diagnostic, text: string): object {
  return diagnostic.span === undefined ? diagnostic : { ...diagnostic, ...lineAndColumn(text, diagnostic.span.start) };
}
