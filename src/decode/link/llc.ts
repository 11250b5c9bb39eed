import { i32, u16 } from '../bytes.ts';
import { HEADER_SHORT, NOT_IP } from '../ether-type.ts';
import type { Frame } from '../frame.ts';

const LLC_BYTES = 3;
const SNAP_BYTES = 8;

/** DSAP and SSAP of SNAP, an unnumbered frame, and the first byte of the organization code that means EtherType: 0. */
const SNAP = 0xaaaa0300 | 0;

/** IEEE 802.2 LLC: of all that may follow, SNAP with an EtherType (RFC 1042). */
export function llc(frame: Frame): number {
  const at = frame.at;
  if (frame.end - at < LLC_BYTES) return HEADER_SHORT;
  const bytes = frame.block.bytes;
  if (frame.end - at < SNAP_BYTES || i32(bytes, at) !== SNAP || u16(bytes, at + 4) !== 0) return NOT_IP;
  frame.at = at + SNAP_BYTES;
  return u16(bytes, at + 6);
}
