import type { DocumentReader, Scalar } from '../../base/field.ts';
import { millisOf } from '../values/date.ts';
import { type Placed, tiebreakerOf } from './placed.ts';

/** What orders documents. */
export interface OrderOptions<D> {
  readonly reader: DocumentReader<D>;
  /** The field that orders documents; `@timestamp` by default. */
  readonly timestampField?: string;
  /** A document's time in epoch milliseconds, in place of `timestampField`; NaN where it has none. */
  readonly timestamp?: (document: D) => number;
  /** The field that orders documents of the same time. */
  readonly tiebreakerField?: string;
  /** Told of a document before it is held for longer than the call in which it came. */
  readonly hold?: (document: D) => void;
}

/** Finds the place of documents among each other. */
export class Placer<D> {
  readonly #time: (document: D) => number;
  readonly #tiebreaker: (document: D) => Scalar | null;
  readonly #hold: (document: D) => void;
  /** Of the next document. */
  arrivals = 0;

  constructor({ reader, timestamp, timestampField = '@timestamp', tiebreakerField, hold }: OrderOptions<D>) {
    this.#hold = hold ?? (() => {});
    const time = timestamp ? null : reader.field(timestampField);
    this.#time = timestamp ?? ((document) => millisOf(tiebreakerOf(time?.(document)) ?? ''));
    const tiebreaker = tiebreakerField === undefined ? null : reader.field(tiebreakerField);
    this.#tiebreaker = (document) => (tiebreaker === null ? null : tiebreakerOf(tiebreaker(document)));
  }

  /** Epoch milliseconds; -Infinity where the document has no time. */
  timeOf(document: D): number {
    const time = this.#time(document);
    return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
  }

  place(document: D): Placed<D> {
    this.#hold(document);
    return {
      document,
      time: this.timeOf(document),
      tiebreaker: this.#tiebreaker(document),
      arrival: this.arrivals++,
    };
  }
}
