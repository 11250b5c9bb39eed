import type { AnomalyCounter } from '../base/anomaly.ts';
import type { Micros } from '../base/time.ts';
import { Datagram } from './datagram.ts';
import type { Frame } from './frame.ts';
import { FRAGMENT_TIMEOUT, MAX_UNFINISHED_BYTES, MAX_UNFINISHED_DATAGRAMS } from './limits.ts';

/** What an IP header says of a fragment. */
export interface Fragment {
  /** The same for all fragments of one datagram, and for no others at that time. */
  readonly key: string;
  /** Place of its bytes in the datagram's payload. */
  readonly start: number;
  readonly isLast: boolean;
  /** Of what the datagram carries; counts where `start` is 0. */
  readonly protocol: number;
  readonly ttl: number;
}

/** The headers' part in a datagram that is complete: that of its first fragment. */
export type Reassembled = Pick<Fragment, 'protocol' | 'ttl'>;

interface Unfinished {
  readonly datagram: Datagram;
  readonly since: Micros;
  first: Reassembled | null;
}

/** Puts IP datagrams together from their fragments. Those that have waited too long are dropped, the oldest first. */
export class Reassembler {
  readonly #anomalies: AnomalyCounter;
  /** By key; the one begun first is first. */
  readonly #unfinished = new Map<string, Unfinished>();
  #bytes = 0;

  constructor(anomalies: AnomalyCounter) {
    this.#anomalies = anomalies;
  }

  /**
   * Adds a fragment, whose bytes `frame` spans. Where it completes its datagram, `frame` spans that one's payload, in
   * memory of its own, afterwards.
   */
  add(fragment: Fragment, frame: Frame): Reassembled | null {
    this.#dropOlderThan(frame.time - FRAGMENT_TIMEOUT);
    const length = frame.end - frame.at;
    // What the capture cut, and counted, is never complete.
    if (frame.end < frame.wireEnd) return null;
    if (length === 0 || (!fragment.isLast && length % 8 !== 0)) return this.#bad();
    const unfinished = this.#unfinished.get(fragment.key) ?? this.#begin(fragment.key, frame.time);
    const { datagram } = unfinished;
    const bytesBefore = datagram.bytes.length;
    const added = datagram.add(frame.block.bytes, frame.at, length, fragment.start, fragment.isLast);
    this.#bytes += datagram.bytes.length - bytesBefore;
    if (added === 'contradicted') return this.#bad();
    if (added === 'overlapped') this.#anomalies.add('ip_fragment_overlap');
    if (added === 'too_many_runs') return this.#drop(fragment.key, unfinished, 'ip_fragment_limit');
    if (fragment.start === 0) unfinished.first ??= fragment;
    const total = datagram.completeLength;
    if (total !== null && unfinished.first !== null) {
      this.#forget(fragment.key, unfinished);
      frame.block = { bytes: datagram.bytes, generation: 0 };
      frame.at = 0;
      frame.end = total;
      frame.wireEnd = total;
      return unfinished.first;
    }
    this.#keepWithinLimits();
    return null;
  }

  /** The traffic has ended: what is unfinished will never be complete. */
  end(): void {
    this.#dropOlderThan(Number.POSITIVE_INFINITY);
  }

  #begin(key: string, time: Micros): Unfinished {
    const unfinished = { datagram: new Datagram(), since: time, first: null };
    this.#unfinished.set(key, unfinished);
    this.#bytes += unfinished.datagram.bytes.length;
    return unfinished;
  }

  #dropOlderThan(time: Micros): void {
    for (const [key, unfinished] of this.#unfinished) {
      if (unfinished.since >= time) return;
      this.#drop(key, unfinished, 'ip_fragment_timeout');
    }
  }

  #keepWithinLimits(): void {
    for (const [key, unfinished] of this.#unfinished) {
      if (this.#unfinished.size <= MAX_UNFINISHED_DATAGRAMS && this.#bytes <= MAX_UNFINISHED_BYTES) return;
      this.#drop(key, unfinished, 'ip_fragment_limit');
    }
  }

  #drop(key: string, unfinished: Unfinished, anomaly: 'ip_fragment_timeout' | 'ip_fragment_limit'): null {
    this.#anomalies.add(anomaly);
    this.#forget(key, unfinished);
    return null;
  }

  #forget(key: string, unfinished: Unfinished): void {
    this.#unfinished.delete(key);
    this.#bytes -= unfinished.datagram.bytes.length;
  }

  #bad(): null {
    this.#anomalies.add('ip_fragment_bad');
    return null;
  }
}
