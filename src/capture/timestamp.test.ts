import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { microsOfTicks, ticksPerSecond } from './timestamp.ts';

/** What `microsOfTicks` should give, in integers: seconds, and the fraction rounded to a double once. */
function exactly(ticks: bigint, perSecond: bigint, offsetSeconds: number): number {
  const seconds = Number(ticks / perSecond) + offsetSeconds;
  return seconds * 1e6 + Number(((ticks % perSecond) * 1_000_000_000_000n) / perSecond) / 1e6;
}

test('if_tsresol is a power of 10, or of 2 where its highest bit is set', () => {
  assert.equal(ticksPerSecond(6), 1e6);
  assert.equal(ticksPerSecond(9), 1e9);
  assert.equal(ticksPerSecond(0), 1);
  assert.equal(ticksPerSecond(0x80), 1);
  assert.equal(ticksPerSecond(0x80 | 20), 1_048_576);
});

test('one moment is the same in every resolution', () => {
  const seconds = 1_700_000_000n;
  for (const resolution of [0, 1, 3, 6, 7, 9, 10, 11, 0x80 | 1, 0x80 | 10, 0x80 | 30, 0x80 | 33]) {
    const rate = { ticksPerSecond: ticksPerSecond(resolution), offsetSeconds: 0 };
    const ticks = seconds * BigInt(rate.ticksPerSecond);
    const time = microsOfTicks(Number(ticks >> 32n), Number(ticks & 0xffff_ffffn), rate);
    assert.equal(time, 1_700_000_000_000_000, `resolution ${resolution}`);
  }
});

test('a nanosecond capture has the times that a classic one of the same packets has', () => {
  for (const nanoseconds of [0, 1, 499, 999_999_999, 123_456_789]) {
    const ticks = 1_700_000_000n * 1_000_000_000n + BigInt(nanoseconds);
    const rate = { ticksPerSecond: 1e9, offsetSeconds: 0 };
    const time = microsOfTicks(Number(ticks >> 32n), Number(ticks & 0xffff_ffffn), rate);
    assert.equal(time, 1_700_000_000 * 1e6 + nanoseconds / 1000);
  }
});

test('any ticks at any resolution agree with integer arithmetic to half a microsecond, and keep their order', () => {
  const resolution = fc.oneof(fc.integer({ min: 0, max: 20 }), fc.integer({ min: 0x80, max: 0x80 | 63 }));
  const offset = fc.integer({ min: -1_000_000, max: 1_000_000 });
  const ticks = fc.bigInt({ min: 0n, max: (1n << 64n) - 2n });
  fc.assert(
    fc.property(resolution, offset, ticks, (resolution, offsetSeconds, ticks) => {
      const rate = { ticksPerSecond: ticksPerSecond(resolution), offsetSeconds };
      const at = (ticks: bigint) => microsOfTicks(Number(ticks >> 32n), Number(ticks & 0xffff_ffffn), rate);
      const wanted = exactly(ticks, BigInt(rate.ticksPerSecond), offsetSeconds);
      // Beyond 2^53 microseconds (the year 2255) a double is coarser.
      assert.ok(Math.abs(at(ticks) - wanted) <= Math.max(0.5, Math.abs(wanted) * 2 ** -52));
      assert.ok(at(ticks) <= at(ticks + 1n));
    }),
    { numRuns: 500 },
  );
});
