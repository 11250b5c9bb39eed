import assert from 'node:assert/strict';
import { test } from 'node:test';
import { format } from '../index.ts';

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

test('a text with errors is given back as it is', () => {
  assert.equal(format('process  where'), 'process  where');
});
