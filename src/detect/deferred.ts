import type { Event } from '../ecs/event.ts';
import type { Query } from '../eql/index.ts';
import type { RuleRunner } from './rule-runner.ts';

/** Events that are held; beyond, all rules are told of them. */
const MAX_DEFERRED = 500_000;

/** A rule and one of its filters. */
interface Hit<E extends Event> {
  readonly running: RuleRunner<E>;
  readonly filter: number;
}

/**
 * Holds, until all events are there, those that rules may relate to others. Most such rules ask for something common and for
 * something rare: where the rare never came, they need not be told of the common.
 */
export class Deferred<E extends Event> {
  readonly #hits: readonly Hit<E>[];
  /** The number of a rule's first hit. */
  readonly #first: ReadonlyMap<RuleRunner<E>, number>;
  /** By hit, how many events had it, of all that came. */
  readonly #counts: Uint32Array;
  readonly #limit: number;
  #events: E[] = [];
  #times: number[] = [];
  /** The numbers of the hits of all events, one event after the other. */
  #held: number[] = [];
  /** Where those of each event begin. */
  #starts: number[] = [];

  /** @param running those rules of these that relate events are deferred */
  constructor(running: readonly RuleRunner<E>[], limit: number = MAX_DEFERRED) {
    this.#limit = limit;
    const hits: Hit<E>[] = [];
    const first = new Map<RuleRunner<E>, number>();
    for (const one of running) {
      if (one.query.kind === 'event') continue;
      first.set(one, hits.length);
      for (const filter of one.filters.keys()) hits.push({ running: one, filter });
    }
    this.#hits = hits;
    this.#first = first;
    this.#counts = new Uint32Array(hits.length);
  }

  get isFull(): boolean {
    return this.#events.length >= this.#limit;
  }

  /** False: the rule is to be told of the event now. Of one event all rules are told one after the other. */
  add(running: RuleRunner<E>, event: E, met: readonly number[]): boolean {
    const first = this.#first.get(running);
    if (first === undefined) return false;
    if (this.#events[this.#events.length - 1] !== event) {
      event.keep();
      this.#events.push(event);
      this.#times.push(event.time);
      this.#starts.push(this.#held.length);
    }
    for (let i = 0; i < met.length; i++) {
      this.#held.push(first + met[i]);
      this.#counts[first + met[i]]++;
    }
    return true;
  }

  /**
   * Tells the rules of the events that are held, by time, and as they came where that is the same.
   * @param isEnd no more will come: rules of which a step was never met are not told
   * @param tell told of each event with each of its rules
   */
  release(isEnd: boolean, tell: (running: RuleRunner<E>, event: E, met: readonly number[]) => void): void {
    const isPossible = new Map(
      Array.from(this.#first, ([running, first]) => [running, this.#isPossible(running.query, first)]),
    );
    for (const number of this.#order()) {
      const event = this.#events[number];
      const end = this.#starts[number + 1] ?? this.#held.length;
      for (let at = this.#starts[number]; at < end; ) {
        const { running } = this.#hits[this.#held[at]];
        const met: number[] = [];
        for (; at < end && this.#hits[this.#held[at]].running === running; at++)
          met.push(this.#hits[this.#held[at]].filter);
        if (!isEnd || isPossible.get(running)) tell(running, event, met);
      }
    }
    this.#events = [];
    this.#times = [];
    this.#held = [];
    this.#starts = [];
  }

  /** The numbers of the events by time. */
  #order(): Iterable<number> {
    const times = this.#times;
    const isSorted = times.every((time, number) => number === 0 || times[number - 1] <= time);
    if (isSorted) return times.keys();
    return Array.from(times.keys()).sort((a, b) => times[a] - times[b]);
  }

  /** Whether each event that the query asks for has come, of those with `runs` as many as it asks for. */
  #isPossible(query: Query, first: number): boolean {
    switch (query.kind) {
      case 'event':
        return true;
      case 'sequence':
        return query.steps.every(({ missing, runs }, step) => missing || this.#counts[first + step] >= runs);
      case 'sample':
        return query.steps.every((_, step) => this.#counts[first + step] > 0);
    }
  }
}
