import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { isDate, isoFromMicros } from './time.ts';

const FIRST_MILLIS = Date.parse('0000-01-01T00:00:00.000Z');
const LAST_MILLIS = Date.parse('9999-12-31T23:59:59.999Z');

it('prints milliseconds as a Date does', () => {
  const anyTime = fc.integer({ min: -9_000_000_000_000, max: 9_000_000_000_000 });
  fc.assert(fc.property(anyTime, (millis) => isoFromMicros(millis * 1000) === new Date(millis).toISOString()));
});

it('prints microseconds where there are any', () => {
  assert.equal(isoFromMicros(1_700_000_000_000_001), '2023-11-14T22:13:20.000001Z');
  assert.equal(isoFromMicros(1_700_000_000_123_000.5), '2023-11-14T22:13:20.123Z');
});

it('prints the nearest time that has a text where one has none', () => {
  const after = (LAST_MILLIS + 1) * 1000;
  for (const time of [after, 1e25, Number.POSITIVE_INFINITY]) {
    assert.equal(isoFromMicros(time), '9999-12-31T23:59:59.999999Z');
  }
  for (const time of [FIRST_MILLIS * 1000 - 1e3, -1e25, Number.NEGATIVE_INFINITY, Number.NaN]) {
    assert.equal(isoFromMicros(time), '0000-01-01T00:00:00.000Z');
  }
  assert.deepEqual([0, after - 1000, after, Number.NaN].map(isDate), [true, true, false, false]);
});
