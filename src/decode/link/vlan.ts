import { u16 } from '../bytes.ts';
import { FIRST_ETHER_TYPE, HEADER_SHORT } from '../ether-type.ts';
import type { Frame } from '../frame.ts';
import { llc } from './llc.ts';

const TAG_BYTES = 4;

/** The rest of an IEEE 802.1Q or 802.1ad tag, of which the EtherType was read: priority and VLAN, then what follows. */
export function vlan(frame: Frame): number {
  const at = frame.at;
  if (frame.end - at < TAG_BYTES) return HEADER_SHORT;
  frame.at = at + TAG_BYTES;
  const type = u16(frame.block.bytes, at + 2);
  return type < FIRST_ETHER_TYPE ? llc(frame) : type;
}
