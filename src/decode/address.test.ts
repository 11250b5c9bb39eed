import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { addressText } from './address.ts';

function text6(...groups: number[]): string {
  const word = (i: number) => (groups[i] << 16) | groups[i + 1];
  return addressText(6, word(0), word(2), word(4), word(6));
}

test('IPv4 addresses are written in full', () => {
  assert.equal(addressText(4, 0, 0, 0, 0xa9fea9fe | 0), '169.254.169.254');
  assert.equal(addressText(4, 0, 0, 0, 0), '0.0.0.0');
});

test('IPv6 addresses follow RFC 5952', () => {
  assert.equal(text6(0, 0, 0, 0, 0, 0, 0, 0), '::');
  assert.equal(text6(0, 0, 0, 0, 0, 0, 0, 1), '::1');
  assert.equal(text6(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254), 'fd00:ec2::254');
  assert.equal(text6(0x2001, 0xdb8, 0, 1, 1, 1, 1, 1), '2001:db8:0:1:1:1:1:1');
  assert.equal(text6(0x2001, 0, 0, 1, 0, 0, 0, 1), '2001:0:0:1::1');
  assert.equal(text6(0x2001, 0xdb8, 0, 0, 1, 0, 0, 1), '2001:db8::1:0:0:1');
  assert.equal(text6(0, 0, 0, 0, 0, 0xffff, 0xc000, 0x0201), '::ffff:192.0.2.1');
  assert.equal(text6(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), '2001:db8::');
});

test('IPv6 addresses are written as URLs write them, but for IPv4-mapped ones', () => {
  const group = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 0xffff }));
  fc.assert(
    fc.property(fc.array(group, { minLength: 8, maxLength: 8 }), (groups) => {
      const url = new URL(`http://[${groups.map((value) => value.toString(16)).join(':')}]/`);
      assert.equal(`[${text6(...groups)}]`, url.hostname);
    }),
  );
});
