import type { AnomalyCounter } from '../base/anomaly.ts';
import { i32, u16, u32 } from './bytes.ts';
import type { Frame } from './frame.ts';
import type { Fragment } from './reassembler.ts';
import type { Segment } from './segment.ts';

const HEADER_BYTES = 40;
const FRAGMENT_HEADER_BYTES = 8;
const MORE_FRAGMENTS = 1;
const OFFSET_MASK = 0xfff8;

/** Next header: a fragment header. */
export const IP6_FRAGMENT = 44;

/**
 * IPv6, RFC 8200 section 3: addresses and hop limit to `segment`, `frame` to the payload.
 * @returns the next header, or null where this one cannot be read; the anomaly was counted
 */
export function ip6(frame: Frame, segment: Segment, anomalies: AnomalyCounter): number | null {
  const { at, end, wireEnd } = frame;
  const bytes = frame.block.bytes;
  if (end - at < HEADER_BYTES) {
    // Else the capture cut it, which was counted.
    if (wireEnd - at < HEADER_BYTES) anomalies.add('ip_header_bad');
    return null;
  }
  if (bytes[at] >> 4 !== 6) {
    anomalies.add('ip_header_bad');
    return null;
  }
  const payload = at + HEADER_BYTES;
  // 0 is what segmentation offload leaves in large packets that were captured before they were cut up: all there is.
  const payloadLength = u16(bytes, at + 4) || wireEnd - payload;
  // What a link layer has behind the payload is padding.
  if (payload + payloadLength > wireEnd) anomalies.add('ip_length_beyond_packet');
  else frame.wireEnd = payload + payloadLength;
  frame.end = Math.min(end, frame.wireEnd);
  frame.at = payload;
  segment.ipVersion = 6;
  segment.source0 = i32(bytes, at + 8);
  segment.source1 = i32(bytes, at + 12);
  segment.source2 = i32(bytes, at + 16);
  segment.source3 = i32(bytes, at + 20);
  segment.destination0 = i32(bytes, at + 24);
  segment.destination1 = i32(bytes, at + 28);
  segment.destination2 = i32(bytes, at + 32);
  segment.destination3 = i32(bytes, at + 36);
  segment.ttl = bytes[at + 7];
  return bytes[at + 6];
}

/**
 * IPv6 fragment header, RFC 8200 section 4.5: `frame` to what follows it.
 * @param header offset of the IPv6 header, which was read
 * @returns null where it cannot be read; the anomaly was counted
 */
export function ip6Fragment(frame: Frame, header: number, anomalies: AnomalyCounter): Fragment | null {
  const { at, end, wireEnd } = frame;
  const bytes = frame.block.bytes;
  if (end - at < FRAGMENT_HEADER_BYTES) {
    if (wireEnd - at < FRAGMENT_HEADER_BYTES) anomalies.add('ip_header_bad');
    return null;
  }
  frame.at = at + FRAGMENT_HEADER_BYTES;
  const offsetAndFlag = u16(bytes, at + 2);
  const addresses = bytes.toString('latin1', header + 8, header + 40);
  return {
    key: `6 ${addresses} ${u32(bytes, at + 4)}`,
    start: offsetAndFlag & OFFSET_MASK,
    isLast: (offsetAndFlag & MORE_FRAGMENTS) === 0,
    protocol: bytes[at],
    ttl: bytes[header + 7],
  };
}
