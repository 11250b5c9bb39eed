import type { AnomalyCounter } from '../base/anomaly.ts';
import { u16, u32 } from './bytes.ts';
import type { Frame } from './frame.ts';
import { type Segment, TCP, UDP } from './segment.ts';

const TCP_HEADER_BYTES = 20;
const UDP_HEADER_BYTES = 8;

/** TCP, RFC 9293 section 3.1. `frame` spans the payload of the IP datagram. False: there is no whole header. */
export function tcp(frame: Frame, segment: Segment, anomalies: AnomalyCounter): boolean {
  const { at, end, wireEnd } = frame;
  const bytes = frame.block.bytes;
  if (wireEnd - at < TCP_HEADER_BYTES) return bad(anomalies);
  // The capture cut it, which was counted.
  if (end - at < TCP_HEADER_BYTES) return false;
  const headerBytes = (bytes[at + 12] >> 4) << 2;
  if (headerBytes < TCP_HEADER_BYTES || headerBytes > wireEnd - at) return bad(anomalies);
  segment.protocol = TCP;
  segment.sourcePort = u16(bytes, at);
  segment.destinationPort = u16(bytes, at + 2);
  segment.sequence = u32(bytes, at + 4);
  segment.acknowledgment = u32(bytes, at + 8);
  segment.flags = bytes[at + 13];
  setPayload(frame, segment, at + headerBytes, wireEnd);
  return true;
}

/** UDP, RFC 768. `frame` spans the payload of the IP datagram. False: there is no whole header. */
export function udp(frame: Frame, segment: Segment, anomalies: AnomalyCounter): boolean {
  const { at, end, wireEnd } = frame;
  const bytes = frame.block.bytes;
  if (wireEnd - at < UDP_HEADER_BYTES) return bad(anomalies);
  if (end - at < UDP_HEADER_BYTES) return false;
  // 0 is what segmentation offload leaves, and jumbograms (RFC 2675 section 4): all there is.
  const stated = u16(bytes, at + 4) || wireEnd - at;
  if (stated < UDP_HEADER_BYTES || stated > wireEnd - at) return bad(anomalies);
  segment.protocol = UDP;
  segment.sourcePort = u16(bytes, at);
  segment.destinationPort = u16(bytes, at + 2);
  segment.sequence = 0;
  segment.acknowledgment = 0;
  segment.flags = 0;
  setPayload(frame, segment, at + UDP_HEADER_BYTES, at + stated);
  return true;
}

/** The payload is what lies from `start` to `wireEnd`, as far as it was captured. */
function setPayload(frame: Frame, segment: Segment, start: number, wireEnd: number): void {
  const end = Math.min(frame.end, wireEnd);
  segment.time = frame.time;
  segment.block = frame.block;
  segment.offset = Math.min(start, end);
  segment.length = end - segment.offset;
  segment.wireLength = wireEnd - start;
}

function bad(anomalies: AnomalyCounter): false {
  anomalies.add('transport_header_bad');
  return false;
}
