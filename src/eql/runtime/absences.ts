import { type Entry, OldestFirst } from './oldest-first.ts';
import { type CompleteSequence, eventsOf } from './sequence-machine.ts';
import type { SequenceEvent, SequencePlan } from './sequence-plan.ts';

/**
 * When the events came that must be missing (`![ ]`), by key, and whether a sequence may stand in view of them. Times
 * alone decide: what came at the very time of a sequence's event is neither before nor after it.
 */
export class Absences<D> {
  readonly #plan: SequencePlan<D>;
  /** For each absence, times in ascending order by key. */
  readonly #times: readonly OldestFirst<number[]>[];
  readonly #limit: number;
  #held = 0;

  /** @param limit times that are held at most; beyond, those are forgotten whose key has waited longest */
  constructor(plan: SequencePlan<D>, limit: number) {
    this.#plan = plan;
    this.#limit = limit;
    this.#times = plan.absences.map(() => new OldestFirst());
  }

  /** @param event does not come before those that were added */
  add(event: SequenceEvent<D>): void {
    for (const part of event.parts) {
      if (part.kind !== 'absence') continue;
      for (const { id } of event.keys[part.keyReader]) this.#put(this.#times[part.index], id, event.time);
    }
  }

  #put(byKey: OldestFirst<number[]>, id: string, time: number): void {
    const times = byKey.get(id) ?? [];
    if (times[times.length - 1] === time) return;
    times.push(time);
    byKey.put(id, times);
    if (++this.#held > this.#limit && byKey.oldest !== null) this.#makeRoom(byKey.oldest, byKey);
  }

  /** Forgets the times of a key, or the earlier half of them where it is the only one. */
  #makeRoom(oldest: Entry<number[]>, byKey: OldestFirst<number[]>): void {
    const { length } = oldest.value;
    if (byKey.size === 1) {
      oldest.value.splice(0, Math.ceil(length / 2));
      this.#held -= length - oldest.value.length;
      this.#plan.losses.forgotten += length - oldest.value.length;
    } else {
      this.#drop(byKey, oldest);
      this.#plan.losses.forgotten += length;
    }
  }

  #drop(byKey: OldestFirst<number[]>, { id, value }: Entry<number[]>): void {
    this.#held -= value.length;
    byKey.delete(id);
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
    return this.#times.map((byKey) => Array.from(byKey, ({ id, value }) => [id, value]));
  }

  /** Takes up what `times` gave. */
  restore(times: readonly (readonly (readonly [id: string, times: readonly number[]])[])[]): void {
    for (const [index, byKey] of times.entries()) {
      for (const [id, of] of byKey) for (const time of of) this.#put(this.#times[index], id, time);
    }
  }

  /** Forgets what came before `time`. */
  forget(time: number): void {
    for (const byKey of this.#times) {
      for (const entry of byKey) {
        const times = entry.value;
        const before = times.length;
        if (times[before - 1] < time) {
          this.#drop(byKey, entry);
        } else if (times[0] < time) {
          times.splice(0, indexAfter(times, lastBefore(times, time)));
          this.#held -= before - times.length;
        }
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
