import type { Micros } from '../base/time.ts';

/** A segment that came before its turn, with a copy of its bytes. */
export interface QueuedSegment {
  /** 32 bits, signed. */
  readonly sequence: number;
  readonly bytes: Buffer;
  /** Payload bytes on the wire, at least `bytes.length`. */
  readonly wireLength: number;
  /** What its sender had acknowledged (32 bits, signed); null without the ACK flag. */
  readonly acknowledgment: number | null;
  readonly fin: boolean;
  readonly time: Micros;
  readonly ttl: number;
}

export type Insertion = 'added' | 'covered' | 'conflict';

/**
 * Segments out of order, by sequence number. Which copy of doubled bytes stays is what a Linux receiver does
 * (tcp_data_queue_ofo in net/ipv4/tcp_input.c): a segment within one that is there is dropped; one that starts where
 * another starts, or before, and reaches at least as far, takes its place; where two overlap in part, the earlier
 * start wins, since the queue is emptied in order and what has been handed on is skipped. That Linux merges
 * neighbouring buffers when it can, so that "within one" may mean "within several", is not modelled.
 */
export class OutOfOrderQueue {
  #segments: QueuedSegment[] = [];
  bytes = 0;

  get length(): number {
    return this.#segments.length;
  }

  get first(): QueuedSegment | undefined {
    return this.#segments[0];
  }

  shift(): void {
    const first = this.#segments.shift();
    if (first) this.bytes -= first.bytes.length;
  }

  /** `conflict`: the bytes that it shares with those that are there differ; it is added or dropped all the same. */
  insert(segment: QueuedSegment): Insertion {
    let conflict = false;
    let position = this.#segments.length;
    for (let i = 0; i < this.#segments.length; i++) {
      const other = this.#segments[i];
      if (differ(segment, other)) conflict = true;
      if (isWithin(segment, other)) return conflict ? 'conflict' : 'covered';
      if (position === this.#segments.length && ((segment.sequence - other.sequence) | 0) <= 0) position = i;
    }
    let covered = 0;
    while (position + covered < this.#segments.length && isWithin(this.#segments[position + covered], segment)) {
      this.bytes -= this.#segments[position + covered].bytes.length;
      covered++;
    }
    this.#segments.splice(position, covered, segment);
    this.bytes += segment.bytes.length;
    return conflict ? 'conflict' : 'added';
  }
}

/** Whether all that `inner` brings (FIN included) is in `outer`. */
function isWithin(inner: QueuedSegment, outer: QueuedSegment): boolean {
  const ahead = (inner.sequence - outer.sequence) | 0;
  if (ahead < 0 || (inner.fin && !outer.fin)) return false;
  // A packet that the capture cut has less to give than its length says.
  if (inner.bytes.length > 0 && ahead + inner.bytes.length > outer.bytes.length) return false;
  return ahead + inner.wireLength <= outer.wireLength;
}

function differ(a: QueuedSegment, b: QueuedSegment): boolean {
  const shift = (a.sequence - b.sequence) | 0;
  const from = Math.max(0, shift);
  const to = Math.min(b.bytes.length, shift + a.bytes.length);
  if (from >= to) return false;
  return b.bytes.compare(a.bytes, from - shift, to - shift, from, to) !== 0;
}
