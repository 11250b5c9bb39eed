import type { AnomalyCode } from '../base/anomaly.ts';
import type { Micros } from '../base/time.ts';
import type { Segment } from '../decode/segment.ts';
import type { Half } from './half.ts';

/** One of the two ends of a flow: 0 sent the first packet that was seen of it. */
export type Side = 0 | 1;

export type CloseReason =
  /** Both sides have sent FIN. */
  | 'closed'
  | 'reset'
  /** No packet for longer than the limit. */
  | 'idle'
  /** A new connection took its ports. */
  | 'replaced'
  /** Let go for the limit on connections. */
  | 'limit'
  /** The capture has ended. */
  | 'capture_end';

/** How the bytes that are handed on arrived. The same object is used again and again. */
export interface Arrival {
  /** Capture time of the packet that carried them. */
  time: Micros;
  /** Its IP time to live or hop limit. */
  ttl: number;
  /** TCP sequence number of the first of them, unsigned 32 bits. */
  sequence: number;
}

/**
 * Takes the bytes of one connection: each side's in order, and never before those of the other side that their
 * sender had acknowledged. What was not captured is a gap of known length.
 */
export interface StreamConsumer {
  /** `bytes` from `start` to before `end`; valid during the call. */
  data(side: Side, bytes: Buffer, start: number, end: number, arrival: Arrival): void;
  gap(side: Side, length: number, arrival: Arrival): void;
  /** The side has sent FIN and all before it has been handed on. */
  end(side: Side, arrival: Arrival): void;
  /** The last call. */
  close(reason: CloseReason): void;
  anomaly(code: AnomalyCode): void;
}

/**
 * One TCP connection. Side 0 is the sender of the first packet that was seen of it. What every segment asks for stands
 * first, and is no fraction: so it lies together in memory.
 */
export class Flow {
  readonly hash: number;
  /** Last words of the addresses: all of an IPv4 address. */
  readonly low0: number;
  readonly low1: number;
  readonly port0: number;
  readonly port1: number;
  /** Addresses, each as four words like those of `Segment`, side 0's first; null for IPv4. */
  readonly addresses6: Int32Array | null;
  /** Next flow of the same bucket. */
  chain: Flow | null = null;
  /** Side 0's and side 1's bytes; null once nobody wants them. */
  half0: Half | null = null;
  half1: Half | null = null;
  /** Null: nobody wants its bytes, or the connection has ended. */
  consumer: StreamConsumer | null = null;
  /** Nothing waits, and neither RST nor a second SYN was seen: data in order go the short way. */
  isPlain = true;
  /** Packet time of the last segment, in whole seconds. */
  lastSecond: number;

  /** Flows are numbered in the order in which they were first seen. */
  readonly ordinal: number;
  /** Who sent the SYN; null where the capture starts in the middle. */
  opener: Side | null = null;
  /** Sequence number of its SYN; null where that was not seen. A second copy of the connection has the same. */
  synSequence: number | null = null;
  /** Since when something has been out of order or missing; null where nothing is. */
  waitingSince: Micros | null = null;
  waitingSegments = 0;
  /** A RST was seen: packet time of it. Whether it was taken, what follows shows. */
  resetSince: Micros | null = null;
  /** Sequence number of a SYN that may open a new connection on the same ports. */
  reuse: number | null = null;

  constructor(segment: Segment, hash: number, ordinal: number, second: number) {
    this.hash = hash;
    this.low0 = segment.source3;
    this.low1 = segment.destination3;
    this.port0 = segment.sourcePort;
    this.port1 = segment.destinationPort;
    this.addresses6 = segment.ipVersion === 6 ? addressesOf(segment) : null;
    this.lastSecond = second;
    this.ordinal = ordinal;
  }

  get ipVersion(): 4 | 6 {
    return this.addresses6 === null ? 4 : 6;
  }

  /** To be called when `waitingSince`, `resetSince` or `reuse` has changed. */
  updatePlain(): void {
    this.isPlain = this.waitingSince === null && this.resetSince === null && this.reuse === null;
  }
}

function addressesOf(segment: Segment): Int32Array {
  return Int32Array.of(
    segment.source0,
    segment.source1,
    segment.source2,
    segment.source3,
    segment.destination0,
    segment.destination1,
    segment.destination2,
    segment.destination3,
  );
}
