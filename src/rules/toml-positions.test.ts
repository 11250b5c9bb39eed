import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse, stringify } from 'smol-toml';
import type { Path } from './report.ts';
import { isTable } from './table-reader.ts';
import { offsetInString, tomlPositions } from './toml-positions.ts';

const TEXT = `# a comment = "not a value"
title = 'a # b' # behind
"quoted key" = 1
a.b . c = [ 1, "two ] ]", [3,
  # within an array
  { x = 1, y = [ 'z' ] } ],
]
date = 1979-05-27 07:32:00 # a space within
[ table ]
query = '''
first
  second'''
[[list]]
n = 1
[[list.sub]]
n = 2
[[list.sub]]
n = 3
[[list]]
[list.sub]
n = 4
[after."dotted.name"]
s = """\\
   joined \\
   lines\\u0041 \\\\ end"""
`;

function valueAt(...path: Path): string | undefined {
  const span = tomlPositions(TEXT)(path)?.value;
  return span && TEXT.slice(span.start, span.end);
}

test('values are found by path', () => {
  assert.equal(valueAt('title'), "'a # b'");
  assert.equal(valueAt('quoted key'), '1');
  assert.equal(valueAt('a', 'b', 'c', 1), '"two ] ]"');
  assert.equal(valueAt('a', 'b', 'c', 2, 1, 'y', 0), "'z'");
  assert.equal(valueAt('date'), '1979-05-27 07:32:00');
  assert.equal(valueAt('table', 'query')?.endsWith("second'''"), true);
  assert.equal(valueAt('list', 0, 'n'), '1');
  assert.equal(valueAt('list', 0, 'sub', 1, 'n'), '3');
  assert.equal(valueAt('after', 'dotted.name', 's')?.startsWith('"""'), true);
  assert.equal(valueAt('nothing'), undefined);
});

test('keys are found by path', () => {
  const key = tomlPositions(TEXT)(['a', 'b', 'c'])?.key;
  assert.equal(key && TEXT.slice(key.start, key.end), 'a.b . c');
  const header = tomlPositions(TEXT)(['list', 1, 'sub'])?.key;
  assert.equal(header && TEXT.slice(header.start, header.end), '[list.sub]');
});

test('a key of very many parts takes a time that its length allows', () => {
  const names = Array.from({ length: 100_000 }, () => 'a');
  const span = tomlPositions(`[${names.join('.')}]\nb.c = 1\n`)([...names, 'b', 'c'])?.value;
  assert.equal(span && span.end - span.start, 1);
});

test('a place in a string is found in its text, whatever its quotes', () => {
  const strings = [
    `'plain'`,
    `"with \\t and \\u00e9 and \\U0001F600!"`,
    `'''\nfirst\nsecond'''`,
    `'''\r\nfirst\r\nsecond'''`,
    `"""\nfirst\\n"quoted" second"""`,
    `"""one \\\n    two \\\n\n   three"""`,
  ];
  for (const literal of strings) {
    const text = `key = ${literal}`;
    const value = String(parse(text).key);
    const positions = [...value].flatMap((character) => {
      const at = offsetInString(text, { start: 6, end: text.length }, value.indexOf(character));
      return /[\w!]/.test(character) && text[at] !== character ? [`${character} is not at ${at} of ${text}`] : [];
    });
    assert.deepEqual(positions, []);
  }
});

test('every value of any document is found where it stands', () => {
  const scalar = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  const document = fc.dictionary(
    fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b', '-', '1', '.', ' ', 'é') }),
    fc.oneof(scalar, fc.array(scalar), fc.dictionary(fc.constantFrom('x', 'y'), fc.oneof(scalar, fc.array(scalar)))),
  );
  fc.assert(
    fc.property(document, (value) => {
      const text = stringify(value);
      const locate = tomlPositions(text);
      for (const [path, leaf] of leavesOf(parse(text), [])) {
        const span = locate(path)?.value;
        assert.ok(span, `${path.join('/')} in ${text}`);
        assert.deepEqual(parse(`v = ${text.slice(span.start, span.end)}`).v, leaf);
      }
    }),
  );
});

function leavesOf(value: unknown, path: Path): [Path, unknown][] {
  if (isTable(value)) return Object.entries(value).flatMap(([key, below]) => leavesOf(below, [...path, key]));
  return [[path, value]];
}
