import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { FieldCatalogue, FieldType } from '../../base/field.ts';
import { check } from '../index.ts';
import { lint } from './lint.ts';

/** What lints say, with the source that they underline, and where they keep quiet. docs/lints has an example of each. */

const TYPES: Readonly<Record<string, FieldType>> = {
  'event.category': 'keyword',
  'event.type': 'keyword',
  'file.extension': 'keyword',
  'host.os.type': 'keyword',
  'process.args': 'keyword',
  'process.hash.md5': 'keyword',
  'process.name': 'keyword',
  'process.pid': 'long',
  'source.ip': 'ip',
};

const catalogue: FieldCatalogue = {
  type: (name) => TYPES[name],
  names: () => Object.keys(TYPES),
  isArray: (name) => (name in TYPES ? name === 'process.args' || name.startsWith('event.') : undefined),
  expectedValues: (name) =>
    name === 'event.category'
      ? ['file', 'network', 'process']
      : name === 'host.os.type'
        ? ['linux', 'windows']
        : undefined,
};

/** Codes with what they underline. A short name stands for each field: n, p, a. */
function warnings(condition: string): string[] {
  const query = /^(?:sequence|sample|any|\w+ where)\b/.test(condition)
    ? condition
    : `process where event.type == "start" and (${condition})`;
  const checked = check(query, { catalogue });
  assert.deepEqual(checked.diagnostics, [], query);
  return lint(checked).map(({ code, span, severity, help }) => {
    assert.ok(span && help && severity === 'warning');
    return `${code}: ${query.slice(span.start, span.end)}`;
  });
}

const N = 'process.name';

describe('says', () => {
  for (const [condition, ...expected] of [
    [`${N} == "a" and ${N} == "b"`, `never-holds: ${N} == "b"`],
    [`${N} == null and ${N} : "a*"`, `never-holds: ${N} : "a*"`],
    [`${N} : "a*" and not ${N} : ("ab", "a*")`, `never-holds: ${N} : ("ab", "a*")`, `covered-value: "ab"`],
    ['process.pid > 5 and process.pid < 3', 'never-holds: process.pid < 3'],
    ['process.pid >= 5 and process.pid > 4', 'needless-condition: process.pid > 4'],
    [`${N} == "a" and (${N} == "b" or process.pid == 1)`, `never-holds: ${N} == "b"`],
    [`${N} == "a" and (process.pid == 1 or 1 == 2)`, 'never-holds: 1 == 2'],
    [`${N} == "a" and process.pid < null`, 'never-holds: process.pid < null'],
    [`${N} : "a*" or ${N} == "ab"`, `needless-condition: ${N} == "ab"`],
    [`not ${N} : "a*" and not ${N} == "ab"`, `needless-condition: not ${N} == "ab"`],
    [`${N} == "a" or (${N} == "a" and process.pid == 1)`, `needless-condition: ${N} == "a" and process.pid == 1`],
    [`${N} in ("a", "b") and ${N} != "c"`, `needless-exclusion: ${N} != "c"`],
    ['cidrMatch(source.ip, "10.0.0.0/8", "10.1.0.0/16", "10.2.3.4")', 'covered-value: "10.1.0.0/16"'],
    ['source.ip in ("10.0.0.0/8", "10.1.0.0/16")', 'covered-value: "10.1.0.0/16"'],
    [`${N} : ("A", "a")`, 'covered-value: "a"'],
    [`${N} regex~ ("a.*", "b")`, `needless-regex: ${N} regex~ ("a.*", "b")`],
    [`${N} regex "a[0-9]+$"`, 'regex-anchor: "a[0-9]+$"'],
    [`${N} : "D:\\\\new\\report"`, 'accidental-escape: "D:\\\\new\\report"'],
    [`${N} == "x" and host.os.type == "windws"`, 'unexpected-value: "windws"'],
    [`${N} == "x" and process.hash.md5 == "abc"`, 'unexpected-form: "abc"'],
    [`not (not ${N} == "x")`, `double-negation: not (not ${N} == "x")`],
    [`${N} == "x" and process.pid == 1 or process.pid == 2`, `mixed-and-or: ${N} == "x" and process.pid == 1`],
    [`proces where event.type == "start"`, 'unexpected-value: proces'],
    [
      'sequence [file where event.type == "a"] [file where event.type == "b"]',
      'no-maxspan: sequence',
      'no-join-key: sequence',
    ],
  ]) {
    test(condition, () => assert.deepEqual(warnings(condition), expected));
  }
});

describe('says nothing', () => {
  for (const condition of [
    // several values may meet several parts
    'process.args == "a" and process.args == "b"',
    'process.args == "a" and not process.args == "b"',
    // fields of which nothing is known
    '?own.name == "a" and ?own.name == "b"',
    '?own.name == "7" and ?own.name : "7"',
    // neither covers the other
    `${N} : "a*b" and not ${N} : "a?b"`,
    `${N} == "A" or ${N} == "a"`,
    `${N} in ("A", "a")`,
    `${N} like ("A*", "a*")`,
    `${N} : "ab" and ${N} != "AB"`,
    `${N} : ("a*", "b*")`,
    'process.pid > 5 or process.pid < 3',
    'process.pid > 3 and process.pid <= 5',
    `${N} in ("10.0.0.0/8", "10.1.0.0/16")`,
    'cidrMatch(source.ip, "10.0.0.0/16", "10.1.0.0/16")',
    // literal on purpose, or of another meaning
    `${N} == "*"`,
    'process.args in ("-a*b", "*")',
    `${N} : "*a*" and process.args : "?"`,
    `${N} regex "[0-9]\\\\$" and not ${N} regex "[a-z]+"`,
    `${N} : "a\\tb"`,
    `${N} : """\\\\server\\share\\*"""`,
    `${N} regex """C:\\\\x[0-9]"""`,
    `${N} == "x" and host.os.type : "Windows"`,
    `${N} == "x" and host.os.type == "plan9"`,
    `${N} == "x" and process.hash.md5 : "d41d*"`,
    `${N} == "x" or process.pid == 2 or process.pid == 3`,
    `(${N} == "x" and process.pid == 1) or (process.pid == 2)`,
    `( /* one */ ${N} == "x" and (process.pid == 1) // two\n) or process.pid == 2`,
    'any where event.category == "file" or event.category == "network"',
    'process where true',
    'sequence with maxspan=1m [file where event.type == "a"] by process.pid [file where event.type == "b"] by process.pid',
  ]) {
    test(condition, () => assert.deepEqual(warnings(condition), []));
  }
});

test('no query is too large: no more is compared or kept than the limits allow', () => {
  const many = (count: number, part: (index: number) => string, join: string) =>
    Array.from({ length: count }, (_, index) => part(index)).join(join);
  assert.ok(warnings(many(3000, (index) => `not (not ${N} : "*x${index}")`, ' and ')).length === 50);
  const pattern = (end: string) => `"${'*a'.repeat(20_000)}${end}"`;
  assert.deepEqual(warnings(`${N} : (${pattern('b*')}, ${pattern('b')})`), []);
});

test('a query with errors is not linted', () => {
  for (const query of ['process where', 'process where process.pid == "x" and process.name : "*"']) {
    assert.deepEqual(lint(check(query, { catalogue })), []);
  }
});
