import { type DateMath, parseDateMath, parseInterval, windowOf } from './date-math.ts';
import type { TableReader } from './table-reader.ts';

interface Schedule {
  readonly interval: string;
  readonly from: string;
  readonly to: string;
  readonly max_signals: number;
}

/** When a scheduled rule runs, and at what it looks. What is absent is as Kibana has it. */
export function readSchedule(rule: TableReader): Schedule {
  const schedule = {
    interval: rule.string('interval') ?? '5m',
    from: rule.string('from') ?? 'now-6m',
    to: rule.string('to') ?? 'now',
    max_signals: rule.integer('max_signals', { least: 1 }) ?? 100,
  };
  const interval = parseInterval(schedule.interval);
  if (interval === null) {
    rule.error(
      'bad-interval',
      'interval',
      `"${schedule.interval}" is no interval`,
      'write a number and s, m, h or d: "5m"',
    );
  }
  const from = readDateMath(rule, 'from', schedule.from);
  const to = readDateMath(rule, 'to', schedule.to);
  if (interval !== null && from !== null && to !== null) checkWindow(rule, interval, from, to);
  return schedule;
}

function readDateMath(rule: TableReader, key: string, text: string): DateMath | null {
  const math = parseDateMath(text);
  if (math === null) rule.error('bad-date-math', key, `"${text}" is no date math`, 'write it as "now-9m"');
  return math;
}

function checkWindow(rule: TableReader, interval: number, from: DateMath, to: DateMath): void {
  const window = windowOf(from, to);
  if (window <= 0) rule.error('empty-window', 'from', '`from` is not before `to`, so the rule looks at nothing');
  else if (window < interval) {
    rule.warning(
      'schedule-gap',
      'from',
      'the rule looks back less far than from one run to the next, so it misses what happens in between',
      'move `from` back, or shorten `interval`',
    );
  }
}
