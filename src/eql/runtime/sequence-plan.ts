import type { EventFilter, Field, SequenceQuery, SequenceStep } from '../ast.ts';
import type { Filter, FilterContext } from '../compiler/filter.ts';
import { type KeyReader, keyReader } from './join-key.ts';
import { type Losses, noLosses } from './losses.ts';

/** What an event must be to take a place in a sequence. */
export interface Place<D> {
  readonly filter: Filter<D>;
  readonly keys: KeyReader<D>;
}

/** An event that must not be there: `![ ]`. */
export interface Absence<D> extends Place<D> {
  /** How many of the events that are there stand before it. */
  readonly after: number;
}

/** A sequence as it is run. */
export interface SequencePlan<D> {
  /** The events that must be there, in order; those of `with runs` each. */
  readonly places: readonly Place<D>[];
  readonly absences: readonly Absence<D>[];
  readonly until: Place<D> | null;
  /** Milliseconds from the first event to the last; Infinity where nothing limits it. */
  readonly maxspan: number;
  /** For each step of the query in order, runs counted each: whether it is an event that is missing. */
  readonly isMissing: readonly boolean[];
  /** Counted while it runs. */
  readonly losses: Losses;
}

/** @param compile makes a filter of a step's; equal steps get the same */
export function sequencePlan<D>(
  query: SequenceQuery,
  context: FilterContext<D>,
  compile: (filter: EventFilter) => Filter<D>,
): SequencePlan<D> {
  const losses = noLosses();
  const readers = new Map<string, KeyReader<D>>();
  /** Steps with the same keys share a reader, which finds those of an event only once. */
  const keysOf = (by: readonly Field[]): KeyReader<D> => {
    const text = JSON.stringify(by.map(({ name, optional }) => [name, optional]));
    const reader = readers.get(text) ?? keyReader(by, context, losses);
    readers.set(text, reader);
    return reader;
  };
  const placeOf = (step: SequenceStep): Place<D> => ({
    filter: compile(step.filter),
    keys: keysOf([...query.by, ...step.by]),
  });
  const places: Place<D>[] = [];
  const absences: Absence<D>[] = [];
  const isMissing: boolean[] = [];
  for (const step of query.steps) {
    const place = placeOf(step);
    for (let run = 0; run < step.runs; run++) {
      isMissing.push(step.missing);
      if (!step.missing) places.push(place);
    }
    if (step.missing) absences.push({ ...place, after: places.length });
  }
  return {
    places,
    absences,
    until: query.until && placeOf(query.until),
    maxspan: query.maxspan?.millis ?? Number.POSITIVE_INFINITY,
    isMissing,
    losses,
  };
}
