import type { AnomalyCode, AnomalyCounter } from '../base/anomaly.ts';
import type { Micros } from '../base/time.ts';
import { ACK, FIN, RST, type Segment, SYN } from '../decode/segment.ts';
import { isAcceptableReset, isOpening, isStray, noteReuse } from './control.ts';
import type { CloseReason, Flow, Side, StreamConsumer } from './flow.ts';
import { FlowTable } from './flow-table.ts';
import { Half, noteAcknowledgment } from './half.ts';
import { RESET_PATIENCE, STREAM_LIMITS, type StreamLimits, SWEEP_INTERVAL } from './limits.ts';
import { Reassembly } from './reassembly.ts';

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
  readonly #reassembly: Reassembly;
  /** Flows with a RST. */
  readonly #resetting = new Set<Flow>();
  #nextSweep = Number.NEGATIVE_INFINITY;
  /** Packet time in whole seconds, as the last tick has told it. */
  #second = 0;

  constructor(options: TcpOptions) {
    this.#anomalies = options.anomalies;
    this.#open = options.open;
    this.#limits = { ...STREAM_LIMITS, ...options.limits };
    this.#reassembly = new Reassembly(options.anomalies, this.#limits, (flow) => this.#close(flow, 'closed'));
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
    flow.lastSecond = this.#second;
    const half = side === 0 ? flow.half0 : flow.half1;
    const other = side === 0 ? flow.half1 : flow.half0;
    if (half === null || other === null || flow.consumer === null) {
      this.#reassembly.forget(flow);
      // The same SYN again is the connection as another interface saw it.
      if (isOpening(segment) && segment.sequence !== flow.synSequence) this.#replace(flow, segment);
      return;
    }
    // The short way: plain data or an acknowledgment, in order.
    if (flow.isPlain && (segment.flags & (SYN | FIN | RST | ACK)) === ACK) {
      const isDue = half.started && ((segment.sequence - half.next) | 0) === 0;
      if (isDue && (!other.started || ((segment.acknowledgment - other.next) | 0) <= 0)) {
        noteAcknowledgment(other, segment.acknowledgment | 0);
        if (segment.wireLength > 0) this.#reassembly.handOnSegment(flow, side, half, segment);
        return;
      }
    }
    this.#slow(flow, side, half, other, segment);
  }

  /** Lets packet time pass: what has waited or idled too long is decided. */
  tick(time: Micros): void {
    this.#second = Math.floor(time / 1e6);
    for (const flow of this.#resetting) {
      if (flow.resetSince !== null && time - flow.resetSince > RESET_PATIENCE) this.#close(flow, 'reset');
    }
    this.#reassembly.tick(time);
    // A clock that was set back starts the waiting anew.
    if (time < this.#nextSweep && time > this.#nextSweep - 2 * SWEEP_INTERVAL) return;
    this.#nextSweep = time + SWEEP_INTERVAL;
    const { idle, linger } = this.#limits;
    // The last segment came within the second.
    const isOver = (flow: Flow) =>
      Math.abs(time - (flow.lastSecond + 1) * 1e6) > (flow.consumer === null ? linger : idle);
    for (const flow of this.#flows.select(isOver)) {
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
    const flow = this.#flows.add(segment, this.#second);
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
    if (noteReuse(flow, half, other, segment)) {
      this.#replace(flow, segment);
      return;
    }
    if (isStray(flow, side, half, other, segment)) return;
    if ((flags & RST) !== 0) {
      if (isAcceptableReset(half, other, segment) && flow.resetSince === null) {
        flow.resetSince = segment.time;
        flow.isPlain = false;
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
    if (segment.wireLength > 0 || (flags & FIN) !== 0)
      this.#reassembly.accept(flow, side, half, other, segment, sequence);
    this.#reassembly.settle(flow, half, other, segment);
  }

  #undoReset(flow: Flow): void {
    if (flow.resetSince === null) return;
    flow.resetSince = null;
    flow.updatePlain();
    this.#resetting.delete(flow);
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
    this.#reassembly.end(flow);
    const consumer = flow.consumer;
    const isReset = flow.resetSince !== null;
    this.#undoReset(flow);
    flow.consumer = null;
    consumer?.close(isReset ? 'reset' : reason);
    this.#reassembly.forget(flow);
  }

  /** Makes room: of ended connections first, then those idle longest, a sixteenth of all at once. */
  #evict(): void {
    const flows = this.#flows.select(() => true);
    flows.sort(
      (a, b) =>
        Number(b.consumer === null) - Number(a.consumer === null) ||
        a.lastSecond - b.lastSecond ||
        a.ordinal - b.ordinal,
    );
    for (const flow of flows.slice(0, Math.max(1, flows.length >> 4))) {
      if (flow.consumer !== null) this.#anomaly(flow, 'tcp_flow_limit');
      this.#close(flow, 'limit');
      this.#flows.remove(flow);
    }
  }

  #anomaly(flow: Flow, code: AnomalyCode): void {
    this.#anomalies.add(code);
    flow.consumer?.anomaly(code);
  }
}
