import { renderDiagnostic } from '../base/diagnostic.ts';
import type { DocumentReader } from '../base/field.ts';
import type { Detector, DetectorOptions } from '../detect/detector.ts';
import type { Event } from '../ecs/event.ts';
import type { Rule } from '../rules/rule.ts';
import { CommandError } from './exit.ts';
import { lossesText } from './losses-text.ts';
import { stderr } from './output.ts';
import { plural } from './progress.ts';

/** Files come in any order, so events that rules relate to others wait as long as there is room. */
const FILE_LIMITS = { lateness: Number.POSITIVE_INFINITY, waiting: 50_000 };

/** What the commands that run rules over files have in common. */
export function detectorOptions<E extends Event>(reader: DocumentReader<E>): DetectorOptions<E> {
  return {
    reader,
    clock: () => Date.now() * 1000,
    limits: FILE_LIMITS,
    onFailure: ({ rule, error }) => {
      stderr.line(`hoplimit: rule "${rule.name}" has failed and is not run any more: ${String(error)}`);
      stderr.flush();
    },
  };
}

/** Says which rules may have missed something, and why. */
export function reportLosses<E extends Event>(detector: Detector<E>): void {
  for (const { rule, counts } of detector.losses()) {
    stderr.line(`hoplimit: rule "${rule.name}" may have missed something: ${lossesText(counts)}`);
  }
  stderr.flush();
}

/** Says which rules cannot be run, and why. */
export function reportSkipped<E extends Event>(detector: Detector<E>): void {
  const unsupported = detector.skipped.filter(({ reason }) => reason === 'unsupported').map(({ rule }) => rule);
  if (unsupported.length > MAX_NAMED)
    stderr.line(`hoplimit: ${plural(unsupported.length, 'rule')} not run, for their types: ${byType(unsupported)}`);
  else
    for (const { name, type } of unsupported)
      stderr.line(`hoplimit: rule "${name}" is of type ${type}, which is not run`);
  for (const { rule, reason, diagnostics } of detector.skipped) {
    switch (reason) {
      case 'disabled':
      case 'other_index':
      case 'unsupported':
        break;
      case 'query':
        stderr.line(`hoplimit: rule "${rule.name}" is not run:`);
        for (const diagnostic of diagnostics) {
          stderr.line(renderDiagnostic(diagnostic, rule.supported ? rule.query : '', rule.name));
        }
        break;
      default: {
        const unknown: never = reason;
        throw new Error(`reason ${String(unknown)}`);
      }
    }
  }
  stderr.flush();
  if (detector.rules.length === 0) throw new CommandError('none of the rules can be run');
}

/** Rules of unsupported types that are named; of more, how many there are of each type. */
const MAX_NAMED = 5;

function byType(rules: readonly Rule[]): string {
  const counts = new Map<string, number>();
  for (const { type } of rules) counts.set(type, (counts.get(type) ?? 0) + 1);
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .map(([type, count]) => `${count} ${type}`)
    .join(', ');
}
