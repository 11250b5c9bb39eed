import type { AnomalyCounter } from '../base/anomaly.ts';
import { u16 } from './bytes.ts';
import type { Frame } from './frame.ts';
import { setPayload } from './payload.ts';
import { type Segment, UDP } from './segment.ts';

const HEADER_BYTES = 8;

/**
 * UDP, RFC 768. `frame` spans the payload of the IP datagram.
 * @returns false where there is no whole header, which was counted
 */
export function udp(frame: Frame, segment: Segment, anomalies: AnomalyCounter): boolean {
  const { at, end, wireEnd } = frame;
  const bytes = frame.block.bytes;
  const room = wireEnd - at;
  // The capture cut it, which was counted.
  if (end - at < HEADER_BYTES && room >= HEADER_BYTES) return false;
  // A length of 0 is what segmentation offload leaves, and jumbograms (RFC 2675 section 4): all there is.
  const length = u16(bytes, at + 4) || room;
  if (room < HEADER_BYTES || length < HEADER_BYTES || length > room) {
    anomalies.add('transport_header_bad');
    return false;
  }
  segment.protocol = UDP;
  segment.sourcePort = u16(bytes, at);
  segment.destinationPort = u16(bytes, at + 2);
  segment.sequence = 0;
  segment.acknowledgment = 0;
  segment.flags = 0;
  setPayload(frame, segment, at + HEADER_BYTES, at + length);
  return true;
}
