import type { Scalar } from '../../base/field.ts';
import type { JoinKey } from './join-key.ts';
import { OldestFirst } from './oldest-first.ts';
import type { Placed } from './placed.ts';
import type { SequenceEvent, SequencePlan } from './sequence-plan.ts';

/** The events of a sequence that must be there, all or the first of them. */
export interface Partial<D> {
  readonly last: Placed<D>;
  readonly before: Partial<D> | null;
  readonly first: Placed<D>;
}

/** The sequences in the making that share a key. */
interface KeyState<D> {
  readonly values: readonly (Scalar | null)[];
  /** By the number of the place that their last event took; at most one for each. With many places, as long as need be. */
  readonly partials: (Partial<D> | null | undefined)[];
  alive: number;
  /** Time of the event that was taken last. */
  touched: number;
}

export interface CompleteSequence<D> {
  readonly key: JoinKey;
  readonly partial: Partial<D>;
}

/** What is remembered of a key. */
export interface SequenceState<D> {
  readonly key: JoinKey;
  readonly touched: number;
  /** By the number of the place that the last event took. */
  readonly partials: readonly (readonly Placed<D>[] | null)[];
}

/** For so many places a key has room from the start. */
const FEW_PLACES = 8;

export interface SequenceLimits {
  /** Events of sequences in the making; beyond, those are dropped whose key has waited longest. */
  readonly partials: number;
}

/**
 * Finds sequences in events that come in order. For each key it has one sequence in the making at most at each place: a
 * newer one replaces an older. An event tries the last place first, so that it takes no two places of one sequence.
 */
export class SequenceMachine<D> {
  readonly #plan: SequencePlan<D>;
  readonly #limit: number;
  readonly #onComplete: (sequence: CompleteSequence<D>) => void;
  /** The key that was touched longest ago comes first. */
  readonly #keys = new OldestFirst<KeyState<D>>();
  /** How many sequences in the making there are, by the number of the place that their last event took. */
  readonly #waiting: number[];
  /** Events that they have, all together. */
  #held = 0;

  constructor(plan: SequencePlan<D>, limits: SequenceLimits, onComplete: (sequence: CompleteSequence<D>) => void) {
    this.#plan = plan;
    this.#limit = limits.partials;
    this.#onComplete = onComplete;
    this.#waiting = new Array<number>(plan.places).fill(0);
  }

  /** Keys and the events of their sequences in the making, the key that was touched longest ago first. */
  *states(): Generator<SequenceState<D>> {
    for (const { id, value } of this.#keys) {
      const { values, partials, touched } = value;
      yield {
        key: { id, values },
        touched,
        partials: Array.from(partials, (partial) => (partial ? eventsOf(partial) : null)),
      };
    }
  }

  /** Takes up what `states` gave; in the same order. */
  restore({ key, touched, partials }: SequenceState<D>): void {
    const taken = partials.map((events) => events && chain(events));
    const state: KeyState<D> = { values: key.values, partials: taken, alive: 0, touched };
    this.#keys.put(key.id, state);
    for (const [index, partial] of taken.entries()) if (partial !== null) this.#count(state, index, 1);
  }

  /** @param event comes after all that came before */
  add(event: SequenceEvent<D>): void {
    const { maxspan } = this.#plan;
    if (maxspan !== Number.POSITIVE_INFINITY) this.#expire(event.time - maxspan);
    for (const part of event.parts) {
      if (part.kind === 'absence') continue;
      if (part.kind === 'place' && part.index > 0 && this.#waiting[part.index - 1] === 0) continue;
      for (const key of event.keys[part.keyReader]) {
        if (part.kind === 'until') this.#forget(key.id);
        else if (part.index === 0) this.#start(key, placedOf(event));
        else this.#advance(key, part.index, placedOf(event));
      }
    }
  }

  #start(key: JoinKey, event: Placed<D>): void {
    const partial = { last: event, before: null, first: event };
    if (this.#plan.places === 1) this.#onComplete({ key, partial });
    else this.#put(key, 0, partial);
  }

  #advance(key: JoinKey, index: number, event: Placed<D>): void {
    const state = this.#keys.get(key.id);
    const before = state?.partials[index - 1];
    if (!state || !before) return;
    // What has come too late for its next event is lost, and cannot wait for another.
    this.#take(key.id, state, index - 1);
    if (event.time - before.first.time > this.#plan.maxspan) return;
    const partial = { last: event, before, first: before.first };
    if (index === this.#plan.places - 1) this.#onComplete({ key: { id: key.id, values: state.values }, partial });
    else this.#put(key, index, partial);
  }

  #put(key: JoinKey, index: number, partial: Partial<D>): void {
    const state = this.#keys.get(key.id) ?? this.#newState(key);
    this.#keys.put(key.id, state);
    state.touched = partial.last.time;
    if (!state.partials[index]) this.#count(state, index, 1);
    state.partials[index] = partial;
    while (this.#held > this.#limit) this.#dropOldest();
  }

  #newState({ values }: JoinKey): KeyState<D> {
    const last = this.#plan.places - 1;
    return { values, partials: last <= FEW_PLACES ? new Array(last).fill(null) : [], alive: 0, touched: 0 };
  }

  #take(id: string, state: KeyState<D>, index: number): void {
    state.partials[index] = null;
    this.#count(state, index, -1);
    if (state.alive === 0) this.#keys.delete(id);
  }

  /** A sequence that has come as far as `index` is there from now on, or no more. */
  #count(state: KeyState<D>, index: number, change: 1 | -1): void {
    state.alive += change;
    this.#waiting[index] += change;
    this.#held += change * (index + 1);
  }

  #forget(id: string): void {
    const state = this.#keys.get(id);
    if (state === undefined) return;
    for (const [index, partial] of state.partials.entries()) if (partial) this.#count(state, index, -1);
    this.#keys.delete(id);
  }

  #dropOldest(): void {
    const { oldest } = this.#keys;
    if (oldest === null) return;
    this.#plan.losses.dropped += oldest.value.alive;
    this.#forget(oldest.id);
  }

  /** Forgets keys whose last event came before `time`: none of their sequences can be completed any more. */
  #expire(time: number): void {
    for (let { oldest } = this.#keys; oldest !== null && oldest.value.touched < time; { oldest } = this.#keys) {
      this.#forget(oldest.id);
    }
  }
}

/** The event without what was needed to find its sequences. */
function placedOf<D>({ document, time, tiebreaker, arrival }: Placed<D>): Placed<D> {
  return { document, time, tiebreaker, arrival };
}

/** The sequence of these events, of which there is at least one. */
export function chain<D>([first, ...others]: readonly Placed<D>[]): Partial<D> {
  let partial: Partial<D> = { last: first, before: null, first };
  for (const last of others) partial = { last, before: partial, first };
  return partial;
}

/** The events of a sequence, in order. */
export function eventsOf<D>(partial: Partial<D>): Placed<D>[] {
  const events: Placed<D>[] = [];
  for (let at: Partial<D> | null = partial; at !== null; at = at.before) events.push(at.last);
  return events.reverse();
}

/** A document for each step of the query, runs counted each; null for one that is missing. */
export function stepsOf<D>(plan: SequencePlan<D>, { partial }: CompleteSequence<D>): (D | null)[] {
  const events = eventsOf(partial);
  let next = 0;
  return plan.isMissing.map((missing) => (missing ? null : events[next++].document));
}
