/**
 * A point in time: microseconds since 1970-01-01T00:00:00Z, as a number. A double holds it to a quarter of a
 * microsecond until the year 2255, so the order of a nanosecond capture's packets is kept and its last digit is not.
 */
export type Micros = number;

/** RFC 3339 with milliseconds, or with microseconds where there are any: `2026-01-02T03:04:05.006Z`. */
export function isoFromMicros(time: Micros): string {
  const whole = Math.floor(time);
  const millis = Math.floor(whole / 1000);
  const rest = whole - millis * 1000;
  if (millis < -8.64e15 || millis > 8.64e15) return 'invalid';
  const text = new Date(millis).toISOString();
  return rest === 0 ? text : `${text.slice(0, -1)}${String(rest).padStart(3, '0')}Z`;
}
