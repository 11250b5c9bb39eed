import type { Scalar } from '../../base/field.ts';
import { Absences } from './absences.ts';
import { Heap } from './heap.ts';
import type { Losses } from './losses.ts';
import { OrderedQueue } from './ordered-queue.ts';
import { comparePlaced, type Placed } from './placed.ts';
import type { Placer } from './placer.ts';
import { type CompleteSequence, chain, eventsOf, SequenceMachine, stepsOf } from './sequence-machine.ts';
import { keysOf, placeIn, type SequenceEvent, type SequencePlan } from './sequence-plan.ts';

/** What a stream of events may take. */
export interface StreamLimits {
  /** Milliseconds that an event may come behind one of a later time; Infinity: all are held until the end. */
  readonly lateness: number;
  /** Events, by each of their join keys, that wait for those that may still come before them; beyond, they wait no longer. */
  readonly waiting: number;
  /**
   * Events of sequences in the making, and as many of those that wait for a missing event; beyond, those are dropped that
   * have waited longest.
   */
  readonly partials: number;
  /** Times of missing events (`![ ]`); beyond, those are forgotten whose key has waited longest. */
  readonly absences: number;
}

export const STREAM_LIMITS: StreamLimits = {
  lateness: 60_000,
  waiting: 100_000,
  partials: 1_000_000,
  absences: 1_000_000,
};

export interface StreamCounts extends Losses {
  /** Events that came later than the limit allows, and were left out. */
  late: number;
  /** Events that were taken before all that might have come before them. */
  hurried: number;
}

export interface FoundSequence<D> {
  readonly joinKeys: readonly (Scalar | null)[];
  /** For each step, runs counted each; null for an event that is missing. */
  readonly documents: readonly (D | null)[];
}

/** Document, time, tiebreaker and number in the order of arrival. */
type SavedEvent = readonly [document: unknown, time: number | null, tiebreaker: Scalar | null, arrival: number];

interface SavedKey {
  readonly id: string;
  readonly values: readonly (Scalar | null)[];
}

/** What a stream remembers, as JSON; null stands for a time that has not been. */
export interface SavedStream {
  readonly now: number | null;
  readonly taken: number | null;
  readonly arrivals: number;
  readonly counts: StreamCounts;
  readonly waiting: readonly SavedEvent[];
  readonly keys: readonly (SavedKey & {
    readonly touched: number | null;
    readonly partials: readonly (readonly SavedEvent[] | null)[];
  })[];
  readonly absences: readonly (readonly (readonly [id: string, times: readonly number[]])[])[];
  readonly undecided: readonly (SavedKey & { readonly events: readonly SavedEvent[] })[];
}

/**
 * Finds sequences in a stream of events that come roughly in order of time. An event waits until none of an earlier time
 * may come any more; a sequence that ends in a missing event waits until that can no longer come. Time is that of the
 * events, and of `tick`.
 */
export class SequenceStream<D> {
  readonly #plan: SequencePlan<D>;
  readonly #placer: Placer<D>;
  readonly #limits: StreamLimits;
  readonly #onFound: (sequence: FoundSequence<D>) => void;
  readonly #waiting = new OrderedQueue<SequenceEvent<D>>(comparePlaced);
  /** Join keys of events that wait. */
  #waitingKeys = 0;
  readonly #machine: SequenceMachine<D>;
  readonly #absences: Absences<D>;
  readonly #endsInAbsence: boolean;
  /** Complete but for what must not come, by the time until which it must not. */
  readonly #undecided = new Heap<{ readonly until: number; readonly sequence: CompleteSequence<D> }>(
    (a, b) => a.until - b.until,
  );
  /** The latest time seen. */
  #now = Number.NEGATIVE_INFINITY;
  /** All of an earlier time have been taken. */
  #taken = Number.NEGATIVE_INFINITY;
  #forgotten = Number.NEGATIVE_INFINITY;
  /** Events of those that are undecided. */
  #undecidedEvents = 0;
  #late = 0;
  #hurried = 0;

  constructor(
    plan: SequencePlan<D>,
    placer: Placer<D>,
    onFound: (sequence: FoundSequence<D>) => void,
    limits: Partial<StreamLimits> = {},
  ) {
    this.#plan = plan;
    this.#placer = placer;
    this.#onFound = onFound;
    this.#limits = { ...STREAM_LIMITS, ...limits };
    this.#absences = new Absences(plan, this.#limits.absences);
    this.#endsInAbsence = plan.absences.some(({ after }) => after === plan.places);
    this.#machine = new SequenceMachine(plan, this.#limits, (sequence) => this.#complete(sequence));
  }

  get counts(): StreamCounts {
    return { late: this.#late, hurried: this.#hurried, ...this.#plan.losses };
  }

  /**
   * Any event may be added; what can have no part in a sequence is not kept.
   * @param met the numbers of the filters (`filtersOf(query)`) that it meets, where that is known
   */
  add(document: D, met?: readonly number[]): void {
    const event = placeIn(this.#plan, this.#placer, document, met);
    if (event === null) return;
    if (event.time < this.#taken) {
      this.#late++;
      return;
    }
    this.#wait(event);
    while (this.#waitingKeys > this.#limits.waiting) {
      this.#hurried++;
      this.#take();
    }
    this.tick(event.time);
  }

  /** It is now that time, in epoch milliseconds, or later: what waited for it is decided. */
  tick(time: number): void {
    if (time <= this.#now) return;
    this.#now = time;
    this.#settle(time - this.#limits.lateness);
  }

  /** No more events will come: all that waited is decided. */
  end(): void {
    while (this.#waiting.size > 0) this.#take();
    this.#decide(Number.POSITIVE_INFINITY);
  }

  /** All that is remembered, as JSON. @param encode makes JSON of a document */
  save(encode: (document: D) => unknown): SavedStream {
    const place = (event: Placed<D>): SavedEvent => [
      encode(event.document),
      Number.isFinite(event.time) ? event.time : null,
      event.tiebreaker,
      event.arrival,
    ];
    return {
      now: Number.isFinite(this.#now) ? this.#now : null,
      taken: Number.isFinite(this.#taken) ? this.#taken : null,
      arrivals: this.#placer.arrivals,
      counts: this.counts,
      waiting: this.#waiting.items().map(place),
      keys: [...this.#machine.states()].map(({ key, touched, partials }) => ({
        ...key,
        touched: Number.isFinite(touched) ? touched : null,
        partials: partials.map((events) => events?.map(place) ?? null),
      })),
      absences: this.#absences.times(),
      undecided: this.#undecided.items.map(({ sequence }) => ({
        ...sequence.key,
        events: eventsOf(sequence.partial).map(place),
      })),
    };
  }

  /** Takes up what `save` gave, of a stream of the same query. @param decode undoes `encode` */
  restore(saved: SavedStream, decode: (json: unknown) => D): void {
    const place = ([json, time, tiebreaker, arrival]: SavedEvent): Placed<D> => ({
      document: decode(json),
      time: time ?? Number.NEGATIVE_INFINITY,
      tiebreaker,
      arrival,
    });
    this.#now = saved.now ?? Number.NEGATIVE_INFINITY;
    this.#taken = saved.taken ?? Number.NEGATIVE_INFINITY;
    const { late, hurried, ...losses } = saved.counts;
    this.#late = late;
    this.#hurried = hurried;
    for (const waiting of saved.waiting) {
      const event = place(waiting);
      const placed = placeIn(this.#plan, this.#placer, event.document);
      if (placed !== null) this.#wait({ ...placed, ...event });
    }
    this.#placer.arrivals = saved.arrivals;
    Object.assign(this.#plan.losses, losses);
    for (const { id, values, touched, partials } of saved.keys) {
      const events = partials.map((taken) => taken?.map(place) ?? null);
      this.#machine.restore({ key: { id, values }, touched: touched ?? Number.NEGATIVE_INFINITY, partials: events });
    }
    this.#absences.restore(saved.absences);
    for (const { id, values, events } of saved.undecided) {
      this.#complete({ key: { id, values }, partial: chain(events.map(place)) });
    }
  }

  #wait(event: SequenceEvent<D>): void {
    this.#waiting.push(event);
    this.#waitingKeys += keysOf(event);
  }

  #settle(horizon: number): void {
    for (let next = this.#waiting.least; next !== undefined && next.time < horizon; next = this.#waiting.least) {
      this.#take();
    }
    if (horizon > this.#taken) this.#taken = horizon;
    this.#decide(this.#taken);
  }

  #take(): void {
    const event = this.#waiting.pop();
    if (event === undefined) return;
    this.#waitingKeys -= keysOf(event);
    if (event.time > this.#taken) {
      this.#taken = event.time;
      this.#decide(event.time);
      this.#forget(event.time);
    }
    this.#absences.add(event);
    this.#machine.add(event);
  }

  /** Of missing events only those matter that are near enough to a sequence in the making. */
  #forget(time: number): void {
    const { absences, maxspan } = this.#plan;
    if (absences.length === 0 || time < this.#forgotten + maxspan) return;
    this.#forgotten = time;
    this.#absences.forget(time - 2 * maxspan);
  }

  #complete(sequence: CompleteSequence<D>): void {
    if (this.#endsInAbsence) {
      this.#undecided.push({ until: sequence.partial.first.time + this.#plan.maxspan, sequence });
      this.#undecidedEvents += this.#plan.places;
      if (this.#undecidedEvents > this.#limits.partials) {
        this.#popUndecided();
        this.#plan.losses.dropped++;
      }
    } else if (this.#absences.permit(sequence)) {
      this.#hand(sequence);
    }
  }

  /** All events before `time` have been taken. */
  #decide(time: number): void {
    for (let next = this.#undecided.least; next !== undefined && next.until < time; next = this.#undecided.least) {
      this.#popUndecided();
      if (this.#absences.permit(next.sequence)) this.#hand(next.sequence);
    }
  }

  #popUndecided(): void {
    this.#undecided.pop();
    this.#undecidedEvents -= this.#plan.places;
  }

  #hand(sequence: CompleteSequence<D>): void {
    this.#onFound({ joinKeys: sequence.key.values, documents: stepsOf(this.#plan, sequence) });
  }
}
