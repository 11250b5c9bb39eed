import { type EventFilter, type Field, filtersOf, type SequenceQuery, type SequenceStep } from '../ast.ts';
import type { Filter, FilterContext } from '../compiler/filter.ts';
import { type JoinKey, type KeyReader, keyReader } from './join-key.ts';
import type { Placed } from './placed.ts';

/** A part that an event may have in a sequence: to take a place in it, to be one that must be missing, to end it. */
export interface Part<D> {
  readonly kind: 'place' | 'absence' | 'until';
  /** Among those of its kind. */
  readonly index: number;
  readonly filter: Filter<D>;
  /** Of its filter, among `filtersOf(query)`. */
  readonly filterNumber: number;
  readonly keys: KeyReader<D>;
}

/** A part that an event has, and the keys of the sequences in which it has it. */
export interface Role<D> {
  readonly part: Part<D>;
  readonly keys: readonly JoinKey[];
}

/** An event and all that sequences have to know of it: the document is not looked at again. */
export interface SequenceEvent<D> extends Placed<D> {
  readonly roles: readonly Role<D>[];
}

/** A sequence as it is run. */
export interface SequencePlan<D> {
  /** The events that must be there; those of `with runs` count each. */
  readonly places: number;
  /** Places from the last to the first, then absences, then `until`. */
  readonly parts: readonly Part<D>[];
  /** For each event that must not be there, `![ ]`: how many of the events that are there stand before it. */
  readonly absences: readonly { readonly after: number }[];
  /** Milliseconds from the first event to the last; Infinity where nothing limits it. */
  readonly maxspan: number;
  /** For each step of the query in order, runs counted each: whether it is an event that is missing. */
  readonly isMissing: readonly boolean[];
}

/** @param compile makes a filter of a step's; equal steps get the same */
export function sequencePlan<D>(
  query: SequenceQuery,
  context: FilterContext<D>,
  compile: (filter: EventFilter) => Filter<D>,
): SequencePlan<D> {
  const filters = filtersOf(query);
  const readers = new Map<string, KeyReader<D>>();
  const partOf = (kind: Part<D>['kind'], index: number, step: SequenceStep): Part<D> => {
    const by: Field[] = [...query.by, ...step.by];
    const id = JSON.stringify(by.map(({ name, optional }) => [name, optional]));
    const keys = readers.get(id) ?? keyReader(by, context);
    readers.set(id, keys);
    return { kind, index, filter: compile(step.filter), filterNumber: filters.indexOf(step.filter), keys };
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
  return {
    places: places.length,
    // From the last on, so that an event takes no two places of one sequence.
    parts: [...places.reverse(), ...absences, ...(query.until ? [partOf('until', 0, query.until)] : [])],
    absences: after.map((places) => ({ after: places })),
    maxspan: query.maxspan?.millis ?? Number.POSITIVE_INFINITY,
    isMissing,
  };
}

/**
 * What a document can be in sequences; nothing where it lacks all of their keys.
 * @param met the numbers of the filters that it meets, where that is known
 */
export function rolesOf<D>(plan: SequencePlan<D>, document: D, met?: readonly number[]): readonly Role<D>[] {
  const roles: Role<D>[] = [];
  let read: KeyReader<D> | null = null;
  let keys: readonly JoinKey[] = [];
  for (const part of plan.parts) {
    if (met === undefined ? !part.filter(document) : !met.includes(part.filterNumber)) continue;
    if (part.keys !== read) {
      read = part.keys;
      keys = read(document);
    }
    if (keys.length > 0) roles.push({ part, keys });
  }
  return roles;
}
