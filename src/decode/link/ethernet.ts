import { u16 } from '../bytes.ts';
import { FIRST_ETHER_TYPE, HEADER_SHORT } from '../ether-type.ts';
import type { Frame } from '../frame.ts';
import { llc } from './llc.ts';

const HEADER_BYTES = 14;

/** Ethernet II, and IEEE 802.3 with LLC. */
export function ethernet(frame: Frame): number {
  const at = frame.at;
  if (frame.end - at < HEADER_BYTES) return HEADER_SHORT;
  frame.at = at + HEADER_BYTES;
  const type = u16(frame.block.bytes, at + 12);
  return type < FIRST_ETHER_TYPE ? llc(frame) : type;
}
