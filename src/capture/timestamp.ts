import type { Micros } from '../base/time.ts';

/** How an interface of a pcapng capture counts time. */
export interface TickRate {
  /** A power of 10 or of 2. */
  readonly ticksPerSecond: number;
  /** Seconds to add to every time. */
  readonly offsetSeconds: number;
}

/** What holds where an interface says nothing: microseconds since 1970. */
export const MICROSECOND_TICKS: TickRate = { ticksPerSecond: 1e6, offsetSeconds: 0 };

/** Up to it a remainder times 65,536 stays a whole number in a double. */
const MAX_DIVIDED_IN_DOUBLES = 2 ** 37;

/** The value of if_tsresol: 10 to the minus it, or 2 to the minus its lower bits where the highest is set. */
export function ticksPerSecond(resolution: number): number {
  return resolution & 0x80 ? 2 ** (resolution & 0x7f) : 10 ** resolution;
}

/** The time of 64 bits of ticks, in two halves. The whole seconds are exact and the rest rounded once, so order is kept. */
export function microsOfTicks(high: number, low: number, rate: TickRate): Micros {
  const { ticksPerSecond, offsetSeconds } = rate;
  if (ticksPerSecond === 1e6) return high * 0x1_0000_0000 + low + offsetSeconds * 1e6;
  if (ticksPerSecond > MAX_DIVIDED_IN_DOUBLES) return microsOfFineTicks(high, low, rate);
  // Long division by 16 bits at a time: the ticks themselves are more than a double can hold.
  const first = Math.floor(high / ticksPerSecond);
  const second = (high - first * ticksPerSecond) * 0x1_0000 + (low >>> 16);
  const secondQuotient = Math.floor(second / ticksPerSecond);
  const third = (second - secondQuotient * ticksPerSecond) * 0x1_0000 + (low & 0xffff);
  const thirdQuotient = Math.floor(third / ticksPerSecond);
  const seconds = first * 0x1_0000_0000 + secondQuotient * 0x1_0000 + thirdQuotient + offsetSeconds;
  return seconds * 1e6 + ((third - thirdQuotient * ticksPerSecond) * 1e6) / ticksPerSecond;
}

/** The same for ticks finer than any clock: rare, so it may be slow. */
function microsOfFineTicks(high: number, low: number, { ticksPerSecond, offsetSeconds }: TickRate): Micros {
  const ticks = (BigInt(high) << 32n) | BigInt(low);
  const perSecond = BigInt(ticksPerSecond);
  const fraction = Number(((ticks % perSecond) * 1_000_000_000n) / perSecond) / 1000;
  return (Number(ticks / perSecond) + offsetSeconds) * 1e6 + fraction;
}
