import { u32 } from '../bytes.ts';
import { FIRST_ETHER_TYPE, HEADER_SHORT, IPV4, IPV6, NOT_IP } from '../ether-type.ts';
import type { Frame } from '../frame.ts';

const HEADER_BYTES = 4;

/**
 * LINKTYPE_NULL and LINKTYPE_LOOP: an address family, for the first in the byte order of the host that captured and for
 * the second in network order. Families are small numbers, so the order is seen. AF_INET6 is 24 on NetBSD and OpenBSD,
 * 28 on FreeBSD, 30 on macOS; 10 where Linux wrote its own. Some writers leave an EtherType in the lower half instead.
 */
export function nullLoopback(frame: Frame): number {
  const at = frame.at;
  if (frame.end - at < HEADER_BYTES) return HEADER_SHORT;
  const value = u32(frame.block.bytes, at);
  frame.at = at + HEADER_BYTES;
  if ((value & 0xffff) >= FIRST_ETHER_TYPE) return value & 0xffff;
  const family = value > 0xffff ? value >>> 24 : value;
  switch (family) {
    case 2:
      return IPV4;
    case 10:
    case 24:
    case 28:
    case 30:
      return IPV6;
    default:
      return NOT_IP;
  }
}
