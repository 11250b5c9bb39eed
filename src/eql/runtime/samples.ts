import type { Scalar } from '../../base/field.ts';
import type { EventFilter, SampleQuery } from '../ast.ts';
import type { Filter, FilterContext } from '../compiler/filter.ts';
import { type JoinKey, type KeyReader, keyReader } from './join-key.ts';
import { noLosses } from './losses.ts';
import type { Placed } from './placed.ts';

export interface Sample<D> {
  readonly key: JoinKey;
  /** One for each step, no event twice. */
  readonly events: readonly Placed<D>[];
}

/** The events of one key, for each step in order. */
interface Candidates<D> {
  readonly key: JoinKey;
  readonly steps: readonly Placed<D>[][];
}

/** Tries for the samples of one key. What is still to be found then is not looked for. */
const MAX_TRIES = 100_000;

/** Tries for the samples of all keys; those that come behind are not looked at. */
const MAX_ALL_TRIES = 50_000_000;

/** Events of all keys and steps that are held; those beyond take no part. */
const MAX_CANDIDATES = 5_000_000;

/** Collects events that take part in samples: for each key, an event for each step, in any order of time. */
export class SampleFinder<D> {
  readonly #places: readonly { readonly filter: Filter<D>; readonly keys: KeyReader<D> }[];
  readonly #keys = new Map<string, Candidates<D>>();
  readonly losses = noLosses();
  #candidates = 0;

  constructor(query: SampleQuery, context: FilterContext<D>, compile: (filter: EventFilter) => Filter<D>) {
    this.#places = query.steps.map((step) => ({
      filter: compile(step.filter),
      keys: keyReader([...query.by, ...step.by], context),
    }));
  }

  add(event: Placed<D>): void {
    let isCut = false;
    for (const [index, { filter, keys }] of this.#places.entries()) {
      if (!filter(event.document)) continue;
      const found = keys(event.document);
      isCut ||= found.isCut;
      for (const key of found.list) this.#put(key, index, event);
    }
    if (isCut) this.losses.cut++;
  }

  #put(key: JoinKey, step: number, event: Placed<D>): void {
    if (this.#candidates >= MAX_CANDIDATES) {
      this.losses.dropped++;
      return;
    }
    this.#candidates++;
    let candidates = this.#keys.get(key.id);
    if (candidates === undefined) {
      candidates = { key, steps: this.#places.map(() => []) };
      this.#keys.set(key.id, candidates);
    }
    candidates.steps[step].push(event);
  }

  /** At most `perKey` for each key, of the events that came first; keys in ascending order, null first. */
  *samples(perKey: number): Generator<Sample<D>> {
    const complete = [...this.#keys.values()].filter(({ steps }) => steps.every((events) => events.length > 0));
    complete.sort((a, b) => compareValues(a.key.values, b.key.values));
    let left = MAX_ALL_TRIES;
    for (const { key, steps } of complete) {
      const tries = yield* samplesOf(key, steps, perKey, Math.min(left, MAX_TRIES));
      left -= tries;
      if (tries >= MAX_TRIES || left <= 0) this.losses.untried++;
    }
  }
}

/**
 * Depth first: for each step the first event that no earlier step has, and back where a step has none left.
 * @returns how many tries it took, `limit` at most
 */
function* samplesOf<D>(
  key: JoinKey,
  steps: readonly Placed<D>[][],
  most: number,
  limit: number,
): Generator<Sample<D>, number> {
  const chosen: Placed<D>[] = [];
  let found = 0;
  let tries = 0;
  function* choose(step: number): Generator<Sample<D>> {
    if (step === steps.length) {
      found++;
      yield { key, events: [...chosen] };
      return;
    }
    for (const event of steps[step]) {
      if (found >= most || tries >= limit) return;
      tries++;
      if (chosen.includes(event)) continue;
      chosen.push(event);
      yield* choose(step + 1);
      chosen.pop();
    }
  }
  yield* choose(0);
  return tries;
}

function compareValues(a: readonly (Scalar | null)[], b: readonly (Scalar | null)[]): number {
  for (let i = 0; i < a.length; i++) {
    const difference = compareValue(a[i], b[i]);
    if (difference !== 0) return difference;
  }
  return 0;
}

function compareValue(a: Scalar | null, b: Scalar | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? -1 : 1;
  if (typeof a === typeof b) return a < b ? -1 : 1;
  return typeof a < typeof b ? -1 : 1;
}
