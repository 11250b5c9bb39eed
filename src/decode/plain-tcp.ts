import type { Packet } from '../capture/packet.ts';
import { i32, u16, u32 } from './bytes.ts';
import { ETHERNET } from './link/link-layers.ts';
import { type Segment, TCP } from './segment.ts';

const ETHERNET_BYTES = 14;
const IP_BYTES = 20;
const LEAST_TCP_BYTES = 20;
const LEAST_BYTES = ETHERNET_BYTES + IP_BYTES + LEAST_TCP_BYTES;

/**
 * Decodes the usual kind of packet in one go: TCP in IPv4 in Ethernet, not cut, without IPv4 options, no fragment, and
 * nothing strange about it. The layers one by one, which `Decoder.decodeByLayers` reads, give the same.
 * @returns false where it is of another kind; `segment` was not touched
 */
export function decodePlainTcp(packet: Packet, segment: Segment): boolean {
  const length = packet.length;
  if (packet.linkType !== ETHERNET || length < LEAST_BYTES || length !== packet.wireLength) return false;
  const bytes = packet.block.bytes;
  const ip = packet.offset + ETHERNET_BYTES;
  const tcp = ip + IP_BYTES;
  // EtherType IPv4; version 4 and a header of 5 words; no more fragments and offset 0; TCP.
  if (bytes[ip - 2] !== 0x08 || bytes[ip - 1] !== 0x00 || bytes[ip] !== 0x45) return false;
  if ((bytes[ip + 6] & 0x3f) !== 0 || bytes[ip + 7] !== 0 || bytes[ip + 9] !== TCP) return false;
  const end = ip + u16(bytes, ip + 2);
  const payload = tcp + ((bytes[tcp + 12] >> 4) << 2);
  if (end > packet.offset + length || payload < tcp + LEAST_TCP_BYTES || payload > end) return false;
  segment.time = packet.time;
  segment.protocol = TCP;
  segment.ipVersion = 4;
  segment.source0 = 0;
  segment.source1 = 0;
  segment.source2 = 0;
  segment.source3 = i32(bytes, ip + 12);
  segment.destination0 = 0;
  segment.destination1 = 0;
  segment.destination2 = 0;
  segment.destination3 = i32(bytes, ip + 16);
  segment.ttl = bytes[ip + 8];
  segment.sourcePort = u16(bytes, tcp);
  segment.destinationPort = u16(bytes, tcp + 2);
  segment.sequence = u32(bytes, tcp + 4);
  segment.acknowledgment = u32(bytes, tcp + 8);
  segment.flags = bytes[tcp + 13];
  segment.block = packet.block;
  segment.offset = payload;
  segment.length = end - payload;
  segment.wireLength = end - payload;
  return true;
}
