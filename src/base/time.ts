/**
 * A point in time: microseconds since 1970-01-01T00:00:00Z, as a number. A double holds it to a quarter of a microsecond
 * until 2041, and to a half until 2112, so the order of a nanosecond capture's packets is kept and its last digit is not.
 */
export type Micros = number;

/** Whether RFC 3339 has a text for the time, which is so from the year 0 to 9999. */
export function isDate(time: Micros): boolean {
  return time >= FIRST && time < END;
}

const FIRST: Micros = -62_167_219_200e6;
/** The start of the year 10000. */
const END: Micros = 253_402_300_800e6;

/**
 * RFC 3339 with milliseconds, or with microseconds where there are any: `2026-01-02T03:04:05.006Z`. Of a time that has no
 * text, the nearest that has one.
 */
export function isoFromMicros(time: Micros): string {
  const second = Math.floor(time / 1e6);
  if (second !== lastSecond) {
    if (!isDate(time)) return time >= END ? '9999-12-31T23:59:59.999999Z' : '0000-01-01T00:00:00.000Z';
    lastSecond = second;
    lastText = new Date(second * 1000).toISOString().slice(0, -4);
  }
  const micros = Math.floor(time - second * 1e6);
  const isMillis = micros % 1000 === 0;
  const fraction = isMillis ? String(micros / 1000).padStart(3, '0') : String(micros).padStart(6, '0');
  return `${lastText}${fraction}Z`;
}

/** Events come in the order of their time, so most are of the second of the one before. */
let lastSecond = Number.NaN;
let lastText = '';
