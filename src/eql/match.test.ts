import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldType } from '../base/field.ts';
import { compile, jsonReader } from './index.ts';
import { catalogueOf, type Flat, flatReader, matcherOf } from './support.test.ts';

/** What conditions mean, where implementers go wrong: each line is a condition, a document, and whether it matches. */

type Line = readonly [condition: string, document: Flat, outcome: boolean];

function checkLines(lines: readonly Line[], types?: Readonly<Record<string, FieldType>>): void {
  for (const [condition, document, outcome] of lines) {
    const matcher = matcherOf(
      `any where ${condition}`,
      types ? { catalogue: catalogueOf(types), unknownFields: 'error' } : {},
    );
    assert.equal(matcher.matches(document), outcome, `${condition} on ${JSON.stringify(document)}`);
    assert.equal(matcher.explain(document).outcome, outcome, `explain ${condition} on ${JSON.stringify(document)}`);
  }
}

test('a condition on a missing field does not hold, and its negation does', () => {
  checkLines([
    ['a == "x"', {}, false],
    ['a != "x"', {}, true],
    ['not a == "x"', {}, true],
    ['not a : "x"', {}, true],
    ['a not in ("x")', {}, true],
    ['a > 1', {}, false],
    ['not (a > 1)', {}, true],
    ['a == null', {}, true],
    ['a != null', {}, false],
    ['a == null', { a: null }, true],
    ['a == null', { a: [] }, true],
    ['a == null', { a: [null] }, true],
    ['a == null', { a: [null, 'x'] }, false],
    ['a', {}, false],
    ['not a', {}, true],
    ['(a > 1) == false', {}, true],
    ['(a > 1) != true', {}, true],
    ['null == (a > 1)', {}, true],
    ['null == (a > 1)', { a: 1 }, false],
    ['startsWith(a, "x")', {}, false],
    ['not startsWith(a, "x")', {}, true],
    ['concat(a, "x") == null', {}, true],
    ['a + 1 == null', {}, true],
    ['length(a) > 0', {}, false],
  ]);
});

test('a condition on several values holds where it does for any', () => {
  const ab = { a: ['x', 'y'], n: [50, 300] };
  checkLines([
    ['a == "x"', ab, true],
    ['a != "x"', ab, false],
    ['a == "z"', ab, false],
    ['a : ("Z*", "Y")', ab, true],
    ['a in ("y")', ab, true],
    ['a not in ("y")', ab, false],
    // Met by different values.
    ['n > 100 and n < 200', ab, true],
    ['length(a) == 1 and startsWith(a, "y")', ab, true],
    // Within one expression, the same value.
    ['concat(a, a) == "xy"', ab, false],
    ['concat(a, string(n)) == "x300"', ab, true],
    ['indexOf(a, "x") != null', ab, false],
  ]);
});

test('== is exact, : and the ~ forms ignore the case of ASCII letters', () => {
  checkLines([
    ['a == "x*"', { a: 'xyz' }, false],
    ['a == "x*"', { a: 'x*' }, true],
    ['a : "x*"', { a: 'XYZ' }, true],
    ['a like "x*"', { a: 'XYZ' }, false],
    ['a like~ "x*"', { a: 'XYZ' }, true],
    ['a : "x?z"', { a: 'xyz' }, true],
    ['a : "x?z"', { a: 'xz' }, false],
    ['a in~ ("x*")', { a: 'xyz' }, false],
    ['a in~ ("XYZ", "b")', { a: 'xyz' }, true],
    ['a : "é"', { a: 'É' }, false],
    ['a : "\\\\*"', { a: '\\x' }, true],
    ['a : "a*z"', { a: 'a\nz' }, true],
    ['a : ""', { a: '' }, true],
    ['a : "*"', { a: '' }, true],
    ['a : "*"', {}, false],
    ['a : "?"', { a: '😀' }, true],
    ['a > "Ab"', { a: 'ab' }, true],
  ]);
});

test('regular expressions match the whole value', () => {
  checkLines([
    ['a regex "b"', { a: 'abc' }, false],
    ['a regex ".*b.*"', { a: 'abc' }, true],
    ['a regex ("x", "ab.")', { a: 'abc' }, true],
    ['a regex~ "AB."', { a: 'abc' }, true],
    ['a regex "^abc$"', { a: 'abc' }, false],
    ['a regex "^abc$"', { a: '^abc$' }, true],
    ['a regex """\\d+\\.\\w+"""', { a: '12.ab' }, true],
  ]);
});

test('without a catalogue, the value says how it is compared', () => {
  checkLines([
    ['a == 80', { a: 80 }, true],
    ['a == 80', { a: '80' }, true],
    ['a == "80"', { a: 80 }, true],
    ['a > "9"', { a: 10 }, true],
    ['a > "9"', { a: '10' }, false],
    ['a == true', { a: true }, true],
    ['a == true', { a: 'true' }, true],
    ['a in (1, 2)', { a: 2 }, true],
    ['a : "8*"', { a: 80 }, false],
    ['@timestamp > "2024-01-01"', { '@timestamp': '2024-01-01T12:00:00Z' }, false],
    ['@timestamp >= "2024-01-01"', { '@timestamp': '2024-01-01T12:00:00Z' }, true],
  ]);
});

test('with a catalogue, the type of the field says it', () => {
  const types = { s: 'keyword', n: 'long', d: 'date', i: 'ip', v: 'version', b: 'boolean', f: 'double' } as const;
  checkLines(
    [
      ['s == 80', { s: '80' }, true],
      ['s : "8*"', { s: 80 }, true],
      ['n == 80', { n: '80' }, true],
      ['n / 2 == 3', { n: 7 }, true],
      ['f / 2 == 3.5', { f: 7 }, true],
      ['n / 2.0 == 3.5', { n: 7 }, true],
      ['n / 0.0 > 5', { n: 7 }, true],
      ['5 / n == 1', { n: 0 }, false],
      ['d == "2024-05-01"', { d: '2024-05-01T23:00:00Z' }, true],
      ['d == "2024-05-01T23:00:00Z"', { d: 1714604400500 }, true],
      ['d > "2024-05-01T23:00:00Z"', { d: 1714604400500 }, false],
      ['d > 1714604400000', { d: '2024-05-01T23:00:00.500Z' }, true],
      ['d <= "2024-05-01"', { d: '2024-05-01T23:00:00Z' }, true],
      ['d in ("2024-05-01", "2025")', { d: '2024-05-01T02:00:00+01:00' }, true],
      ['i == "169.254.169.254"', { i: '169.254.169.254' }, true],
      ['i == "169.254.169.254"', { i: '::ffff:a9fe:a9fe' }, true],
      ['i == "169.254.0.0/16"', { i: '169.254.169.254' }, true],
      ['i == "2001:DB8::1"', { i: '2001:db8:0:0:0:0:0:1' }, true],
      ['i > "10.0.0.9"', { i: '10.0.0.10' }, true],
      ['i in ("10.0.0.9", "fd00::/8")', { i: 'fd00:ec2::254' }, true],
      ['i == "10.0.0.1"', { i: 'no address' }, false],
      ['i != "10.0.0.1"', { i: 'no address' }, true],
      ['cidrMatch(i, "10.6.48.157/8", "::1")', { i: ['192.168.0.1', '10.9.9.9'] }, true],
      ['v < "1.5.0"', { v: '1.2.4-SNAPSHOT' }, true],
      ['v > "1.5.0"', { v: '1.11.3' }, true],
      ['v > "1.5.0"', { v: 'bad' }, true],
      ['b', { b: 'true' }, true],
      ['b == false', { b: [true, false] }, true],
      ['b != true', { b: [true, false] }, false],
      ['s in ("a", null)', { s: 'b' }, false],
      ['s not in ("a", null)', { s: 'b' }, true],
    ],
    types,
  );
});

test('an optional field that a complete catalogue does not have is null', () => {
  const types = { s: 'keyword' } as const;
  checkLines(
    [
      ['?x == null', { x: 'a' }, true],
      ['?x : "a"', { x: 'a' }, false],
      ['not ?x : "a"', {}, false],
      ['?x', {}, false],
      ['?x == ?y', {}, true],
      ['not (?x : "a" or s == "b")', { s: 'c' }, true],
      ['not (?x : "a" and s == "b")', { s: 'c' }, false],
      ['?s : "a"', { s: 'a' }, true],
      ['not ?s : "a"', {}, true],
    ],
    types,
  );
});

test('where documents may have more fields than the catalogue, an optional one is read', () => {
  const matcher = matcherOf('any where ?x : "a"', { catalogue: catalogueOf({ s: 'keyword' }) });
  assert.equal(matcher.matches({ x: 'A' }), true);
  assert.equal(matcherOf('any where not ?x : "a"', { catalogue: catalogueOf({}) }).matches({}), true);
});

test('the category is any of its field, and any asks for none', () => {
  for (const [query, category, outcome] of [
    ['network where true', ['network', 'web'], true],
    ['web where true', ['network', 'web'], true],
    ['process where true', ['network', 'web'], false],
    ['process where true', undefined, false],
    ['any where true', undefined, true],
    ['"my event" where true', 'my event', true],
    ['process where false', 'process', false],
  ] as const) {
    assert.equal(matcherOf(query).matches({ 'event.category': category }), outcome, query);
  }
  assert.equal(matcherOf('a where true', { eventCategoryField: 'kind' }).matches({ kind: 'a' }), true);
});

test('a field that no document can have is missing', () => {
  const { matcher } = compile<Flat>('any where a == null and b != "x"', { reader: { field: () => null } });
  assert.equal(matcher?.matches({ a: 'x' }), true);
});

test('combinations of very many values end', () => {
  const many = Array.from({ length: 1000 }, (_, i) => `v${i}`);
  const matcher = matcherOf('any where concat(a, b, c) == "none"');
  assert.equal(matcher.matches({ a: many, b: many, c: many }), false);
});

test('names in backticks, and documents nested or dotted', () => {
  const { matcher } = compile('any where `my-field`.`0` == "x" and a.b.c : ("Y", "Z*")', { reader: jsonReader() });
  assert.equal(matcher?.matches({ 'my-field': { 0: 'x' }, 'a.b': { c: 'zz' } }), true);
  assert.equal(matcher?.matches({ 'my-field.0': 'x', a: [{ 'b.c': 'n' }, { b: { c: ['m', 'y'] } }] }), true);
  assert.equal(matcher?.matches({ 'my-field.0': 'x', a: [{ 'b.c': 'n' }] }), false);
});

test('conditions compiled together share their leaves', async () => {
  const { compiledFilter, filterContext, parse } = await import('./index.ts');
  const context = filterContext<Flat>({ reader: flatReader });
  for (const text of ['a where x == "1" and y : "2*"', 'a where y : "2*" or x != "1"']) {
    const { query } = parse(text);
    assert.ok(query?.kind === 'event');
    compiledFilter('', query.filter, context, 'event.category').matches({});
  }
  assert.deepEqual([...context.leaves.keys()].sort(), [
    'dynamic event.category == "a"',
    'dynamic x == "1"',
    'dynamic y : ("2*")',
  ]);
});
