import { HEADER_SHORT, IPV4, IPV6, NOT_IP } from '../ether-type.ts';
import type { Frame } from '../frame.ts';

/** LINKTYPE_RAW, _IPV4 and _IPV6: no link layer; the IP header's first four bits tell its version. */
export function rawIp(frame: Frame): number {
  if (frame.end === frame.at) return HEADER_SHORT;
  switch (frame.block.bytes[frame.at] >> 4) {
    case 4:
      return IPV4;
    case 6:
      return IPV6;
    default:
      return NOT_IP;
  }
}
