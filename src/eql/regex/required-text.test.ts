import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { buildAutomaton } from './automaton.ts';
import { RegexNodes } from './node.ts';
import { parseRegex } from './parse.ts';
import { requiredText } from './required-text.ts';

function read(expression: string, insensitive = false) {
  const nodes = new RegexNodes();
  const node = parseRegex(expression, insensitive, nodes);
  assert.ok(!('code' in node), expression);
  return { node, nodes };
}

test('the longest text that each match contains', () => {
  for (const [expression, text] of [
    ['abc', 'abc'],
    ['.*abc.*de', 'abc'],
    ['a{3}b', 'aaab'],
    ['xa{3,}b', 'aaa'],
    ['([^ ]+[ ]{3,}[^ ]*){3,}.*', '   '],
    ['(abc)?d', 'd'],
    ['(abc){2}', 'abcabc'],
    ['abc|abd', ''],
    ['[ab]c', 'c'],
    ['~(abc)', ''],
    ['abc&.*c', ''],
    ['', ''],
    ['😀x', '😀x'],
  ] as const) {
    assert.equal(requiredText(read(expression).node), text, expression);
  }
  assert.equal(requiredText(read('abc', true).node), '');
});

test('is in whatever an expression matches', () => {
  const expression = fc
    .array(
      fc.constantFrom('a', 'b', 'ab', '.', '(', ')', '?', '*', '+', '{2}', '{1,3}', '|', '~', '&', '[ab]', '"b"'),
      {
        maxLength: 10,
      },
    )
    .map((parts) => parts.join(''));
  const value = fc.array(fc.constantFrom('a', 'b', 'ab', 'c'), { maxLength: 8 }).map((parts) => parts.join(''));
  let matches = 0;
  fc.assert(
    fc.property(expression, fc.array(value, { minLength: 5, maxLength: 20 }), (text, values) => {
      const nodes = new RegexNodes();
      const node = parseRegex(text, false, nodes);
      if ('code' in node) return;
      const required = requiredText(node);
      const automaton = buildAutomaton(node, nodes);
      for (const one of values) {
        if (!automaton?.matches(one)) continue;
        matches++;
        assert.ok(one.includes(required), `${text} matches ${one} without ${required}`);
      }
    }),
    { numRuns: 5000 },
  );
  assert.ok(matches > 1000, `${matches} matches`);
});
