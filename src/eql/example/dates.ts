import type { Scalar } from '../../base/field.ts';
import { dateSpanOf } from '../values/compare.ts';

/** The time of the first event. */
export const START = Date.UTC(2026, 0, 1);

/** The years 1 to 9999, which ISO 8601 writes with four digits. */
const FIRST = Date.parse('0001-01-01T00:00:00.000Z');
const LAST = Date.parse('9999-12-31T23:59:59.999Z');

/** Dates at, just before and just behind those that conditions name. */
export function* dateCandidates(constants: readonly Scalar[]): Generator<string | number> {
  yield dateText(START);
  for (const constant of constants) {
    const span = dateSpanOf(constant);
    if (span === null) continue;
    for (const millis of [span.first, span.last, span.last + 1, span.first - 1]) yield dateText(millis);
  }
}

/** As ISO 8601; in epoch milliseconds where that has no form for it. */
export function dateText(millis: number): string | number {
  const hasForm = Number.isInteger(millis) && millis >= FIRST && millis <= LAST;
  return hasForm ? new Date(millis).toISOString() : millis;
}
