import type { Detector } from '../detect/detector.ts';
import { printable } from '../detect/printable.ts';
import type { Event } from '../ecs/event.ts';
import type { EqlRule } from '../rules/rule.ts';
import { plural } from './progress.ts';
import { table } from './text.ts';

/** One event in so many is measured. */
const EVERY = 64;

/** Rules that are shown. */
const MAX_SHOWN = 10;

/** Milliseconds that a rule took over some events, and over the one that took longest. */
interface Times {
  sum: number;
  longest: number;
}

/** How long rules take to decide on an event, measured on some of the events, each rule by itself. */
export class RuleProfile {
  readonly #times = new Map<EqlRule, Times>();
  #events = 0;
  #measured = 0;

  look<E extends Event>(detector: Detector<E>, event: E): void {
    if (this.#events++ % EVERY !== 0) return;
    this.#measured++;
    detector.measure(
      event,
      () => performance.now(),
      (rule, millis) => this.#add(rule, millis),
    );
  }

  #add(rule: EqlRule, millis: number): void {
    const times = this.#times.get(rule) ?? { sum: 0, longest: 0 };
    times.sum += millis;
    times.longest = Math.max(times.longest, millis);
    this.#times.set(rule, times);
  }

  /** The slowest rules first. */
  text(): string[] {
    // Of each rule the longest time is left out where it can be: mostly the engine was tidying its memory then.
    const events = Math.max(1, this.#measured - 1);
    const micros = ({ sum, longest }: Times) => (1000 * (this.#measured > 1 ? sum - longest : sum)) / events;
    const slowest = Array.from(this.#times, ([rule, times]) => ({ rule, time: micros(times) }));
    slowest.sort((a, b) => b.time - a.time);
    const total = slowest.reduce((sum, { time }) => sum + time, 0);
    const rows = slowest
      .slice(0, MAX_SHOWN)
      .map(({ rule, time }) => [
        time.toFixed(1),
        `${total === 0 ? 0 : Math.round((100 * time) / total)} %`,
        printable(rule.name),
      ]);
    const what = `${plural(slowest.length, 'rule')}, each by itself, over ${plural(this.#measured, 'event')}`;
    return [`Time of the slowest of ${what}:`, ...table([['µs/event', 'part', 'rule'], ...rows])];
  }
}
