import type { Micros } from '../base/time.ts';

/** A point in time given relative to now: `now-9m`, `now-1d/d`. */
export interface DateMath {
  readonly steps: readonly Step[];
}

type Step =
  | { readonly kind: 'add'; readonly amount: number; readonly unit: Unit }
  | { readonly kind: 'round'; readonly unit: Unit };

/** Years, months, weeks, days, hours (twice), minutes, seconds: as Elasticsearch writes them. */
type Unit = 'y' | 'M' | 'w' | 'd' | 'h' | 'H' | 'm' | 's';

const SECOND = 1_000_000;
const DURATION_UNITS: Readonly<Record<string, Micros>> = {
  s: SECOND,
  m: 60 * SECOND,
  h: 3600 * SECOND,
  d: 86_400 * SECOND,
};

/** A rule's interval, such as `5m`, in microseconds; null where it is none. Units are s, m, h and d. */
export function parseInterval(text: string): Micros | null {
  const match = /^([1-9]\d{0,8})([smhd])$/.exec(text);
  return match && Number(match[1]) * DURATION_UNITS[match[2]];
}

/**
 * Elasticsearch date math relative to now, null where it is none:
 * `now`, then any number of `+1h`, `-9m` and, to round down, `/d`.
 */
export function parseDateMath(text: string): DateMath | null {
  if (!/^now(?:[+-]\d{1,9}[yMwdhHms]|\/[yMwdhHms])*$/.test(text)) return null;
  const steps: Step[] = [];
  for (const [, sign, amount, unit, round] of text.matchAll(/([+-])(\d+)([yMwdhHms])|\/([yMwdhHms])/g)) {
    // The pattern above has let no other letters through.
    if (round !== undefined) steps.push({ kind: 'round', unit: round as Unit });
    else steps.push({ kind: 'add', amount: sign === '-' ? -Number(amount) : Number(amount), unit: unit as Unit });
  }
  return { steps };
}

/** The time that `math` means at `now`, in UTC. */
export function resolveDateMath(math: DateMath, now: Micros): Micros {
  let time = now;
  for (const step of math.steps)
    time = step.kind === 'add' ? add(time, step.amount, step.unit) : round(time, step.unit);
  return time;
}

/** Any day far from the changes of years and months will do to measure a window. */
const MEASURED_AT = Date.UTC(2026, 5, 17, 12) * 1000;

/** The time between two points. */
export function windowOf(from: DateMath, to: DateMath): Micros {
  return resolveDateMath(to, MEASURED_AT) - resolveDateMath(from, MEASURED_AT);
}

function add(time: Micros, amount: number, unit: Unit): Micros {
  switch (unit) {
    case 'y':
      return addMonths(time, amount * 12);
    case 'M':
      return addMonths(time, amount);
    case 'w':
      return time + amount * 7 * DURATION_UNITS.d;
    case 'H':
      return time + amount * DURATION_UNITS.h;
    default:
      return time + amount * DURATION_UNITS[unit];
  }
}

/** The same day of another month, or that month's last day where it has fewer (as java.time does). */
function addMonths(time: Micros, months: number): Micros {
  const micros = ((time % 1000) + 1000) % 1000;
  const date = new Date((time - micros) / 1000);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.getTime() * 1000 + micros;
}

/** The start of the second, minute, hour, day, week (Monday), month or year. */
function round(time: Micros, unit: Unit): Micros {
  const date = new Date(Math.floor(time / 1000));
  const year = date.getUTCFullYear();
  switch (unit) {
    case 'y':
      return Date.UTC(year, 0) * 1000;
    case 'M':
      return Date.UTC(year, date.getUTCMonth()) * 1000;
    case 'w':
      return Date.UTC(year, date.getUTCMonth(), date.getUTCDate() - ((date.getUTCDay() + 6) % 7)) * 1000;
    default: {
      const step = DURATION_UNITS[unit === 'H' ? 'h' : unit];
      return Math.floor(time / step) * step;
    }
  }
}
