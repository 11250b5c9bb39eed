import type { Scalar } from '../../base/field.ts';
import type { EventFilter, SampleQuery } from '../ast.ts';
import type { Filter, FilterContext } from '../compiler/filter.ts';
import { type JoinKey, type KeyReader, keyReader } from './join-key.ts';
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

/** Collects events that take part in samples: for each key, an event for each step, in any order of time. */
export class SampleFinder<D> {
  readonly #places: readonly { readonly filter: Filter<D>; readonly keys: KeyReader<D> }[];
  readonly #keys = new Map<string, Candidates<D>>();

  constructor(query: SampleQuery, context: FilterContext<D>, compile: (filter: EventFilter) => Filter<D>) {
    this.#places = query.steps.map((step) => ({
      filter: compile(step.filter),
      keys: keyReader([...query.by, ...step.by], context),
    }));
  }

  add(event: Placed<D>): void {
    for (const [index, { filter, keys }] of this.#places.entries()) {
      if (!filter(event.document)) continue;
      for (const key of keys(event.document)) {
        let candidates = this.#keys.get(key.id);
        if (candidates === undefined) {
          candidates = { key, steps: this.#places.map(() => []) };
          this.#keys.set(key.id, candidates);
        }
        candidates.steps[index].push(event);
      }
    }
  }

  /** At most `perKey` for each key, of the events that came first; keys in ascending order, null first. */
  *samples(perKey: number): Generator<Sample<D>> {
    const complete = [...this.#keys.values()].filter(({ steps }) => steps.every((events) => events.length > 0));
    complete.sort((a, b) => compareValues(a.key.values, b.key.values));
    for (const { key, steps } of complete) yield* samplesOf(key, steps, perKey);
  }
}

/** Depth first: for each step the first event that no earlier step has, and back where a step has none left. */
function* samplesOf<D>(key: JoinKey, steps: readonly Placed<D>[][], most: number): Generator<Sample<D>> {
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
      if (found >= most || ++tries > MAX_TRIES) return;
      if (chosen.includes(event)) continue;
      chosen.push(event);
      yield* choose(step + 1);
      chosen.pop();
    }
  }
  yield* choose(0);
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
