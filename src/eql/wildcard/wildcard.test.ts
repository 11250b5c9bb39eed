import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold } from '../values/text.ts';
import { ContainsAny } from './contains.ts';
import { matchesCodePoints } from './general.ts';
import { exactTest, wildcardTest } from './list.ts';

const piece = fc.constantFrom('a', 'A', 'b', 'ab', 'x', '.', '\\', 'é', 'É', '😀', '\n', 'Abc', '7');
/** Values of documents may hold half a surrogate pair; the text of a query cannot. */
const value = fc
  .array(fc.oneof({ weight: 9, arbitrary: piece }, fc.constantFrom('\ud83d', '\ude00')), { maxLength: 10 })
  .map((parts) => parts.join(''));
const pattern = fc
  .array(fc.oneof(piece, fc.constantFrom('*', '?', '*', '**')), { maxLength: 7 })
  .map((parts) => parts.join(''));

test('a list of patterns says what the plain matcher says of each', () => {
  const patterns = fc.array(pattern, { minLength: 1, maxLength: 6 });
  const check = fc.property(patterns, fc.array(value, { maxLength: 6 }), fc.boolean(), (list, values, insensitive) => {
    const matches = wildcardTest(list, insensitive);
    for (const one of values) {
      const expected = list.some((each) => matchesCodePoints(one, each, insensitive));
      assert.equal(matches(one), expected, JSON.stringify({ list, one, insensitive }));
    }
  });
  fc.assert(check, { numRuns: 5000 });
});

test('values made from the pattern match it', () => {
  const filled = fc.tuple(pattern, fc.array(value, { minLength: 8, maxLength: 8 })).map(([text, fills]) => {
    let next = 0;
    const one = text.replace(/[*?]/g, (wild) => (wild === '*' ? fills[next++ % 8] : '😀'));
    return { text, one };
  });
  fc.assert(
    fc.property(filled, fc.boolean(), ({ text, one }, insensitive) => {
      assert.equal(wildcardTest([text, 'never'], insensitive)(one), true);
    }),
    { numRuns: 3000 },
  );
});

test('a search for several texts finds what includes finds', () => {
  const texts = fc.array(
    value.filter((text) => text !== ''),
    { minLength: 1, maxLength: 5 },
  );
  const long = fc.array(piece, { maxLength: 60 }).map((parts) => parts.join(''));
  fc.assert(
    fc.property(texts, long, fc.boolean(), (wanted, one, insensitive) => {
      const folded = insensitive ? wanted.map(fold) : wanted;
      const expected = folded.some((text) => (insensitive ? fold(one) : one).includes(text));
      assert.equal(new ContainsAny(folded, insensitive).matches(one), expected);
    }),
    { numRuns: 5000 },
  );
});

test('a text longer than any shift of the search is found', () => {
  const long = 'x'.repeat(700);
  assert.equal(new ContainsAny([long], false).matches(`y${long}y`), true);
  assert.equal(new ContainsAny([long], false).matches(`y${long.slice(1)}y`), false);
});

test('in a list of texts, wildcards stand for themselves', () => {
  assert.equal(exactTest(['a*', 'b'], true)('A*'), true);
  assert.equal(exactTest(['a*', 'b'], true)('ab'), false);
});
