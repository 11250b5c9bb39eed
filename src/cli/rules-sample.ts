import { type Diagnostic, hasErrors, renderDiagnostic } from '../base/diagnostic.ts';
import { type CheckedQuery, type ExampleOptions, exampleOf, type NearMiss, nearMissesOf } from '../eql/index.ts';
import { checkedQuery } from '../rules/checked-query.ts';
import { CommandError, EXIT, type ExitStatus } from './exit.ts';
import { loadRules } from './load-rules.ts';
import { stderr, stdout } from './output.ts';
import { plural } from './progress.ts';
import { findRule, type RulesOptions } from './rules.ts';

export interface SampleOptions extends RulesOptions {
  readonly near?: boolean;
}

/** `hoplimit rules sample`: events on standard output, words about them on standard error. */
export function sampleRule(name: string, options: SampleOptions): ExitStatus {
  const rule = findRule(loadRules(options.rules), name);
  if (!rule.supported) throw new CommandError(`"${rule.name}" is a rule of type ${rule.type}, which is not run`);
  const checked = checkedQuery(rule);
  const example = { timestampField: rule.timestamp_field };
  if (options.near) printNearMisses(checked, example, options);
  else printExample(checked, example, options);
  return EXIT.done;
}

function printExample(checked: CheckedQuery, example: ExampleOptions, { json }: SampleOptions): void {
  const { events, diagnostics } = exampleOf(checked, example);
  if (events === null) throw failure(checked, diagnostics);
  if (json) stdout.line(JSON.stringify({ matches: true, events }));
  else for (const event of events) stdout.line(JSON.stringify(event));
}

function printNearMisses(checked: CheckedQuery, example: ExampleOptions, { json }: SampleOptions): void {
  const { nearMisses, left, diagnostics } = nearMissesOf(checked, example);
  if (hasErrors(diagnostics)) throw failure(checked, diagnostics);
  let line = 1;
  for (const miss of nearMisses) {
    const { kind, step, clause, why, events } = miss;
    if (json) {
      stdout.line(JSON.stringify({ matches: false, kind, step, clause, why, events }));
      continue;
    }
    stderr.line(`${placeOf(miss, line)}: ${clip(why)}`);
    // Each beside its events, where both go to a terminal.
    stderr.flush();
    for (const event of events ?? []) stdout.line(JSON.stringify(event));
    line += events?.length ?? 0;
  }
  if (left > 0) stderr.line(`hoplimit: ${plural(left, 'more near miss', 'more near misses')} not made`);
}

function placeOf({ events }: NearMiss, line: number): string {
  if (events === null) return 'none found with which this alone is wrong';
  return events.length === 1 ? `line ${line}` : `lines ${line} to ${line + events.length - 1}`;
}

/** Characters of a sentence, which may have a long list of the query in it. */
const MAX_SHOWN = 160;

function clip(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}

function failure({ text }: CheckedQuery, diagnostics: readonly Diagnostic[]): CommandError {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return new CommandError(errors.map((diagnostic) => renderDiagnostic(diagnostic, text, 'query')).join('\n\n'));
}
