import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parse as parseToml } from 'smol-toml';
import { isSameQuery } from '../eql/index.ts';
import { formatRule } from './format-rule.ts';
import { isTable } from './table-reader.ts';
import { multilineString } from './toml-string.ts';

function ruleOf(query: string, type = 'eql'): string {
  return `# of the file\n[rule] # of the rule\ntype = "${type}"\n  query =   ${query}   # of the query\nname = 'x'\n\n\n`;
}

function check(before: string, after: string): void {
  const formatted = formatRule(before);
  assert.deepEqual(formatted, { type: 'eql', text: after, diagnostics: [] });
  assert.equal(formatRule(after).text, after, 'a second time');
}

test('the query is rewritten, in three single quotes, and nothing else', () => {
  for (const query of [
    '"any where a==1"',
    "'any where a==1'",
    '"""any where \\\n   a==1"""',
    "'''any where a==1\n\n'''",
  ]) {
    check(ruleOf(query), ruleOf("'''\nany where a == 1\n'''"));
  }
  check('rule = { type = "eql", query = "any where a" }', "rule = { type = \"eql\", query = '''\nany where a\n''' }");
  check('rule.query = "any where a"\nrule.type = "eql"', "rule.query = '''\nany where a\n'''\nrule.type = \"eql\"");
});

test('escapes of the string become what they stand for', () => {
  const query = '"any where a == \\"\\\\\\\\x\\" and b : \\"é\\u00e9\\""';
  check(ruleOf(query), ruleOf("'''\nany where a == \"\\\\x\" and b : \"éé\"\n'''"));
});

test('three double quotes hold what three single ones cannot', () => {
  const query = String.raw`"any where a == \"it'''s \\\\ \" and b == \"\"\"\\x\"\"\" // \u0000\t"`;
  const after = String.raw`any where a == "it'''s \\\\ " and b == ""\"\\x""\" // \u0000`;
  check(ruleOf(query), ruleOf(`"""\n${after}\t\n"""`));
});

test('ends of lines and a mark of the byte order stay', () => {
  const crlf = (text: string) => `\ufeff${text.replaceAll('\n', '\r\n')}`;
  const query = "'''\nany where a == 1 and /* one\ntwo */ b == 2 and\n\n c // end\n'''";
  const after = "'''\nany where\n  a == 1 and\n  /* one\ntwo */\n  b == 2 and\n\n  c // end\n'''";
  check(crlf(ruleOf(query)), crlf(ruleOf(after)));
});

test('rules of other types, and files without a query, are left alone', () => {
  for (const [text, type] of [
    [ruleOf('"a  b"', 'query'), 'query'],
    ['[rule]\ntype = "eql"', 'eql'],
    ['[rule]\ntype = "eql"\nquery = 1', 'eql'],
    ['rule = 1', null],
    ['', null],
  ] as const) {
    assert.deepEqual(formatRule(text), { type, text, diagnostics: [] });
  }
});

test('errors of TOML and of the query are told at their place, and nothing is changed', () => {
  const text = ruleOf("'''\n any were a==1'''");
  const { diagnostics, ...rest } = formatRule(text);
  assert.deepEqual(rest, { type: 'eql', text });
  assert.equal(diagnostics[0].code, 'unexpected-token');
  assert.equal(text.slice(diagnostics[0].span?.start, diagnostics[0].span?.end), 'were');
  assert.equal(formatRule('[rule').diagnostics[0].code, 'toml-syntax');
});

test('no text is lost in a string of TOML, whatever it holds', () => {
  const unit = fc.constantFrom("'''", '"""', "'", '"', '\\', '\n', '\t', '\u0000', '\u007f', 'a', ' ', 'é', '😀');
  fc.assert(
    fc.property(
      fc.array(unit, { maxLength: 20 }),
      fc.constantFrom('\n' as const, '\r\n' as const),
      (units, lineEnd) => {
        const text = `${units.join('')}\n`;
        const { a } = parseToml(`a = ${multilineString(text, lineEnd)}`);
        assert.equal(a, text.replaceAll('\n', lineEnd));
      },
    ),
    { numRuns: 5000 },
  );
});

test('a query that holds any text in its strings and comments stays the same', () => {
  const unit = fc.constantFrom("'", '"', '\\\\', '\\"', '*', '/', '\t', '\u0001', 'a', ' ', '😀', '\\u{0}');
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 12 }), fc.array(unit, { maxLength: 12 }), (string, comment) => {
      const query = `any where a == "${string.join('').replaceAll(/(?<!\\)"/g, "'")}" // ${comment.join('')}\n and b`;
      const { text, diagnostics } = formatRule(ruleOf(JSON.stringify(query)));
      if (diagnostics.length > 0) return;
      const { rule } = parseToml(text);
      assert.ok(isTable(rule) && isSameQuery(String(rule.query), query), text);
      assert.equal(formatRule(text).text, text);
    }),
    { numRuns: 2000 },
  );
});
