import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hmacSha256Hex, sha1Base64, sha256Hex } from './hash.ts';

const ABC = Buffer.from('abc');

test('SHA-256 of a text and of its bytes (FIPS 180-4, example "abc")', () => {
  const expected = 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad';
  assert.equal(sha256Hex('abc'), expected);
  assert.equal(sha256Hex(ABC), expected);
  assert.equal(sha256Hex('ä'), sha256Hex(Buffer.from('ä', 'utf8')));
});

test('SHA-1 (FIPS 180-4, example "abc")', () => {
  assert.equal(sha1Base64(ABC), Buffer.from('a9993e364706816aba3e25717850c26c9cd0d89d', 'hex').toString('base64'));
});

test('HMAC (RFC 4231, test case 2)', () => {
  assert.equal(
    hmacSha256Hex(Buffer.from('Jefe'), 'what do ya want for nothing?'),
    '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
  );
});
