import { renderDiagnostic } from '../base/diagnostic.ts';
import type { DocumentReader } from '../base/field.ts';
import type { Detector, DetectorOptions } from '../detect/detector.ts';
import type { Event } from '../ecs/event.ts';
import { CommandError } from './exit.ts';
import { stderr } from './output.ts';

/** What the commands that run rules over files have in common. */
export function detectorOptions<E extends Event>(reader: DocumentReader<E>): DetectorOptions<E> {
  return {
    reader,
    clock: () => Date.now() * 1000,
    onFailure: ({ rule, error }) => {
      stderr.line(`hoplimit: rule "${rule.name}" has failed and is not run any more: ${String(error)}`);
      stderr.flush();
    },
  };
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
