import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { escapeControls } from '../base/controls.ts';
import { hasErrors, renderDiagnostic } from '../base/diagnostic.ts';
import { fileErrorText } from '../base/file-error.ts';
import { format, isSameQuery, parse } from '../eql/index.ts';
import { formatRule } from '../rules/format-rule.ts';
import { readText } from '../rules/read-text.ts';
import { findRuleFiles, type RuleFile } from '../rules/rule-set.ts';
import { CommandError, EXIT, type ExitStatus } from './exit.ts';
import { diagnosticsText } from './load-rules.ts';
import { stderr, stdout } from './output.ts';
import { countText, plural } from './progress.ts';
import { replaceFile } from './replace-file.ts';

export interface FormatOptions {
  readonly check?: boolean;
  readonly json?: boolean;
}

/** What became of a rule file. */
interface Outcome extends Omit<RuleFile, 'rule'> {
  /** Of the rule; null where the file does not say. */
  readonly type: string | null;
  /** It was rewritten, or would be. */
  readonly changed: boolean;
}

/** `hoplimit rules format`: the queries of rule files in the one layout; `-` stands for a query by itself. */
export function formatRules(paths: readonly string[], options: FormatOptions): ExitStatus {
  if (paths.length === 0) {
    throw new CommandError('name rule files, folders of them, or - for a query on standard input', EXIT.usage);
  }
  if (paths.includes('-')) {
    if (paths.length > 1) throw new CommandError('- is a query by itself, and goes with no rule files', EXIT.usage);
    return formatStandardInput(options);
  }
  const { paths: files, failures } = findRuleFiles(paths);
  if (files.length === 0 && failures.length === 0) {
    throw new CommandError(`no rule file (*.toml) in ${paths.join(', ')}`);
  }
  const outcomes: Outcome[] = [];
  for (const path of files) {
    const outcome = formatFile(path, options);
    tell(outcome, options);
    outcomes.push(outcome);
  }
  for (const failure of failures) {
    const outcome = { ...failure, type: null, changed: false };
    tell(outcome, options);
    outcomes.push(outcome);
  }
  if (!options.json) stdout.line(summary(outcomes, options));
  const isFailed = outcomes.some(({ changed, diagnostics }) => (changed && options.check) || hasErrors(diagnostics));
  return isFailed ? EXIT.failed : EXIT.done;
}

function formatFile(path: string, { check }: FormatOptions): Outcome {
  const { text, diagnostics } = readText(path);
  if (diagnostics.length > 0) return { path, text, type: null, changed: false, diagnostics };
  const formatted = formatRule(text);
  const outcome = { path, text, type: formatted.type, diagnostics: formatted.diagnostics };
  if (formatted.text === text) return { ...outcome, changed: false };
  try {
    if (!check) replaceFile(path, formatted.text);
    return { ...outcome, changed: true };
  } catch (error) {
    const message = `cannot be written, and is as it was: ${fileErrorText(error)}`;
    return { ...outcome, changed: false, diagnostics: [{ severity: 'error', code: 'unwritable', message }] };
  }
}

function tell({ path, text, type, changed, diagnostics }: Outcome, { check, json }: FormatOptions): void {
  if (json) stdout.line(JSON.stringify({ file: path, type, changed, diagnostics }));
  else if (diagnostics.length > 0) stdout.line(`${diagnosticsText({ path, text, rule: null, diagnostics })}\n`);
  else if (changed) stdout.line(escapeControls(`${check ? 'would format' : 'formatted'} ${path}`));
}

function summary(outcomes: readonly Outcome[], { check }: FormatOptions): string {
  const failed = outcomes.filter(({ diagnostics }) => hasErrors(diagnostics)).length;
  const changed = outcomes.filter((outcome) => outcome.changed).length;
  const others = outcomes.filter(({ type, diagnostics }) => type !== 'eql' && !hasErrors(diagnostics)).length;
  const parts = [
    `${countText(changed)} ${check ? 'to be formatted' : 'formatted'}`,
    `${countText(outcomes.length - changed - others - failed)} in form already`,
    `${countText(others)} of other types left alone`,
    `${countText(failed)} with errors`,
  ];
  return `${plural(outcomes.length, 'rule file')}: ${parts.join(', ')}`;
}

/** The query on standard input, formatted. One with errors gives none. */
function formatStandardInput({ check, json }: FormatOptions): ExitStatus {
  const input = readFileSync(0);
  if (!isUtf8(input)) throw new CommandError('standard input is no text in UTF-8');
  const text = input.toString('utf8');
  const { diagnostics } = parse(text);
  const formatted = `${format(text)}\n`;
  const changed = !hasErrors(diagnostics) && formatted !== text;
  if (changed && !isSameQuery(text, formatted)) {
    throw new CommandError('the formatted query would not say the same; please report this fault with the query');
  }
  if (json) {
    stdout.line(JSON.stringify({ file: '-', changed, diagnostics, query: hasErrors(diagnostics) ? null : formatted }));
  } else {
    for (const diagnostic of diagnostics) stderr.line(`${renderDiagnostic(diagnostic, text, 'query')}\n`);
    if (hasErrors(diagnostics)) throw new CommandError('the query cannot be formatted');
    // A file or pipe gets the query with all that is in it; a terminal nothing that it would obey.
    if (!check && !stdout.isTerminal) stdout.bytes(Buffer.from(formatted));
    else if (!check) stdout.line(formatted.slice(0, -1));
    else if (changed) stdout.line('would format the query');
  }
  return hasErrors(diagnostics) || (check && changed) ? EXIT.failed : EXIT.done;
}
