/**
 * A date as a query or a document writes it: the first and the last millisecond that it stands for. "2024-05-01" is a
 * whole day and "2024-05-01T10:00:00Z" a whole second; Elasticsearch takes the first of them for < and >=, and the last
 * for > and <=, and == means anything between (Elasticsearch reference, "Missing date components").
 */
export interface DateSpan {
  readonly first: number;
  readonly last: number;
}

/** strict_date_optional_time: year, and each smaller part or none; UTC where no zone is given. */
const DATE =
  /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T(?:(\d\d)(?::(\d\d)(?::(\d\d)(?:[.,](\d{1,9}))?)?)?(Z|[+-]\d\d(?::?\d\d)?)?)?)?)?)?$/;

/** Epoch milliseconds as text. */
const MILLIS = /^-?\d+$/;

/** Null where the text is no date. Four digits are a year, more are epoch milliseconds. */
export function parseDate(text: string): DateSpan | null {
  const match = DATE.exec(text);
  if (!match) {
    if (!MILLIS.test(text)) return null;
    const millis = Number(text);
    return { first: millis, last: millis };
  }
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const date = Date.UTC(Number(year), Number(month ?? 1) - 1, Number(day ?? 1));
  const read = new Date(date);
  // 2024-02-30 would silently become 1 March.
  if (read.getUTCDate() !== Number(day ?? 1) || read.getUTCMonth() !== Number(month ?? 1) - 1) return null;
  if (Number(hour ?? 0) > 23 || Number(minute ?? 0) > 59 || Number(second ?? 0) > 59) return null;
  const offset = zoneOffset(zone);
  const millis = fraction === undefined ? 0 : Number(fraction.slice(0, 3).padEnd(3, '0'));
  const first =
    date + Number(hour ?? 0) * 3_600_000 + Number(minute ?? 0) * 60_000 + Number(second ?? 0) * 1000 + millis - offset;
  return { first, last: lastMillisecond(first, hour, minute, second, fraction) };
}

/** The parts that were left out are at their greatest; month and day are not: a year alone means its 1st of January. */
function lastMillisecond(first: number, hour?: string, minute?: string, second?: string, fraction?: string): number {
  if (fraction !== undefined) return first;
  if (second !== undefined) return first + 999;
  if (minute !== undefined) return first + 59_999;
  if (hour !== undefined) return first + 3_599_999;
  return first + 86_399_999;
}

/** Milliseconds to take away from a local time. */
function zoneOffset(zone: string | undefined): number {
  if (zone === undefined || zone === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const hours = Number(zone.slice(1, 3));
  const minutes = Number(zone.slice(3).replace(':', '') || 0);
  return sign * (hours * 60 + minutes) * 60_000;
}

/** The time that a document's value stands for, in epoch milliseconds; NaN where it is no date. */
export function millisOf(value: string | number | boolean): number {
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (parseDate(value)?.first ?? Number.NaN) : Number.NaN;
}
