import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { alertId } from './alert-id.ts';

test('the id is the SHA-256 of the parts with their lengths', () => {
  const input = Buffer.from('\0\0\0\x02r1\0\0\0\x01i\0\0\0\x03\xc3\xa9x', 'latin1');
  assert.equal(alertId('r1', 'i', 'éx'), createHash('sha256').update(input).digest('hex'));
});

test('parts do not run into one another', () => {
  assert.notEqual(alertId('a', 'bc', 'd'), alertId('ab', 'c', 'd'));
  assert.notEqual(alertId('a', '', 'b'), alertId('', 'a', 'b'));
});
