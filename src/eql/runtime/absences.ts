import { type CompleteSequence, eventsOf } from './sequence-machine.ts';
import type { SequenceEvent, SequencePlan } from './sequence-plan.ts';

/**
 * When the events came that must be missing (`![ ]`), by key, and whether a sequence may stand in view of them. Times
 * alone decide: what came at the very time of a sequence's event is neither before nor after it.
 */
export class Absences<D> {
  readonly #plan: SequencePlan<D>;
  /** For each absence, times in ascending order by key. */
  readonly #times: readonly Map<string, number[]>[];

  constructor(plan: SequencePlan<D>) {
    this.#plan = plan;
    this.#times = plan.absences.map(() => new Map());
  }

  /** @param event does not come before those that were added */
  add(event: SequenceEvent<D>): void {
    for (const part of event.parts) {
      if (part.kind !== 'absence') continue;
      const byKey = this.#times[part.index];
      for (const { id } of event.keys[part.keyReader]) {
        const times = byKey.get(id);
        if (times === undefined) byKey.set(id, [event.time]);
        else if (times[times.length - 1] !== event.time) times.push(event.time);
      }
    }
  }

  /** Whether nothing came that must be missing. What comes later than all that was added is not known. */
  permit({ key, partial }: CompleteSequence<D>): boolean {
    const { absences, places, maxspan } = this.#plan;
    if (absences.length === 0) return true;
    const events = eventsOf(partial);
    const first = events[0].time;
    const last = events[events.length - 1].time;
    let leading = Number.NEGATIVE_INFINITY;
    let trailing = Number.POSITIVE_INFINITY;
    for (const [index, { after }] of absences.entries()) {
      const times = this.#times[index].get(key.id) ?? NEVER;
      if (after === 0) {
        leading = Math.max(leading, lastBefore(times, first));
      } else if (after === places) {
        trailing = Math.min(trailing, firstAfter(times, last));
      } else if (firstAfter(times, events[after - 1].time) < events[after].time) {
        return false;
      }
    }
    // A sequence stands where some stretch of maxspan around its events has none of the missing ones.
    const start = this.#has((absence) => absence.after === 0) ? leading : first;
    const end = this.#has((absence) => absence.after === places) ? trailing : last;
    return start === first && end === last ? true : end - start > maxspan;
  }

  #has(test: (absence: { readonly after: number }) => boolean): boolean {
    return this.#plan.absences.some(test);
  }

  /** For each `![ ]` of the query, the times of each key. */
  times(): (readonly [id: string, times: readonly number[]])[][] {
    return this.#times.map((byKey) => [...byKey]);
  }

  /** Takes up what `times` gave. */
  restore(times: readonly (readonly (readonly [id: string, times: readonly number[]])[])[]): void {
    for (const [index, byKey] of times.entries()) {
      for (const [id, of] of byKey) this.#times[index]?.set(id, [...of]);
    }
  }

  /** Forgets what came before `time`. */
  forget(time: number): void {
    for (const byKey of this.#times) {
      for (const [id, times] of byKey) {
        if (times[times.length - 1] < time) byKey.delete(id);
        else if (times[0] < time) times.splice(0, indexAfter(times, lastBefore(times, time)));
      }
    }
  }
}

const NEVER: readonly number[] = [];

function lastBefore(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] < time) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? Number.NEGATIVE_INFINITY : times[low - 1];
}

function firstAfter(times: readonly number[], time: number): number {
  const index = indexAfter(times, time);
  return index === times.length ? Number.POSITIVE_INFINITY : times[index];
}

/** Of the first that is later than `time`. */
function indexAfter(times: readonly number[], time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (times[middle] <= time) low = middle + 1;
    else high = middle;
  }
  return low;
}
