import assert from 'node:assert/strict';
import { createHash, createHmac, randomBytes, randomUUID } from 'node:crypto';
import { test } from 'node:test';
import { fingerprint } from './fingerprint.ts';

const KEY = Buffer.from('0123456789abcdef');
const sha256 = (token: string) => `sha256:${createHash('sha256').update(token).digest('hex')}`;
const hmac = (token: string) => `hmac-sha256:${createHmac('sha256', KEY).update(token).digest('hex')}`;

test('long tokens that a machine made are known by their SHA-256', () => {
  for (const token of [
    'Zq3xK9vBw7Lr2TnYc5Hd8MfJ4sPg6QaUe1Ri',
    'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    'ya29.Zq3xK9vBw7Lr2TnYc5Hd8MfJ4sPg6QaUe1Ri',
    'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJ4In0.Zq3xK9vBw7Lr2TnYc5Hd8MfJ4sPg6QaUe1RiBv',
    '9f86d081884c7d659a2feaa0c55ad015',
    '9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822C',
  ]) {
    assert.equal(fingerprint(token), sha256(token));
    assert.equal(fingerprint(token, KEY), sha256(token));
  }
});

test('whatever could be guessed needs a key', () => {
  for (const token of [
    '',
    'hunter2',
    'ya29.EXAMPLE',
    'EXAMPLETOKEN',
    'correct-horse-battery-staple-2024',
    'CorrectHorseBatteryStaple2024Summer',
    '9f86d081884c7d65',
    '00000000000000000000000000000000',
    'abababababababababababababababab',
    'The quick brown fox jumps over the lazy dog',
    'A'.repeat(64),
    'P@ssw0rd!P@ssw0rd!P@ssw0rd!P@ssw0rd!',
  ]) {
    assert.equal(fingerprint(token), null, token);
    assert.equal(fingerprint(token, KEY), hmac(token), token);
  }
  assert.equal(fingerprint(randomUUID()), null);
});

test('nearly all tokens of 32 random bytes count as made by a machine', () => {
  let known = 0;
  for (let i = 0; i < 1000; i++) if (fingerprint(randomBytes(32).toString('base64url')) !== null) known++;
  assert.ok(known >= 990, `${known} of 1000`);
});
