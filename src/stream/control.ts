import { ACK, FIN, RST, type Segment, SYN } from '../decode/segment.ts';
import type { Flow, Side } from './flow.ts';
import type { Half } from './half.ts';
import { MAX_UNSEEN_BEFORE_SERVER_SYN } from './limits.ts';

/**
 * A receiver takes a RST only with the very sequence number that it expects (RFC 5961 section 3). Where the capture
 * has holes, that is what the other side acknowledged last.
 */
export function isAcceptableReset(half: Half, other: Half, segment: Segment): boolean {
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
export function isStray(flow: Flow, side: Side, half: Half, other: Half, segment: Segment): boolean {
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
export function isOpening(segment: Segment): boolean {
  return (segment.flags & (SYN | ACK)) === SYN;
}

/**
 * Takes note of a SYN that may open a new connection on the flow's ports; answers whether the segment shows that one has. A SYN alone does not, since anyone can
 * forge one and a receiver answers it with a challenge (RFC 5961 section 4); its acceptance by the other side does, or,
 * in a capture of one direction, the first data of the new connection.
 */
export function noteReuse(flow: Flow, half: Half, other: Half, segment: Segment): boolean {
  if (isOpening(segment)) {
    const first = (segment.sequence + 1) | 0;
    if (!half.started || first === half.next) return false;
    flow.reuse = first;
    flow.updatePlain();
    return flow.resetSince !== null;
  }
  if (flow.reuse === null) return false;
  if ((segment.flags & SYN) !== 0) return (segment.acknowledgment | 0) === flow.reuse;
  return !other.started && segment.wireLength > 0 && (segment.sequence | 0) === flow.reuse;
}
