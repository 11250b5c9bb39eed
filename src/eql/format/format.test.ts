import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { format, isSameQuery } from '../index.ts';

function check(query: string, ...lines: string[]): void {
  assert.equal(format(query), lines.join('\n'));
  assert.equal(format(lines.join('\n')), lines.join('\n'), 'a second time');
}

test('what fits on a line is written on one', () => {
  check(
    ' process   where process.name=="a"and(not(b)or c>-1+2*(3-x))|head 10',
    'process where process.name == "a" and (not b or c > -1 + 2 * (3 - x)) | head 10',
  );
  check('"my event" where `a`.`0`.b : ("x") and a in("1",2)', '"my event" where a.`0`.b : "x" and a in ("1", 2)');
  check('"any" where true', '"any" where true');
});

test('parentheses that the reader needs are there, others are not', () => {
  check('any where ((a)) and ((b and c) or d)', 'any where a and ((b and c) or d)');
  check('any where a and b or c', 'any where (a and b) or c');
  check('any where not (a == 1)', 'any where not a == 1');
  check('any where (-3) in (1)', 'any where (-3) in (1)');
});

test('strings and numbers stay as they were written', () => {
  check('any where a : """C:\\x\\"y""" and b == 1.50', 'any where a : """C:\\x\\"y""" and b == 1.50');
});

test('long conditions have a line for each part, long lists as many items as fit', () => {
  const names = Array.from({ length: 12 }, (_, i) => `"some-longer-name-${i}"`).join(',');
  check(
    `process where host.os.type == "linux" and process.name : (${names}) and not (process.parent.name == "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa" or process.parent.name == "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")`,
    'process where',
    '  host.os.type == "linux" and',
    '  process.name : (',
    '    "some-longer-name-0", "some-longer-name-1", "some-longer-name-2", "some-longer-name-3",',
    '    "some-longer-name-4", "some-longer-name-5", "some-longer-name-6", "some-longer-name-7",',
    '    "some-longer-name-8", "some-longer-name-9", "some-longer-name-10", "some-longer-name-11"',
    '  ) and',
    '  not (',
    '    process.parent.name == "aaaaaaaaaaaaaaaaaaaaaaaaaaaaa" or',
    '    process.parent.name == "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"',
    '  )',
  );
});

test('rows of a list stay the author’s where they all fit', () => {
  const rows = [
    '    "/usr/bin/some-quite-long-name-of-a-shell", "/bin/some-quite-long-name-of-a-shell",',
    '    "/usr/bin/another-name-of-a-shell", "/bin/another-name-of-a-shell",',
    '    "last"',
  ];
  const list = (members: string) => `process where\n  process.executable : (${members}) and\n  user.id == "0"`;
  check(
    list(rows.join('\n').replaceAll(/\n +/g, '\n')),
    'process where',
    '  process.executable : (',
    ...rows,
    '  ) and',
    '  user.id == "0"',
  );
  const wide = '"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"';
  check(
    list(`${wide}, ${wide},\n"c"`),
    'process where',
    '  process.executable : (',
    `    ${wide},`,
    `    ${wide}, "c"`,
    '  ) and',
    '  user.id == "0"',
  );
  const long = `"${'x'.repeat(120)}"`;
  check(
    list(`"a",\n${long}, "b"`),
    'process where',
    '  process.executable : (',
    '    "a",',
    `    ${long},`,
    '    "b"',
    '  ) and',
    '  user.id == "0"',
  );
});

test('long calls are broken at their arguments, also within a comparison', () => {
  const blocks = Array.from({ length: 9 }, (_, i) => `"192.168.${i}.0/24"`);
  const rows = [
    '    destination.ip, "192.168.0.0/24", "192.168.1.0/24", "192.168.2.0/24", "192.168.3.0/24", "192.168.4.0/24",',
  ];
  rows.push('    "192.168.5.0/24", "192.168.6.0/24", "192.168.7.0/24", "192.168.8.0/24"');
  check(
    `network where true and not cidrMatch(destination.ip, ${blocks.join(',')})`,
    'network where',
    '  true and',
    '  not cidrMatch(',
    ...rows,
    '  )',
  );
  check(
    `network where concat(destination.ip, ${blocks.join(',')}) == "x" and y`,
    'network where',
    '  concat(',
    ...rows,
    '  ) == "x" and',
    '  y',
  );
});

test('an operator at the end of a line counts to its width', () => {
  const name = `"${'n'.repeat(91)}"`;
  check(
    `any where process.name in (${name}, "m") and not b`,
    'any where',
    '  process.name in (',
    `    ${name}, "m"`,
    '  ) and',
    '  not b',
  );
});

test('an empty line stays one where it parts clauses, steps, members of a list or comments', () => {
  check(
    '// head\n\n\n// more\nany where\n\n a == 1 and\n\n\n // of b\n\n b in (\n\n "x",\n\n "y", // why\n\n "z") and\n  \r\n (c or\n\n d)',
    '// head',
    '',
    '// more',
    'any where',
    '  a == 1 and',
    '',
    '  // of b',
    '',
    '  b in (',
    '    "x",',
    '',
    '    "y", // why',
    '',
    '    "z"',
    '  ) and',
    '',
    '  (c or d)',
  );
  check(
    'sequence by a\n\n[any where b]\n\n// second\n[any where c]\n\nuntil [any where d]',
    'sequence by a',
    '',
    '  [any where b]',
    '',
    '  // second',
    '  [any where c]',
    '',
    'until [any where d]',
  );
});

test('comments keep their place', () => {
  check(
    '// what it is\nany where // first\n a == 1 // one\n and /* two */ b in ("x", // an x\n "y") or\n// three\n(c or d) // last\n// end',
    '// what it is',
    'any where',
    '  // first',
    '  (',
    '    a == 1 and // one',
    '    /* two */',
    '    b in (',
    '      "x", // an x',
    '      "y"',
    '    )',
    '  ) or',
    '  // three',
    '  (c or d) // last',
    '// end',
  );
});

test('a comment between two parts on a line is of the first where it ends the line or stands before the operator', () => {
  check('any where a == 1 and /* two */ b == 2', 'any where', '  a == 1 and', '  /* two */', '  b == 2');
  check('any where a == 1 /* one */ and b == 2', 'any where', '  a == 1 and /* one */', '  b == 2');
  check(
    'any where a in ("x", /* y */ "y") // end',
    'any where',
    '  a in (',
    '    "x",',
    '    /* y */',
    '    "y"',
    '  ) // end',
  );
  check('any where a == 1 // end\n// of all', 'any where a == 1 // end', '// of all');
});

test('sequences and samples have a line for each step', () => {
  check(
    'sequence by host.id,?user.id with maxspan = 1m [process where true] by a with runs=2 ![file where x] by b until [any where y] by c | tail 1',
    'sequence by host.id, ?user.id with maxspan=1m',
    '  [process where true] by a with runs=2',
    '  ![file where x] by b',
    'until [any where y] by c',
    '| tail 1',
  );
  check('sample by `sequence` [a where b] [c where d]', 'sample by `sequence`', '  [a where b]', '  [c where d]');
});

test('a text with errors is given back as it is, and one that would become too long', () => {
  const long = `any where ${'a  and '.repeat(140_000)}b`;
  assert.equal(format(long), long);
  assert.equal(format('process  where'), 'process  where');
});

const PARTS = [
  'process where ( a == 1 and ( b or not ( c and d ) ) ) or x : ( "y" , "z" ) and f in ( 1 , 2 )',
  'any where not cidrMatch ( a , "10.0.0.0/8" , "::1" ) and length ( concat ( b , "c" ) ) > - 3 + d * 2 | head 3 | tail 1',
  'sequence by a , ?b with maxspan=1m [ any where a == 1 and b ] by c with runs=2 ! [ file where d ] by e until [ any where f ] by g',
  'sample by a [ any where b or c and d ] by e [ any where not f not in ( "a" , 2 ) ] by g',
].map((query) => query.replaceAll('! [', '![').split(' '));

test('comments and empty lines anywhere: the query stays the same, and a second time changes nothing', () => {
  const between = fc.constantFrom(
    ' ',
    ' ',
    ' ',
    ' ',
    '\n',
    '\n\n',
    ' /* c */ ',
    '/*a\nb*/',
    ' // d\n',
    '\r\n\r\n',
    '\n/* e */\n',
  );
  const query = fc
    .constantFrom(...PARTS)
    .chain((parts) =>
      fc
        .array(between, { minLength: parts.length, maxLength: parts.length })
        .map((gaps) => parts.map((part, index) => `${part}${gaps[index]}`).join('')),
    );
  fc.assert(
    fc.property(query, (text) => {
      const formatted = format(text);
      assert.ok(isSameQuery(text, formatted), formatted);
      assert.equal(format(formatted), formatted);
      assert.doesNotMatch(formatted, /^\n|\n$|\n\n\n|[ \t]\n/);
    }),
    { numRuns: 1500 },
  );
});
