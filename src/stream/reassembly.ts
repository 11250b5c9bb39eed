import type { AnomalyCode, AnomalyCounter } from '../base/anomaly.ts';
import type { Micros } from '../base/time.ts';
import { ACK, FIN, type Segment } from '../decode/segment.ts';
import type { Arrival, Flow, Side } from './flow.ts';
import { type Half, hasHole, isBehind } from './half.ts';
import { HOLE_PATIENCE, HOLE_PATIENCE_SEGMENTS, type StreamLimits } from './limits.ts';
import { OutOfOrderQueue, type QueuedSegment } from './out-of-order.ts';
import { UnacknowledgedBytes } from './unacknowledged.ts';

/** Puts the bytes of flows into order and hands them on: each side's own, and the two sides' in causal order. */
export class Reassembly {
  readonly #anomalies: AnomalyCounter;
  readonly #limits: StreamLimits;
  readonly #onEnd: (flow: Flow) => void;
  readonly #arrival: Arrival = { time: 0, ttl: 0, sequence: 0 };
  readonly #unacknowledged = new UnacknowledgedBytes();
  /** Flows with a hole. */
  readonly #waiting = new Set<Flow>();
  #queuedBytes = 0;
  /** Packet time, as the last tick or the last segment that took the long way has told it. */
  #now: Micros = 0;

  /** @param onEnd told when both sides of a flow have sent FIN, and all before it has been handed on */
  constructor(anomalies: AnomalyCounter, limits: StreamLimits, onEnd: (flow: Flow) => void) {
    this.#anomalies = anomalies;
    this.#limits = limits;
    this.#onEnd = onEnd;
  }

  /** A segment with payload or FIN: what is old is compared, what is due handed on, what is early queued. */
  accept(flow: Flow, side: Side, half: Half, other: Half, segment: Segment, sequence: number): void {
    this.#now = segment.time;
    const ahead = (sequence - half.next) | 0;
    if (ahead < 0) this.#compareOld(flow, half, segment, sequence, Math.min(segment.length, -ahead));
    const end = segment.wireLength + ((segment.flags & FIN) !== 0 ? 1 : 0);
    if (ahead + end <= 0 || half.ended) return;
    const acknowledgment = (segment.flags & ACK) !== 0 ? segment.acknowledgment | 0 : null;
    if (ahead === 0 && half.queue === null && !isBehind(other, acknowledgment)) {
      if (segment.wireLength > 0) this.handOnSegment(flow, side, half, segment);
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
  settle(flow: Flow, half: Half, other: Half, segment: Segment): void {
    this.#drain(flow);
    if (flow.consumer === null) return;
    if (!hasHole(half) && !hasHole(other)) {
      this.#stopWaiting(flow);
      return;
    }
    flow.waitingSince ??= this.#startWaiting(flow, segment.time);
    flow.waitingSegments++;
    if (flow.waitingSegments > HOLE_PATIENCE_SEGMENTS || segment.time - flow.waitingSince > HOLE_PATIENCE) {
      this.giveUpHoles(flow);
    }
  }

  #startWaiting(flow: Flow, time: Micros): Micros {
    this.#waiting.add(flow);
    flow.waitingSegments = 0;
    flow.isPlain = false;
    return time;
  }

  #stopWaiting(flow: Flow): void {
    if (flow.waitingSince === null) return;
    flow.waitingSince = null;
    flow.updatePlain();
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
  giveUpHoles(flow: Flow): void {
    this.#giveUpHole(flow, 0, flow.half0, flow.half1);
    this.#giveUpHole(flow, 1, flow.half1, flow.half0);
    this.#drain(flow);
    const { half0, half1 } = flow;
    if (half0 === null || half1 === null) return;
    flow.waitingSince = this.#now;
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

  /** Hands on a segment that is due. */
  handOnSegment(flow: Flow, side: Side, half: Half, segment: Segment): void {
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
    arrival.time = this.#now;
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
    if (flow.half0?.ended && flow.half1?.ended) this.#onEnd(flow);
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

  /** Holes that have waited too long are given up. */
  tick(time: Micros): void {
    this.#now = time;
    for (const flow of this.#waiting) {
      if (flow.waitingSince !== null && time - flow.waitingSince > HOLE_PATIENCE) this.giveUpHoles(flow);
    }
  }

  /** The flow has ended: hands on what is queued, who opened it first. */
  end(flow: Flow): void {
    const opener = flow.opener ?? 0;
    if (opener === 0) this.#flush(flow, 0, flow.half0);
    this.#flush(flow, 1, flow.half1);
    this.#flush(flow, 0, flow.half0);
  }

  /** Nobody wants the flow's bytes any more. */
  forget(flow: Flow): void {
    this.#stopWaiting(flow);
    this.#queuedBytes -= (flow.half0?.queue?.bytes ?? 0) + (flow.half1?.queue?.bytes ?? 0);
    flow.half0 = null;
    flow.half1 = null;
  }

  #anomaly(flow: Flow, code: AnomalyCode): void {
    this.#anomalies.add(code);
    flow.consumer?.anomaly(code);
  }
}
