import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { compileRegex } from './compile.ts';

/** Lucene's syntax: each line is an expression, values that match, and values that do not. */
const LINES: readonly (readonly [expression: string, matching: readonly string[], others: readonly string[]])[] = [
  ['', [''], ['a']],
  ['abc', ['abc'], ['ABC', 'xabc', 'abcx', '']],
  ['a.c', ['abc', 'a\nc', 'a😀c'], ['ac', 'abbc']],
  ['ab?c', ['ac', 'abc'], ['abbc']],
  ['ab*c', ['ac', 'abbbc'], ['adc']],
  ['ab+c', ['abc', 'abbc'], ['ac']],
  ['a{2,3}', ['aa', 'aaa'], ['a', 'aaaa']],
  ['a{2}', ['aa'], ['a', 'aaa']],
  ['a{2,}', ['aa', 'aaaaa'], ['a']],
  ['.*?x', ['x', 'aax'], ['a']],
  ['ab|cd', ['ab', 'cd'], ['abcd', 'a']],
  ['(ab)+', ['ab', 'abab'], ['aba']],
  ['()', [''], ['a']],
  ['[a-c]x', ['ax', 'cx'], ['dx', 'Ax']],
  ['[^a-c]', ['d', '😀'], ['a', '']],
  ['[]a]', [']', 'a'], ['[']],
  ['[\\]a-]'.replace('a-', 'a\\-'), [']', 'a', '-'], ['\\']],
  ['\\.\\*', ['.*'], ['ab']],
  ['\\d+\\D\\s\\S\\w\\W', ['12x x_-'], ['xx x_-']],
  ['[\\d_]+', ['1_2'], ['a']],
  ['"a.b*"c', ['a.b*c'], ['axbbc']],
  ['a~bc', ['adc', 'aec', 'ac'], ['abc']],
  ['~(ab*)', ['b', '', 'aba'], ['a', 'abb']],
  ['aaa.+&.+bbb', ['aaabbb', 'aaaxbbb'], ['aaab', 'bbb']],
  ['@&~(abc.+)', ['abc', 'x', ''], ['abcd']],
  ['#', [], ['', 'a']],
  ['a|#', ['a'], ['']],
  ['foo<1-100>', ['foo1', 'foo99', 'foo100', 'foo007'], ['foo0', 'foo101', 'foo']],
  ['<01-10>', ['01', '09', '10'], ['1', '11', '001']],
  ['<9-3>', ['3', '9'], ['2']],
  ['^a$', ['^a$'], ['a']],
  ['😀+', ['😀😀'], ['😀\ud83d']],
];

test('expressions match what they say, as a whole', () => {
  for (const [expression, matching, others] of LINES) {
    const { test: matches, problem } = compileRegex(expression, false);
    assert.ok(matches, `${expression}: ${problem?.message}`);
    for (const value of matching) assert.equal(matches(value), true, `${expression} on ${value}`);
    for (const value of others) assert.equal(matches(value), false, `${expression} on ${value}`);
  }
});

test('ignoring case is for single characters, not for ranges', () => {
  const matches = compileRegex('aB[x]"q"[c-d]', true).test;
  assert.equal(matches?.('AbXQc'), true);
  assert.equal(matches?.('AbXQC'), false);
});

test('what cannot be read is a problem, with its reason', () => {
  for (const [expression, message] of [
    ['a)', 'there is a ) too many'],
    ['(a', 'a ( is not closed'],
    ['[a', 'a [ is not closed'],
    ['"a', 'a " is not closed'],
    ['a|', 'it ends where a character is expected'],
    ['a\\', 'it ends where a character is expected'],
    ['a{x}', '{ is not followed by a number'],
    ['a{1', 'a repetition is not closed'],
    ['a{3,1}', '{3,1} has its bounds the wrong way round'],
    ['[z-a]', 'the range z-a is empty'],
    ['\\q', '\\q is not an escape sequence'],
    ['<word>', '< does not start an interval such as <1-100>'],
    [`${'('.repeat(200)}a${')'.repeat(200)}`, 'it nests more than 100 levels deep'],
    ['a{1001}', 'a part may be repeated at most 1000 times'],
    ['a'.repeat(1001), 'a regular expression may have at most 1000 characters'],
    ['.*a.{20}', 'its automaton would be too large'],
    ['(a{500}){500}', 'its automaton would be too large'],
  ]) {
    assert.equal(compileRegex(expression, false).problem?.message, message, expression);
  }
});

test('expressions that make others backtrack for ever take one step a character', () => {
  for (const expression of ['(a|aa)+$', '(a*)*b', '(.*a){12}', '(a?){50}a{50}']) {
    const matches = compileRegex(expression, false).test;
    assert.ok(matches, expression);
    const start = performance.now();
    matches(`${'a'.repeat(100_000)}!`);
    assert.ok(performance.now() - start < 1000, expression);
  }
});

/** An expression as a tree, for the reference below. */
type Tree =
  | { readonly kind: 'char'; readonly text: string; readonly fits: (char: string) => boolean }
  | { readonly kind: 'concat' | 'union' | 'intersection'; readonly parts: readonly Tree[] }
  | { readonly kind: 'complement'; readonly inner: Tree }
  | { readonly kind: 'repeat'; readonly inner: Tree; readonly min: number; readonly max: number };

/** Where a match that starts at `from` may end: by the meaning of each operator, without any automaton. */
function ends(tree: Tree, value: string, from: number): Set<number> {
  switch (tree.kind) {
    case 'char':
      return new Set(from < value.length && tree.fits(value[from]) ? [from + 1] : []);
    case 'concat':
      return tree.parts.reduce((starts, part) => after(starts, part, value), new Set([from]));
    case 'union':
      return new Set(tree.parts.flatMap((part) => [...ends(part, value, from)]));
    case 'intersection':
      return tree.parts.map((part) => ends(part, value, from)).reduce((all, some) => all.intersection(some));
    case 'complement': {
      const excluded = ends(tree.inner, value, from);
      return new Set(
        Array.from({ length: value.length - from + 1 }, (_, i) => from + i).filter((end) => !excluded.has(end)),
      );
    }
    case 'repeat': {
      const result = new Set<number>();
      let reached = new Set([from]);
      for (let times = 0; times <= Math.min(tree.max, tree.min + value.length + 1); times++) {
        if (times >= tree.min) for (const end of reached) result.add(end);
        reached = after(reached, tree.inner, value);
      }
      return result;
    }
  }
}

function after(starts: Set<number>, tree: Tree, value: string): Set<number> {
  return new Set([...starts].flatMap((start) => [...ends(tree, value, start)]));
}

function write(tree: Tree): string {
  switch (tree.kind) {
    case 'char':
      return tree.text;
    case 'concat':
      return `(${tree.parts.map(write).join('')})`;
    case 'union':
      return `(${tree.parts.map(write).join('|')})`;
    case 'intersection':
      return `(${tree.parts.map(write).join('&')})`;
    case 'complement':
      return `(~${write(tree.inner)})`;
    case 'repeat':
      return `(${write(tree.inner)}{${tree.min},${Number.isFinite(tree.max) ? tree.max : ''}})`;
  }
}

const CHARS: readonly Tree[] = [
  { kind: 'char', text: 'a', fits: (char) => char === 'a' },
  { kind: 'char', text: 'b', fits: (char) => char === 'b' },
  { kind: 'char', text: '.', fits: () => true },
  { kind: 'char', text: '[b-c]', fits: (char) => char === 'b' || char === 'c' },
  { kind: 'char', text: '[^a]', fits: (char) => char !== 'a' },
];

const { tree } = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...CHARS),
    fc
      .tuple(
        fc.constantFrom('concat', 'concat', 'union', 'intersection' as const),
        fc.array(tie('tree'), { minLength: 2, maxLength: 3 }),
      )
      .map(([kind, parts]): Tree => ({ kind, parts })),
    tie('tree').map((inner): Tree => ({ kind: 'complement', inner })),
    fc
      .tuple(tie('tree'), fc.integer({ min: 0, max: 2 }), fc.constantFrom(0, 1, Number.POSITIVE_INFINITY))
      .map(([inner, min, more]): Tree => ({ kind: 'repeat', inner, min, max: min + more })),
  ),
}));

test('the automaton says what the meaning of each operator says', () => {
  const values = fc.array(
    fc.array(fc.constantFrom('a', 'b', 'c', 'd'), { maxLength: 6 }).map((chars) => chars.join('')),
    { minLength: 1, maxLength: 5 },
  );
  fc.assert(
    fc.property(tree, values, (expression, list) => {
      const { test: matches, problem } = compileRegex(write(expression), false);
      if (problem) return assert.equal(problem.code, 'regex-too-complex', write(expression));
      for (const value of list) {
        const expected = ends(expression, value, 0).has(value.length);
        assert.equal(matches?.(value), expected, `${write(expression)} on ${value}`);
      }
      return undefined;
    }),
    { numRuns: 2000 },
  );
});
