import type { AnomalyCounter } from '../base/anomaly.ts';
import type { Micros } from '../base/time.ts';
import { ACK, FIN, RST, type Segment, SYN } from '../decode/segment.ts';
import { type Arrival, type CloseReason, type Flow, Half, type Side, type StreamConsumer } from './flow.ts';
import { FlowTable } from './flow-table.ts';
import {
  HOLE_PATIENCE,
  HOLE_PATIENCE_SEGMENTS,
  MAX_UNSEEN_BEFORE_SERVER_SYN,
  RESET_PATIENCE,
  STREAM_LIMITS,
  type StreamLimits,
  SWEEP_INTERVAL,
} from './limits.ts';
import { OutOfOrderQueue, type QueuedSegment } from './out-of-order.ts';
import { UnacknowledgedBytes } from './unacknowledged.ts';

export interface TcpOptions {
  readonly anomalies: AnomalyCounter;
  /** Who takes the bytes of a new connection; null where nobody does. */
  readonly open: (flow: Flow) => StreamConsumer | null;
  readonly limits?: Partial<StreamLimits>;
}

/**
 * TCP reassembly as a watcher on the path must do it: the bytes of each direction in order, as a Linux receiver would
 * keep them, and holes as gaps where the capture missed what the receiver got. Time is that of the segments.
 *
 * Bytes are handed on in causal order: none before the bytes of the other side that its sender had already
 * acknowledged. So a response never overtakes its request, even where the capture shuffled packets or lost some.
 */
export class TcpReassembler {
  readonly #anomalies: AnomalyCounter;
  readonly #open: (flow: Flow) => StreamConsumer | null;
  readonly #limits: StreamLimits;
  readonly #flows = new FlowTable();
  readonly #arrival: Arrival = { time: 0, ttl: 0, sequence: 0 };
  readonly #unacknowledged = new UnacknowledgedBytes();
  /** Flows with a hole, and flows with a RST. */
  readonly #waiting = new Set<Flow>();
  readonly #resetting = new Set<Flow>();
  #queuedBytes = 0;
  #nextSweep = Number.NEGATIVE_INFINITY;

  constructor(options: TcpOptions) {
    this.#anomalies = options.anomalies;
    this.#open = options.open;
    this.#limits = { ...STREAM_LIMITS, ...options.limits };
  }

  get flows(): number {
    return this.#flows.size;
  }

  /** Takes a TCP segment. */
  segment(segment: Segment): void {
    const flow = this.#flows.find(segment);
    if (flow === null) {
      this.#first(segment);
      return;
    }
    const side = this.#flows.side;
    flow.lastTime = segment.time;
    const half = side === 0 ? flow.half0 : flow.half1;
    const other = side === 0 ? flow.half1 : flow.half0;
    if (half === null || other === null) {
      // The same SYN again is the connection as another interface saw it.
      if (isOpening(segment) && segment.sequence !== flow.synSequence) this.#replace(flow, segment);
      return;
    }
    // The short way: plain data or an acknowledgment, in order.
    if (
      !flow.waiting &&
      (segment.flags & (SYN | FIN | RST | ACK)) === ACK &&
      flow.reuse === null &&
      flow.resetSince === null
    ) {
      const isDue = half.started && ((segment.sequence - half.next) | 0) === 0;
      if (isDue && (!other.started || ((segment.acknowledgment - other.next) | 0) <= 0)) {
        noteAcknowledgment(other, segment.acknowledgment | 0);
        if (segment.wireLength > 0) this.#handOnSegment(flow, side, half, segment);
        return;
      }
    }
    this.#slow(flow, side, half, other, segment);
  }

  /** Lets packet time pass: what has waited or idled too long is decided. */
  tick(time: Micros): void {
    for (const flow of this.#resetting) {
      if (flow.resetSince !== null && time - flow.resetSince > RESET_PATIENCE) this.#close(flow, 'reset');
    }
    for (const flow of this.#waiting) {
      if (time - flow.waitingSince > HOLE_PATIENCE) this.#giveUpHoles(flow);
    }
    if (time < this.#nextSweep) return;
    this.#nextSweep = time + SWEEP_INTERVAL;
    const { idle, linger } = this.#limits;
    for (const flow of this.#flows.select((one) => time - one.lastTime > (one.consumer === null ? linger : idle))) {
      this.#close(flow, 'idle');
      this.#flows.remove(flow);
    }
  }

  /** The capture has ended: all that is held is handed on and every connection closed. */
  finish(): void {
    for (const flow of this.#flows.select(() => true)) {
      this.#close(flow, 'capture_end');
      this.#flows.remove(flow);
    }
  }

  /** The first segment of a flow. One without a payload or a SYN tells too little to begin with. */
  #first(segment: Segment): void {
    const isSyn = (segment.flags & SYN) !== 0;
    if ((segment.flags & RST) !== 0 || (!isSyn && segment.wireLength === 0)) return;
    if (this.#flows.size >= this.#limits.flows) this.#evict();
    const flow = this.#flows.add(segment);
    if (isSyn) flow.opener = isOpening(segment) ? 0 : 1;
    if (isOpening(segment)) flow.synSequence = segment.sequence;
    flow.consumer = this.#open(flow);
    if (flow.consumer === null) return;
    const half = new Half();
    const other = new Half();
    flow.half0 = half;
    flow.half1 = other;
    if (!isSyn) this.#anomaly(flow, 'tcp_midstream');
    this.#slow(flow, 0, half, other, segment);
  }

  /** Everything that is not plain data or acknowledgment in order. */
  #slow(flow: Flow, side: Side, half: Half, other: Half, segment: Segment): void {
    const flags = segment.flags;
    if (isReuse(flow, half, other, segment)) {
      this.#replace(flow, segment);
      return;
    }
    if (isStray(flow, side, half, other, segment)) return;
    if ((flags & RST) !== 0) {
      if (isAcceptableReset(half, other, segment) && flow.resetSince === null) {
        flow.resetSince = segment.time;
        this.#resetting.add(flow);
      }
      return;
    }
    // A RST with a bad checksum, or one that died on its way, ends nothing; nor does one that data crossed.
    if (segment.wireLength > 0) this.#undoReset(flow);
    // SYN takes a sequence number of its own (RFC 9293 section 3.4).
    const sequence = ((flags & SYN) !== 0 ? segment.sequence + 1 : segment.sequence) | 0;
    if (!half.started) {
      half.started = true;
      half.next = sequence;
    }
    if ((flags & ACK) !== 0) noteAcknowledgment(other, segment.acknowledgment | 0);
    if (segment.wireLength > 0 || (flags & FIN) !== 0) this.#accept(flow, side, half, other, segment, sequence);
    this.#settle(flow, half, other, segment);
  }

  /** A segment with payload or FIN: what is old is compared, what is due handed on, what is early queued. */
  #accept(flow: Flow, side: Side, half: Half, other: Half, segment: Segment, sequence: number): void {
    const ahead = (sequence - half.next) | 0;
    if (ahead < 0) this.#compareOld(flow, half, segment, sequence, Math.min(segment.length, -ahead));
    const end = segment.wireLength + ((segment.flags & FIN) !== 0 ? 1 : 0);
    if (ahead + end <= 0 || half.ended) return;
    const acknowledgment = (segment.flags & ACK) !== 0 ? segment.acknowledgment | 0 : null;
    if (ahead === 0 && half.queue === null && !isBehind(other, acknowledgment)) {
      if (segment.wireLength > 0) this.#handOnSegment(flow, side, half, segment);
      if ((segment.flags & FIN) !== 0 && flow.consumer !== null) this.#handOnEnd(flow, side, half, segment);
      return;
    }
    this.#enqueue(flow, side, half, segment, sequence, acknowledgment);
  }

  #enqueue(
    flow: Flow,
    side: Side,
    half: Half,
    segment: Segment,
    sequence: number,
    acknowledgment: number | null,
  ): void {
    half.queue ??= new OutOfOrderQueue();
    const before = half.queue.bytes;
    const insertion = half.queue.insert({
      sequence,
      bytes: Buffer.from(segment.block.bytes.subarray(segment.offset, segment.offset + segment.length)),
      wireLength: segment.wireLength,
      acknowledgment,
      fin: (segment.flags & FIN) !== 0,
      time: segment.time,
      ttl: segment.ttl,
    });
    this.#queuedBytes += half.queue.bytes - before;
    if (insertion === 'conflict') this.#anomaly(flow, 'tcp_overlap_conflict');
    if (
      half.queue.bytes > this.#limits.queuedBytesPerHalf ||
      half.queue.length > this.#limits.queuedSegmentsPerHalf ||
      this.#queuedBytes > this.#limits.queuedBytes
    ) {
      this.#anomaly(flow, 'tcp_buffer_limit');
      this.#flush(flow, side, half);
    }
  }

  /** After a segment that took the long way: hand on what has become due, and see whether a hole remains. */
  #settle(flow: Flow, half: Half, other: Half, segment: Segment): void {
    this.#drain(flow);
    if (flow.consumer === null) return;
    if (!hasHole(half) && !hasHole(other)) {
      this.#stopWaiting(flow);
      return;
    }
    if (!flow.waiting) {
      flow.waiting = true;
      flow.waitingSince = segment.time;
      flow.waitingSegments = 0;
      this.#waiting.add(flow);
    }
    flow.waitingSegments++;
    if (flow.waitingSegments > HOLE_PATIENCE_SEGMENTS || segment.time - flow.waitingSince > HOLE_PATIENCE) {
      this.#giveUpHoles(flow);
    }
  }

  #undoReset(flow: Flow): void {
    if (flow.resetSince === null) return;
    flow.resetSince = null;
    this.#resetting.delete(flow);
  }

  #stopWaiting(flow: Flow): void {
    if (!flow.waiting) return;
    flow.waiting = false;
    this.#waiting.delete(flow);
  }

  /** Hands on every queued segment whose turn has come. */
  #drain(flow: Flow): void {
    let progress = true;
    while (progress) {
      progress = this.#drainHalf(flow, 0, flow.half0, flow.half1);
      if (this.#drainHalf(flow, 1, flow.half1, flow.half0)) progress = true;
    }
  }

  #drainHalf(flow: Flow, side: Side, half: Half | null, other: Half | null): boolean {
    let progress = false;
    while (half !== null && other !== null && flow.consumer !== null) {
      const first = half.queue?.first;
      if (!first || ((first.sequence - half.next) | 0) > 0 || isBehind(other, first.acknowledgment)) break;
      this.#handOnFirst(flow, side, half, first);
      progress = true;
    }
    return progress;
  }

  /**
   * Holes that no patience will fill. Before queued bytes they become gaps, as far as the receiver has acknowledged
   * what we have not (in a capture of one direction nothing ever is). Where nothing is queued an acknowledgment alone
   * is no proof, since anyone may send it: the other side is let go on, and the bytes may still come.
   */
  #giveUpHoles(flow: Flow): void {
    this.#giveUpHole(flow, 0, flow.half0, flow.half1);
    this.#giveUpHole(flow, 1, flow.half1, flow.half0);
    this.#drain(flow);
    const { half0, half1 } = flow;
    if (half0 === null || half1 === null) return;
    flow.waitingSince = flow.lastTime;
    flow.waitingSegments = 0;
    if (!hasHole(half0) && !hasHole(half1)) this.#stopWaiting(flow);
  }

  #giveUpHole(flow: Flow, side: Side, half: Half | null, other: Half | null): void {
    if (half === null || other === null) return;
    const confirmed = half.ackSeen ? (half.acknowledged - half.next) | 0 : 0;
    const first = half.queue?.first;
    if (first) {
      const ahead = (first.sequence - half.next) | 0;
      const length = other.started ? Math.min(confirmed, ahead) : ahead;
      if (length > 0) this.#handOnGap(flow, side, half, length);
    } else if (confirmed > 0) {
      half.released = true;
      half.releasedTo = half.acknowledged;
    }
  }

  /** Hands on all that is queued, with gaps for what is missing. */
  #flush(flow: Flow, side: Side, half: Half | null): void {
    while (half !== null && flow.consumer !== null) {
      const first = half.queue?.first;
      if (!first) return;
      const ahead = (first.sequence - half.next) | 0;
      if (ahead > 0) this.#handOnGap(flow, side, half, ahead);
      this.#handOnFirst(flow, side, half, first);
    }
  }

  /** Takes the first segment from the queue and hands it on. */
  #handOnFirst(flow: Flow, side: Side, half: Half, first: QueuedSegment): void {
    half.queue?.shift();
    if (half.queue?.length === 0) half.queue = null;
    this.#queuedBytes -= first.bytes.length;
    this.#handOnQueued(flow, side, half, first);
  }

  #handOnSegment(flow: Flow, side: Side, half: Half, segment: Segment): void {
    const { block, offset, length, wireLength } = segment;
    const sequence = half.next;
    if (length > 0) this.#unacknowledged.add(half, sequence, block, offset, length);
    half.next = (sequence + wireLength) | 0;
    const arrival = this.#arrival;
    arrival.time = segment.time;
    arrival.ttl = segment.ttl;
    arrival.sequence = sequence >>> 0;
    if (length > 0) flow.consumer?.data(side, block.bytes, offset, offset + length, arrival);
    if (wireLength > length) this.#cut(flow, side, wireLength - length, (sequence + length) >>> 0);
  }

  #handOnQueued(flow: Flow, side: Side, half: Half, queued: QueuedSegment): void {
    const skip = Math.max(0, (half.next - queued.sequence) | 0);
    const arrival = this.#arrival;
    arrival.time = queued.time;
    arrival.ttl = queued.ttl;
    if (skip < queued.wireLength) {
      half.next = (queued.sequence + queued.wireLength) | 0;
      if (skip < queued.bytes.length) {
        arrival.sequence = (queued.sequence + skip) >>> 0;
        flow.consumer?.data(side, queued.bytes, skip, queued.bytes.length, arrival);
      }
      const seen = Math.max(skip, queued.bytes.length);
      if (queued.wireLength > seen) this.#cut(flow, side, queued.wireLength - seen, (queued.sequence + seen) >>> 0);
    }
    if (queued.fin && flow.consumer !== null && !half.ended) this.#handOnEnd(flow, side, half, queued);
  }

  /** The rest of a packet that was captured shorter than it was; the decoder has counted it. */
  #cut(flow: Flow, side: Side, length: number, sequence: number): void {
    flow.consumer?.anomaly('packet_cut');
    this.#arrival.sequence = sequence;
    flow.consumer?.gap(side, length, this.#arrival);
  }

  #handOnGap(flow: Flow, side: Side, half: Half, length: number): void {
    this.#anomaly(flow, 'tcp_gap');
    const arrival = this.#arrival;
    arrival.time = flow.lastTime;
    arrival.sequence = half.next >>> 0;
    half.next = (half.next + length) | 0;
    flow.consumer?.gap(side, length, arrival);
  }

  #handOnEnd(flow: Flow, side: Side, half: Half, at: { readonly time: Micros; readonly ttl: number }): void {
    half.ended = true;
    half.next = (half.next + 1) | 0;
    const arrival = this.#arrival;
    arrival.time = at.time;
    arrival.ttl = at.ttl;
    arrival.sequence = half.next >>> 0;
    flow.consumer?.end(side, arrival);
    if (flow.half0?.ended && flow.half1?.ended) this.#close(flow, 'closed');
  }

  /** Bytes that were handed on before: do they say the same? */
  #compareOld(flow: Flow, half: Half, segment: Segment, sequence: number, length: number): void {
    if (length === 0) return;
    const acknowledged = half.ackSeen ? (half.acknowledged - sequence) | 0 : 0;
    const skip = Math.max(0, Math.min(length, acknowledged));
    // A keep-alive probe repeats one acknowledged byte, with any value (RFC 9293 section 3.8.4).
    const isProbe = segment.wireLength === 1;
    if (skip > 0 && !isProbe) this.#anomalies.add('tcp_overlap_not_compared');
    if (skip === length) return;
    const { block, offset } = segment;
    const from = (sequence + skip) | 0;
    const comparison = this.#unacknowledged.compare(half, from, block.bytes, offset + skip, length - skip);
    if (comparison === 'conflict') this.#anomaly(flow, 'tcp_overlap_conflict');
    if (comparison === 'not_compared' && skip === 0) this.#anomalies.add('tcp_overlap_not_compared');
  }

  #replace(flow: Flow, segment: Segment): void {
    if (flow.consumer !== null) {
      this.#anomaly(flow, 'tcp_port_reuse');
      this.#close(flow, 'replaced');
    }
    this.#flows.remove(flow);
    this.#first(segment);
  }

  #close(flow: Flow, reason: CloseReason): void {
    const opener = flow.opener ?? 0;
    if (opener === 0) this.#flush(flow, 0, flow.half0);
    this.#flush(flow, 1, flow.half1);
    this.#flush(flow, 0, flow.half0);
    this.#stopWaiting(flow);
    this.#forget(flow.half0);
    this.#forget(flow.half1);
    flow.half0 = null;
    flow.half1 = null;
    const consumer = flow.consumer;
    const isReset = flow.resetSince !== null;
    this.#undoReset(flow);
    flow.consumer = null;
    consumer?.close(isReset ? 'reset' : reason);
  }

  /** What a consumer that went away in the middle has left in the queue. */
  #forget(half: Half | null): void {
    this.#queuedBytes -= half?.queue?.bytes ?? 0;
  }

  /** Makes room: of ended connections first, then those idle longest, a sixteenth of all at once. */
  #evict(): void {
    const flows = this.#flows.select(() => true);
    flows.sort((a, b) => Number(b.consumer === null) - Number(a.consumer === null) || a.lastTime - b.lastTime);
    for (const flow of flows.slice(0, Math.max(1, flows.length >> 4))) {
      if (flow.consumer !== null) this.#anomaly(flow, 'tcp_flow_limit');
      this.#close(flow, 'limit');
      this.#flows.remove(flow);
    }
  }

  #anomaly(flow: Flow, code: Parameters<AnomalyCounter['add']>[0]): void {
    this.#anomalies.add(code);
    flow.consumer?.anomaly(code);
  }
}

function noteAcknowledgment(half: Half, acknowledgment: number): void {
  if (!half.ackSeen || ((acknowledgment - half.acknowledged) | 0) > 0) {
    half.acknowledged = acknowledgment;
    half.ackSeen = true;
  }
}

/** The sender of this acknowledgment had bytes of `other` that have not been handed on yet. */
function isBehind(other: Half, acknowledgment: number | null): boolean {
  if (acknowledgment === null || !other.started || ((acknowledgment - other.next) | 0) <= 0) return false;
  return !other.released || ((acknowledgment - other.releasedTo) | 0) > 0;
}

function hasHole(half: Half): boolean {
  return half.queue !== null || (half.ackSeen && isBehind(half, half.acknowledged));
}

/**
 * A receiver takes a RST only with the very sequence number that it expects (RFC 5961 section 3). Where the capture
 * has holes, that is what the other side acknowledged last.
 */
function isAcceptableReset(half: Half, other: Half, segment: Segment): boolean {
  if (!half.started) return true;
  if (((segment.sequence - half.next) | 0) === 0) return true;
  if (half.ackSeen && ((segment.sequence - half.acknowledged) | 0) === 0) return true;
  return !other.started;
}

/**
 * Whether a segment that comes between the client's SYN and the server's says nothing about this connection (RFC 9293
 * section 3.10.7.3): what acknowledges no such SYN belongs to a connection that had the ports before, the client's RST
 * answers that, and a FIN counts only after a SYN. Data that acknowledges it does count: the server's SYN was not captured.
 */
function isStray(flow: Flow, side: Side, half: Half, other: Half, segment: Segment): boolean {
  const { flags } = segment;
  if (flow.synSequence === null || (flags & SYN) !== 0) return false;
  if (side === flow.opener) {
    const sentNothing = half.next === ((flow.synSequence + 1) | 0);
    return (flags & RST) !== 0 && !other.started && sentNothing && (segment.sequence | 0) !== half.next;
  }
  if (half.started) return false;
  const isForeign =
    (flags & ACK) !== 0 && Math.abs((segment.acknowledgment - other.next) | 0) > MAX_UNSEEN_BEFORE_SERVER_SYN;
  return isForeign || ((flags & FIN) !== 0 && segment.wireLength === 0);
}

/** SYN without ACK. */
function isOpening(segment: Segment): boolean {
  return (segment.flags & (SYN | ACK)) === SYN;
}

/**
 * Whether the segment shows that a new connection has taken the flow's ports. A SYN alone does not, since anyone can
 * forge one and a receiver answers it with a challenge (RFC 5961 section 4); its acceptance by the other side does, or,
 * in a capture of one direction, the first data of the new connection.
 */
function isReuse(flow: Flow, half: Half, other: Half, segment: Segment): boolean {
  if (isOpening(segment)) {
    const first = (segment.sequence + 1) | 0;
    if (!half.started || first === half.next) return false;
    flow.reuse = first;
    return flow.resetSince !== null;
  }
  if (flow.reuse === null) return false;
  if ((segment.flags & SYN) !== 0) return (segment.acknowledgment | 0) === flow.reuse;
  return !other.started && segment.wireLength > 0 && (segment.sequence | 0) === flow.reuse;
}
