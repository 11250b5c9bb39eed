import { type EventFilter, filtersOf, type SequenceQuery, type SequenceStep } from '../ast.ts';
import type { Filter, FilterContext } from '../compiler/filter.ts';
import { type JoinKey, type KeyReader, keyReader } from './join-key.ts';
import { type Losses, noLosses } from './losses.ts';
import type { Placed } from './placed.ts';
import type { Placer } from './placer.ts';

/** A part that an event may have in a sequence: to take a place in it, to be one that must be missing, to end it. */
export interface Part<D> {
  readonly kind: 'place' | 'absence' | 'until';
  /** Among those of its kind. */
  readonly index: number;
  readonly filter: Filter<D>;
  /** Of its filter, among `filtersOf(query)`. */
  readonly filterNumber: number;
  /** Of what reads its keys, among the plan's `keyReaders`. */
  readonly keyReader: number;
}

/** An event and all that sequences have to know of it: the document is not looked at again. */
export interface SequenceEvent<D> extends Placed<D> {
  readonly parts: readonly Part<D>[];
  /** By the number of the key reader: the keys of the sequences in which the event has its parts. */
  readonly keys: readonly (readonly JoinKey[])[];
}

/** The keys of an event: what it takes to hold it. */
export function keysOf<D>({ keys }: SequenceEvent<D>): number {
  let count = 0;
  for (const some of keys) count += some.length;
  return count;
}

/** A sequence as it is run. */
export interface SequencePlan<D> {
  /** The events that must be there; those of `with runs` count each. */
  readonly places: number;
  /** Places from the last to the first, then absences, then `until`. */
  readonly parts: readonly Part<D>[];
  /** The parts of each filter by itself, by its number. */
  readonly partsOfFilter: readonly (readonly Part<D>[])[];
  readonly keyReaders: readonly KeyReader<D>[];
  /** For each event that must not be there, `![ ]`: how many of the events that are there stand before it. */
  readonly absences: readonly { readonly after: number }[];
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
  const filters = filtersOf(query);
  const keyReaders: KeyReader<D>[] = [];
  const partOf = (kind: Part<D>['kind'], index: number, step: SequenceStep): Part<D> => {
    const keys = keyReader([...query.by, ...step.by], context);
    if (!keyReaders.includes(keys)) keyReaders.push(keys);
    const filterNumber = filters.indexOf(step.filter);
    return { kind, index, filter: compile(step.filter), filterNumber, keyReader: keyReaders.indexOf(keys) };
  };
  const places: Part<D>[] = [];
  const absences: Part<D>[] = [];
  const after: number[] = [];
  const isMissing: boolean[] = [];
  for (const step of query.steps) {
    for (let run = 0; run < step.runs; run++) {
      isMissing.push(step.missing);
      if (!step.missing) places.push(partOf('place', places.length, step));
    }
    if (step.missing) {
      absences.push(partOf('absence', absences.length, step));
      after.push(places.length);
    }
  }
  // From the last place on, so that an event takes no two of one sequence.
  const parts = [...places.toReversed(), ...absences, ...(query.until ? [partOf('until', 0, query.until)] : [])];
  return {
    places: places.length,
    parts,
    partsOfFilter: filters.map((_, number) => parts.filter(({ filterNumber }) => filterNumber === number)),
    keyReaders,
    absences: after.map((before) => ({ after: before })),
    maxspan: query.maxspan?.millis ?? Number.POSITIVE_INFINITY,
    isMissing,
    losses: noLosses(),
  };
}

/**
 * The document at its place, and what it can be in sequences; null where it can be nothing.
 * @param met the numbers of the filters that it meets, where that is known
 */
export function placeIn<D>(
  plan: SequencePlan<D>,
  placer: Placer<D>,
  document: D,
  met?: readonly number[],
): SequenceEvent<D> | null {
  const parts = partsOf(plan, document, met);
  if (parts.length === 0) return null;
  let isCut = false;
  const keys = plan.keyReaders.map((read) => {
    const found = read(document);
    isCut ||= found.isCut;
    return found.list;
  });
  if (keys.every((some) => some.length === 0)) return null;
  if (isCut) plan.losses.cut++;
  const { time, tiebreaker, arrival } = placer.place(document);
  return { document, time, tiebreaker, arrival, parts, keys };
}

function partsOf<D>(plan: SequencePlan<D>, document: D, met: readonly number[] | undefined): readonly Part<D>[] {
  if (met?.length === 1) return plan.partsOfFilter[met[0]];
  return plan.parts.filter(({ filter, filterNumber }) => (met ? met.includes(filterNumber) : filter(document)));
}
