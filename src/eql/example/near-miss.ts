import type { Diagnostic, Span } from '../../base/diagnostic.ts';
import type { JsonDocument } from '../../base/json-document.ts';
import type { CheckedQuery } from '../check.ts';
import { type ExampleOptions, makerFor } from './maker.ts';
import { type Miss, missesOf } from './miss.ts';

/** Near misses of one query. */
const MAX_NEAR_MISSES = 100;

/** Work, as `MAX_WORK` counts it, after which no further near miss is begun. */
const MAX_TOTAL_WORK = 10_000_000;

/** Something that can be wrong with events that would match but for it. */
export interface NearMiss {
  /**
   * `clause`: a condition that must hold does not; `exception`: one that must not, does; `join-key`: the last event has
   * another; `maxspan`: it comes too late; `missing-event`, `until`: an event comes that must not.
   */
  readonly kind: Miss['kind'];
  /** The step that it is about, from 1; null where it is about none. */
  readonly step: number | null;
  /** What of the query fails. */
  readonly clause: string;
  readonly span: Span;
  /** One sentence, without a full stop. */
  readonly why: string;
  /** The events, in order of time. Null where none were found for which this alone is wrong. */
  readonly events: readonly JsonDocument[] | null;
}

export interface NearMisses {
  readonly nearMisses: readonly NearMiss[];
  /** What else can be wrong, and was not tried: a hundred are at most, fewer where they take long to find. */
  readonly left: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * For each thing that a query asks for, events that would match but for that one: the same on every run, and asked of
 * the engine, which does not find them. Each near miss has its own times, and its own join keys where the query leaves
 * them open, so that several in one stream do not make a sequence of theirs.
 */
export function nearMissesOf(checked: CheckedQuery, options: ExampleOptions = {}): NearMisses {
  const maker = makerFor(checked, options);
  if (maker === null) return { nearMisses: [], left: 0, diagnostics: checked.diagnostics };
  const first = maker.solve(0);
  if (!('values' in first)) return { nearMisses: [], left: 0, diagnostics: [...checked.diagnostics, first] };
  const misses = missesOf(maker, first.cast);
  const nearMisses: NearMiss[] = [];
  for (const { make, ...miss } of misses.slice(0, MAX_NEAR_MISSES)) {
    if (maker.asker.work > MAX_TOTAL_WORK) break;
    const solved = maker.another(first, nearMisses.length + 1);
    const events = solved && make(maker, solved);
    nearMisses.push({ ...miss, events: events && !maker.matches(events) ? events : null });
  }
  return { nearMisses, left: misses.length - nearMisses.length, diagnostics: checked.diagnostics };
}
