import type { FieldValue, Scalar } from '../../base/field.ts';

/** A document at its place among the others: by time, then by tiebreaker with missing ones last, then as they came. */
export interface Placed<D> {
  readonly document: D;
  /** Epoch milliseconds; fractions count. What has no time comes first, at -Infinity. */
  readonly time: number;
  readonly tiebreaker: Scalar | null;
  readonly arrival: number;
}

export function comparePlaced<D>(a: Placed<D>, b: Placed<D>): number {
  if (a.time !== b.time) return a.time < b.time ? -1 : 1;
  return compareTiebreakers(a.tiebreaker, b.tiebreaker) || a.arrival - b.arrival;
}

function compareTiebreakers(a: Scalar | null, b: Scalar | null): number {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  if (typeof a === 'number' && typeof b === 'number') return a - b;
  return String(a) < String(b) ? -1 : 1;
}

/** Of a field with several values, the first, as a sort in Elasticsearch takes the least. */
export function tiebreakerOf(value: FieldValue): Scalar | null {
  if (typeof value !== 'object') return value ?? null;
  return value?.find((item) => item !== null) ?? null;
}
