import type { OutOfOrderQueue } from './out-of-order.ts';

/** One direction of a TCP connection: what `Side` has sent. */
export class Half {
  /** A segment of this side was seen, so `next` holds. */
  started = false;
  /** Sequence number of the next byte to hand on (32 bits, signed). */
  next = 0;
  /** Highest number that the other side has acknowledged (32 bits, signed); holds where `ackSeen`. */
  acknowledged = 0;
  ackSeen = false;
  /** Up to `releasedTo` the other side no longer waits for bytes that were acknowledged but never captured. */
  released = false;
  releasedTo = 0;
  /** FIN has been handed on. */
  ended = false;
  /** Null until a segment came out of order. */
  queue: OutOfOrderQueue | null = null;
  /** The piece noted last in `UnacknowledgedBytes`; -1 for none. */
  lastPiece = -1;
}

export function noteAcknowledgment(half: Half, acknowledgment: number): void {
  if (!half.ackSeen || ((acknowledgment - half.acknowledged) | 0) > 0) {
    half.acknowledged = acknowledgment;
    half.ackSeen = true;
  }
}

/** The sender of this acknowledgment had bytes of `other` that have not been handed on yet. */
export function isBehind(other: Half, acknowledgment: number | null): boolean {
  if (acknowledgment === null || !other.started || ((acknowledgment - other.next) | 0) <= 0) return false;
  return !other.released || ((acknowledgment - other.releasedTo) | 0) > 0;
}

export function hasHole(half: Half): boolean {
  return half.queue !== null || (half.ackSeen && isBehind(half, half.acknowledged));
}
