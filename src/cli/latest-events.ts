import type { FieldValue } from '../base/field.ts';
import type { Event } from '../ecs/event.ts';

interface Entry {
  readonly event: Event;
  readonly time: number;
  readonly tiebreaker: FieldValue;
  readonly arrival: number;
}

/**
 * The latest events of those that are added, at most `size`, as Elasticsearch orders a result: by time, then by
 * tiebreaker with missing ones last, then as they came. What has no time comes first.
 */
export class LatestEvents {
  readonly #size: number;
  readonly #timeField: string;
  readonly #tiebreakerField: string | undefined;
  #entries: Entry[] = [];
  /** All that were added. */
  count = 0;

  constructor(size: number, timeField: string, tiebreakerField: string | undefined) {
    this.#size = size;
    this.#timeField = timeField;
    this.#tiebreakerField = tiebreakerField;
  }

  add(event: Event): void {
    const tiebreaker = this.#tiebreakerField === undefined ? null : event.get(this.#tiebreakerField);
    this.#entries.push({ event, time: this.#timeOf(event), tiebreaker, arrival: this.count++ });
    // Memory holds at most twice what is asked for, and a thousand more.
    if (this.#entries.length > this.#size * 2 + 1000) this.#trim();
  }

  inOrder(): Event[] {
    this.#trim();
    return this.#entries.map(({ event }) => event);
  }

  #trim(): void {
    this.#entries.sort(compareEntries);
    this.#entries.splice(0, this.#entries.length - this.#size);
  }

  #timeOf(event: Event): number {
    if (this.#timeField === '@timestamp') return event.time;
    const value = event.get(this.#timeField);
    const time = typeof value === 'number' ? value : Date.parse(String(value));
    return Number.isNaN(time) ? Number.NEGATIVE_INFINITY : time;
  }
}

function compareEntries(a: Entry, b: Entry): number {
  return compare(a.time, b.time) || compareTiebreakers(a.tiebreaker, b.tiebreaker) || a.arrival - b.arrival;
}

function compareTiebreakers(a: FieldValue, b: FieldValue): number {
  const isMissingA = a === null || a === undefined;
  const isMissingB = b === null || b === undefined;
  if (isMissingA || isMissingB) return Number(isMissingA) - Number(isMissingB);
  if (typeof a === 'number' && typeof b === 'number') return compare(a, b);
  return compare(String(a), String(b));
}

function compare<T extends number | string>(a: T, b: T): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}
