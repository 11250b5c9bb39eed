import type { Event } from '../ecs/event.ts';
import type { Query } from '../eql/index.ts';
import type { RuleRunner } from './rule-runner.ts';

/** Events that are held; beyond, rules are told of them at once. */
const MAX_DEFERRED = 1_000_000;

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
  /** By hit, how many events had it. */
  readonly #counts: Uint32Array;
  #events: E[] = [];
  /** The numbers of the hits of all events, one event after the other. */
  #held: number[] = [];
  /** Where those of each event begin. */
  #starts: number[] = [];

  /** @param running those rules of these that relate events are deferred */
  constructor(running: readonly RuleRunner<E>[]) {
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
    return this.#events.length >= MAX_DEFERRED;
  }

  /** False: the rule is to be told of the event now. Of one event all rules are told one after the other. */
  add(running: RuleRunner<E>, event: E, met: readonly number[]): boolean {
    const first = this.#first.get(running);
    if (first === undefined) return false;
    if (this.#events[this.#events.length - 1] !== event) {
      event.keep();
      this.#events.push(event);
      this.#starts.push(this.#held.length);
    }
    for (let i = 0; i < met.length; i++) {
      this.#held.push(first + met[i]);
      this.#counts[first + met[i]]++;
    }
    return true;
  }

  /**
   * Tells the rules of the events, as these came; but for rules of which a step was not met.
   * @param tell told of each event with each of its rules
   */
  release(tell: (running: RuleRunner<E>, event: E, met: readonly number[]) => void): void {
    const isPossible = new Map(
      Array.from(this.#first, ([running, first]) => [running, this.#isPossible(running.query, first)]),
    );
    for (const [number, event] of this.#events.entries()) {
      const end = this.#starts[number + 1] ?? this.#held.length;
      for (let at = this.#starts[number]; at < end; ) {
        const { running } = this.#hits[this.#held[at]];
        const met: number[] = [];
        for (; at < end && this.#hits[this.#held[at]].running === running; at++)
          met.push(this.#hits[this.#held[at]].filter);
        if (isPossible.get(running)) tell(running, event, met);
      }
    }
    this.#events = [];
    this.#held = [];
    this.#starts = [];
    this.#counts.fill(0);
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
