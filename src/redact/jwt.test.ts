import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jwtClaims } from './jwt.ts';

function jwt(payload: unknown): string {
  return `eyJhbGciOiJub25lIn0.${Buffer.from(JSON.stringify(payload)).toString('base64url')}.c2lnbmF0dXJl`;
}

test('only the chosen claims are kept', () => {
  assert.deepEqual(jwtClaims(jwt({ uti: 'u', oid: 'o', appid: 'a', aud: 'https://x/', exp: 1, sub: 's', name: 'n' })), {
    uti: 'u',
    oid: 'o',
    appid: 'a',
    aud: 'https://x/',
    exp: 1,
  });
  assert.deepEqual(jwtClaims(jwt({ sub: 's' })), {});
});

test('claims of the wrong type or size are left out', () => {
  assert.deepEqual(jwtClaims(jwt({ uti: 1, oid: ['o'], aud: 'x'.repeat(300), exp: 'soon' })), {});
});

test('what is no JWT gives null', () => {
  for (const text of [
    '',
    'a.b',
    'a.b.c',
    'a.b.c.d',
    jwt([]),
    jwt('x'),
    jwt(null),
    `${'a'.repeat(70_000)}.e30.x`,
    'ya29.a.b',
  ]) {
    assert.equal(jwtClaims(text), null, text.slice(0, 40));
  }
});
