import { u16, u32 } from './byte-order.ts';
import { eachOption } from './pcapng-option.ts';
import { MICROSECOND_TICKS, type TickRate, ticksPerSecond } from './timestamp.ts';

const IF_TSRESOL = 9;
const IF_TSOFFSET = 14;

/** What an interface description block says that is needed to read packets. */
export interface Interface {
  readonly linkType: number;
  /** Bytes of a packet that are captured at most; 0: no limit. */
  readonly snapLength: number;
  readonly ticks: TickRate;
}

/** Reads the body of an interface description block, draft-ietf-opsawg-pcapng section 4.2. */
export function readInterface(bytes: Buffer, at: number, end: number, littleEndian: boolean): Interface {
  let rate = MICROSECOND_TICKS.ticksPerSecond;
  let offsetSeconds = MICROSECOND_TICKS.offsetSeconds;
  eachOption(bytes, at + 8, end, littleEndian, (code, start, length) => {
    if (code === IF_TSRESOL && length === 1) rate = ticksPerSecond(bytes[start]);
    if (code === IF_TSOFFSET && length === 8) {
      offsetSeconds = Number(littleEndian ? bytes.readBigInt64LE(start) : bytes.readBigInt64BE(start));
    }
  });
  return {
    linkType: u16(bytes, at, littleEndian),
    snapLength: u32(bytes, at + 4, littleEndian),
    ticks: { ticksPerSecond: rate, offsetSeconds },
  };
}
