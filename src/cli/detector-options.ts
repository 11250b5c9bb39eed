import { renderDiagnostic } from '../base/diagnostic.ts';
import type { DocumentReader } from '../base/field.ts';
import type { Detector, DetectorOptions } from '../detect/detector.ts';
import type { Event } from '../ecs/event.ts';
import { CommandError } from './exit.ts';
import { lossesText } from './losses-text.ts';
import { stderr } from './output.ts';

/** Files come in any order, so events that several rules put together wait until all have been read. */
const FILE_LIMITS = { lateness: Number.POSITIVE_INFINITY, waiting: 1_000_000 };

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
  for (const { rule, reason, diagnostics } of detector.skipped) {
    switch (reason) {
      case 'disabled':
      case 'other_index':
        break;
      case 'unsupported':
        stderr.line(`hoplimit: rule "${rule.name}" is of type ${rule.type}, which is not run`);
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
