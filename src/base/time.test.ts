import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { isoFromMicros } from './time.ts';

it('prints milliseconds as a Date does', () => {
  const anyTime = fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 });
  fc.assert(fc.property(anyTime, (millis) => isoFromMicros(millis * 1000) === new Date(millis).toISOString()));
});

it('prints microseconds where there are any', () => {
  assert.equal(isoFromMicros(1_700_000_000_000_001), '2023-11-14T22:13:20.000001Z');
  assert.equal(isoFromMicros(1_700_000_000_123_000.5), '2023-11-14T22:13:20.123Z');
});

it('says so where no date can hold the time', () => {
  assert.equal(isoFromMicros(1e25), 'invalid');
  assert.equal(isoFromMicros(Number.NaN), 'invalid');
});
