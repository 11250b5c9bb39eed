import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { MAX_DIAGNOSTICS } from './codes.ts';
import { compile, format, parse } from './index.ts';
import { type Flat, flatReader } from './support.test.ts';

/** Queries that are meant to hurt: each ends in a diagnostic or a matcher, in a time that its length allows. */

function codesOf(query: string): string[] {
  const start = performance.now();
  const { diagnostics } = compile<Flat>(query, { reader: flatReader });
  format(query);
  assert.ok(performance.now() - start < 10_000, query.slice(0, 40));
  return [...new Set(diagnostics.map((diagnostic) => diagnostic.code))];
}

test('nesting of any kind ends at the limit', () => {
  for (const query of [
    `a where ${'('.repeat(100_000)}`,
    `a where ${'('.repeat(100_000)}true${')'.repeat(100_000)}`,
    `a where ${'not '.repeat(100_000)}true`,
    `a where x == ${'-'.repeat(100_000)}y`,
    `a where ${'f('.repeat(100_000)}`,
    `a where x in (${'(x in '.repeat(50_000)}`,
    `a where x == ${'concat(1, '.repeat(1000)}2${')'.repeat(1000)}`,
  ]) {
    assert.deepEqual(codesOf(query), ['too-deep'], query.slice(0, 30));
  }
});

test('limits of length', () => {
  assert.deepEqual(codesOf(`a where ${'x '.repeat(500_000)}`), ['query-too-long']);
  assert.deepEqual(codesOf(`a where ${'1 + '.repeat(20_000)}1 == 2`), ['too-many-operators']);
  const names = Array.from({ length: 100_000 }, (_, i) => `f${i}`);
  assert.deepEqual(codesOf(`a where concat(${names.join(', ')}) == "x"`), ['too-many-fields']);
  const combining = Array.from({ length: 3000 }, (_, i) => `concat(x, y) == "${i}"`).join(' or ');
  assert.deepEqual(codesOf(`a where ${combining}`), ['too-many-fields']);
  assert.deepEqual(codesOf(`a where ${'a.'.repeat(450_000)}a == 1`), ['field-name-too-long']);
  assert.deepEqual(codesOf(`a where ${'and.'.repeat(200_000)}a == 1`), ['reserved-word']);
});

test('brackets and quotes in any number', () => {
  for (const query of [
    '['.repeat(100_000),
    `sequence ${'['.repeat(100_000)}`,
    '"'.repeat(99_999),
    '/*'.repeat(100_000),
    "'".repeat(99_999),
  ]) {
    assert.ok(codesOf(query).length > 0, query.slice(0, 30));
  }
});

test('names that every object has are names like others', () => {
  for (const word of ['constructor', '__proto__', 'toString', 'hasOwnProperty']) {
    assert.deepEqual(codesOf(`a where x ${word} y`), ['unexpected-token'], word);
    assert.deepEqual(codesOf(`a where ${word}(x)`), ['unknown-function'], word);
    assert.deepEqual(codesOf(`a where ${word} == 1 and x.${word} : "a"`), [], word);
    assert.deepEqual(codesOf(`a where true | ${word} 1`), ['unknown-pipe'], word);
  }
});

test('comments in any number are kept by formatting', () => {
  const comments = '/* c */'.repeat(50_000);
  const query = `a where x in (${comments} 1, ${comments} 2) and (${'// d\n'.repeat(50_000)} y or z)`;
  const start = performance.now();
  assert.equal(format(query).match(/\/\* c \*\/|\/\/ d/g)?.length, 150_000);
  assert.ok(performance.now() - start < 10_000);
});

test('no more diagnostics are kept than anyone reads', () => {
  assert.equal(parse(`a where ${'x = 1 and '.repeat(10_000)}true`).diagnostics.length, MAX_DIAGNOSTICS);
});

test('very long queries that are right are run', () => {
  const list = Array.from({ length: 80_000 }, (_, i) => `"*${i}*"`).join(', ');
  const { matcher } = compile<Flat>(`a where x : (${list})`, { reader: flatReader });
  assert.equal(matcher?.matches({ 'event.category': 'a', x: '?79999?' }), true);
  const chain = Array.from({ length: 40_000 }, (_, i) => `x == "${i}"`).join(' or ');
  const long = compile<Flat>(`a where ${chain}`, { reader: flatReader }).matcher;
  assert.equal(long?.matches({ 'event.category': 'a', x: '39999' }), true);
  assert.equal(long?.evidence({ 'event.category': 'a', x: '39999' }).length, 1);
});

test('regular expressions of one query are refused when they take too much together', () => {
  const costly = Array.from({ length: 200 }, (_, i) => `"${'a?'.repeat(150)}${i}"`).join(', ');
  assert.deepEqual(codesOf(`a where x regex (${costly})`), ['regex-too-complex']);
});

const tokens = fc.array(
  fc.constantFrom(
    ...'( ) [ ] ![ , . : == != < <= = + - * / % | ? ! && "a" "" """a" \'b\' 1 1.5 ` `q` a b.c any where and or not in in~ like'.split(
      ' ',
    ),
    ...'like~ regex regex~ sequence sample by with maxspan runs until of null true head tail // /* */ AND \n \\ \u0000 😀'.split(
      ' ',
    ),
  ),
  { maxLength: 40 },
);

test('no text makes anything throw, and what parses is formatted to something that parses', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        tokens.map((words) => words.join(' ')),
        tokens.map((words) => words.join('')),
        fc.string(),
      ),
      (query) => {
        const { matcher } = compile<Flat>(query, { reader: flatReader });
        matcher?.matches({ a: 'a', 'b.c': [1, null, 'a'] });
        const parsed = parse(query);
        const isRight = parsed.query !== null;
        assert.equal(
          isRight,
          parsed.diagnostics.every((diagnostic) => diagnostic.severity !== 'error'),
        );
        if (isRight) assert.deepEqual(parse(format(query)).diagnostics, [], format(query));
      },
    ),
    { numRuns: 5000 },
  );
});
