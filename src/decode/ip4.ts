import type { AnomalyCounter } from '../base/anomaly.ts';
import { i32, u16 } from './bytes.ts';
import type { Frame } from './frame.ts';
import type { Fragment } from './reassembler.ts';
import type { Segment } from './segment.ts';

const HEADER_BYTES = 20;
const MORE_FRAGMENTS = 0x2000;
const OFFSET_MASK = 0x1fff;

/**
 * IPv4, RFC 791 section 3.1: addresses and time to live to `segment`, `frame` to the datagram's payload.
 * @returns the protocol of the payload, or null where the header cannot be read; the anomaly was counted
 */
export function ip4(frame: Frame, segment: Segment, anomalies: AnomalyCounter): number | null {
  const { at, end, wireEnd } = frame;
  const bytes = frame.block.bytes;
  if (end - at < HEADER_BYTES) {
    // Else the capture cut it, which was counted.
    if (wireEnd - at < HEADER_BYTES) anomalies.add('ip_header_bad');
    return null;
  }
  const headerBytes = (bytes[at] & 15) << 2;
  // 0 is what segmentation offload leaves in large packets that were captured before they were cut up: all there is.
  const totalLength = u16(bytes, at + 2) || wireEnd - at;
  if (bytes[at] >> 4 !== 4 || headerBytes < HEADER_BYTES || totalLength < headerBytes || headerBytes > wireEnd - at) {
    anomalies.add('ip_header_bad');
    return null;
  }
  // What a link layer has behind the datagram is padding.
  if (at + totalLength > wireEnd) anomalies.add('ip_length_beyond_packet');
  else frame.wireEnd = at + totalLength;
  frame.end = Math.min(end, frame.wireEnd);
  frame.at = at + headerBytes;
  segment.ipVersion = 4;
  segment.source0 = 0;
  segment.source1 = 0;
  segment.source2 = 0;
  segment.source3 = i32(bytes, at + 12);
  segment.destination0 = 0;
  segment.destination1 = 0;
  segment.destination2 = 0;
  segment.destination3 = i32(bytes, at + 16);
  segment.ttl = bytes[at + 8];
  return bytes[at + 9];
}

/** What the IPv4 header at `header` says of a fragment; null where the datagram is whole. */
export function ip4Fragment(bytes: Buffer, header: number): Fragment | null {
  const flagsAndOffset = u16(bytes, header + 6);
  if ((flagsAndOffset & (MORE_FRAGMENTS | OFFSET_MASK)) === 0) return null;
  const addresses = bytes.toString('latin1', header + 12, header + 20);
  const protocol = bytes[header + 9];
  return {
    key: `4 ${addresses} ${protocol} ${u16(bytes, header + 4)}`,
    start: (flagsAndOffset & OFFSET_MASK) * 8,
    isLast: (flagsAndOffset & MORE_FRAGMENTS) === 0,
    protocol,
    ttl: bytes[header + 8],
  };
}
