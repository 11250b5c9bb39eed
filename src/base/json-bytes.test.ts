import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { JsonBytes } from './json-bytes.ts';

const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  fc.double(),
  fc.maxSafeInteger(),
  fc.constantFrom(0, -0, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER, 2 ** 53, 1e300, Number.NaN, Infinity),
  fc.boolean(),
  fc.constantFrom('\u007f', '\u009b31m', '\u2028', '\ud800', '"', '\\', '\u001b[2J'),
);
const value = fc.oneof(scalar, fc.array(fc.option(scalar), { maxLength: 5 }));

it('values are written as JSON.stringify writes them, in bytes that no terminal obeys', () => {
  const json = new JsonBytes(1);
  fc.assert(
    fc.property(fc.array(value, { maxLength: 8 }), (values) => {
      json.clear();
      for (const one of values) {
        json.value(one);
        json.byte(0x0a);
      }
      const text = json.content.toString();
      const lines = text.split('\n').slice(0, -1);
      assert.deepEqual(
        lines.map((line) => JSON.parse(line)),
        values.map((one) => JSON.parse(JSON.stringify(one))),
      );
      assert.doesNotMatch(
        text,
        /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/,
      );
    }),
    { numRuns: 2000 },
  );
});

it('runs of bytes of any length are taken over', () => {
  const json = new JsonBytes(1);
  const runs = [0, 1, 47, 48, 49, 5000].map((length) => Buffer.alloc(length, 'ab'));
  for (const run of runs) json.raw(run);
  assert.deepEqual(json.content, Buffer.concat(runs));
  assert.equal(json.length, 5145);
});
