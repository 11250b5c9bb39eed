import type { Diagnostic } from '../../base/diagnostic.ts';
import type { JsonDocument } from '../../base/json-document.ts';
import type { CheckedQuery } from '../check.ts';
import { type ExampleOptions, makerFor } from './maker.ts';

export interface Example {
  /** One event, or those of a sequence or sample, in order of time. Null where none were found. */
  readonly events: readonly JsonDocument[] | null;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Events that a query matches, made from the query itself: the same on every run, and asked of the engine before they
 * are given. Where none were found, the diagnostic `no-example` says what stood in the way.
 */
export function exampleOf(checked: CheckedQuery, options: ExampleOptions = {}): Example {
  const maker = makerFor(checked, options);
  if (maker === null) return { events: null, diagnostics: checked.diagnostics };
  const solved = maker.solve(0);
  if (!('values' in solved)) return { events: null, diagnostics: [...checked.diagnostics, solved] };
  const { scenes, values, start } = solved;
  const events = scenes.map((scene) => maker.timeline.document(scene, values, start));
  if (maker.matches(events)) return { events, diagnostics: checked.diagnostics };
  const failure = maker.noExample('each event that was made meets its conditions, but they are not found together');
  return { events: null, diagnostics: [...checked.diagnostics, failure] };
}
