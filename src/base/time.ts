/**
 * A point in time: microseconds since 1970-01-01T00:00:00Z, as a number. A double holds it to a quarter of a microsecond
 * until 2041, and to a half until 2112, so the order of a nanosecond capture's packets is kept and its last digit is not.
 */
export type Micros = number;

/** RFC 3339 with milliseconds, or with microseconds where there are any: `2026-01-02T03:04:05.006Z`. */
export function isoFromMicros(time: Micros): string {
  const second = Math.floor(time / 1e6);
  if (second !== lastSecond) {
    if (!(Math.abs(second) <= MAX_SECOND)) return 'invalid';
    lastSecond = second;
    lastText = new Date(second * 1000).toISOString().slice(0, -4);
  }
  const micros = Math.floor(time - second * 1e6);
  const isMillis = micros % 1000 === 0;
  const fraction = isMillis ? String(micros / 1000).padStart(3, '0') : String(micros).padStart(6, '0');
  return `${lastText}${fraction}Z`;
}

/** What a Date can hold. */
const MAX_SECOND = 8.64e12;

/** Events come in the order of their time, so most are of the second of the one before. */
let lastSecond = Number.NaN;
let lastText = '';
