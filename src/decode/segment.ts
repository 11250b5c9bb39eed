import type { Micros } from '../base/time.ts';
import type { Block } from '../capture/packet.ts';

/** IANA protocol numbers that a segment may carry. */
export const TCP = 6;
export const UDP = 17;

/** TCP flags, RFC 9293 section 3.1. */
export const FIN = 0x01;
export const SYN = 0x02;
export const RST = 0x04;
export const ACK = 0x10;

/**
 * The transport layer of one packet: a TCP segment or a UDP datagram. The decoder fills the same object again and
 * again, so it is valid until the next packet is decoded; for how long its bytes stay see `Block`.
 */
export interface Segment {
  time: Micros;
  protocol: typeof TCP | typeof UDP;
  ipVersion: 4 | 6;
  /** Source address as four 32-bit words (signed), in network order; an IPv4 address is in `source3` alone. */
  source0: number;
  source1: number;
  source2: number;
  source3: number;
  destination0: number;
  destination1: number;
  destination2: number;
  destination3: number;
  sourcePort: number;
  destinationPort: number;
  /** IPv4 time to live or IPv6 hop limit, as received. */
  ttl: number;
  /** TCP: sequence number, acknowledgment number (both unsigned 32 bits) and flags; UDP: 0. */
  sequence: number;
  acknowledgment: number;
  flags: number;
  /** The payload: `block.bytes` from `offset`, `length` bytes. */
  block: Block;
  offset: number;
  length: number;
  /** Payload bytes on the wire; more than `length` where the capture cut the packet. */
  wireLength: number;
}
