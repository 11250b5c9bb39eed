import type { AnomalyCounter } from '../base/anomaly.ts';
import { u16, u32 } from './bytes.ts';
import type { Frame } from './frame.ts';
import { setPayload } from './payload.ts';
import { type Segment, TCP } from './segment.ts';

const HEADER_BYTES = 20;

/**
 * TCP, RFC 9293 section 3.1. `frame` spans the payload of the IP datagram.
 * @returns false where there is no whole header, which was counted
 */
export function tcp(frame: Frame, segment: Segment, anomalies: AnomalyCounter): boolean {
  const { at, end, wireEnd } = frame;
  const bytes = frame.block.bytes;
  const room = wireEnd - at;
  // The capture cut it, which was counted.
  if (end - at < HEADER_BYTES && room >= HEADER_BYTES) return false;
  const headerBytes = (bytes[at + 12] >> 4) << 2;
  if (room < HEADER_BYTES || headerBytes < HEADER_BYTES || headerBytes > room) {
    anomalies.add('transport_header_bad');
    return false;
  }
  segment.protocol = TCP;
  segment.sourcePort = u16(bytes, at);
  segment.destinationPort = u16(bytes, at + 2);
  segment.sequence = u32(bytes, at + 4);
  segment.acknowledgment = u32(bytes, at + 8);
  segment.flags = bytes[at + 13];
  setPayload(frame, segment, at + headerBytes, wireEnd);
  return true;
}
