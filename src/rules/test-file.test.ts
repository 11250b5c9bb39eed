import assert from 'node:assert/strict';
import { test } from 'node:test';
import { renderDiagnostic } from '../base/diagnostic.ts';
import { loadTestFile, testPathOf } from './test-file.ts';

function faults(text: string): string[] {
  return loadTestFile(text, 'r.test.yaml').diagnostics.map(({ severity, code, span, message }) => {
    const line = span === undefined ? '-' : text.slice(0, span.start).split('\n').length;
    return `${severity} ${code} ${line}: ${message}`;
  });
}

test('cases are read with the defaults under them', () => {
  const { file, diagnostics } = loadTestFile(
    `
defaults:
  event: {category: network, module: x}
  destination.port: 80
match:
  - it: nested
    event: {destination: {ip: 10.0.0.1}}
  - it: dotted, without a default
    event: {event.module: null, destination.port: 8080}
no_match:
  - it: a capture
    capture: ../captures/a.pcap
`,
    '/rules/x/r.test.yaml',
  );
  assert.deepEqual(diagnostics, []);
  assert.deepEqual(file?.cases, [
    {
      kind: 'event',
      it: 'nested',
      matches: true,
      event: { 'event.category': 'network', 'event.module': 'x', 'destination.port': 80, 'destination.ip': '10.0.0.1' },
    },
    {
      kind: 'event',
      it: 'dotted, without a default',
      matches: true,
      event: { 'event.category': 'network', 'destination.port': 8080 },
    },
    { kind: 'capture', it: 'a capture', matches: false, capture: '/rules/captures/a.pcap' },
  ]);
});

test('every fault is told, at its place', () => {
  assert.deepEqual(
    faults(`
match:
  - event: {a: 1}
  - it: both
    event: {}
    capture: x.pcap
  - it: neither
nomatch: []
`),
    [
      'error missing-key 3: `match.0.it` is missing',
      'error bad-case 4: a case has either `event` or `capture`',
      'error bad-case 7: a case has either `event` or `capture`',
      'warning unknown-key 8: unknown key `nomatch`',
      'warning no-case -: there is no case under `no_match`',
    ],
  );
});

test('a fault of the syntax is told at its place', () => {
  const text = 'match:\n  - it: "open\n';
  const { file, diagnostics } = loadTestFile(text, 'r.test.yaml');
  assert.equal(file, null);
  assert.match(
    renderDiagnostic(diagnostics[0], text, 'r.test.yaml'),
    /^error\[yaml-syntax\]: this is no valid YAML: .*\n.*r\.test\.yaml:3:/,
  );
});

test('hostile files end in a diagnostic', () => {
  const deep = `match: [{it: x, event: ${'{a: '.repeat(100)}1${'}'.repeat(100)}}]`;
  const bomb = `a: &a [${'x,'.repeat(50)}]\nb: &b [${'*a,'.repeat(50)}]\nc: &c [${'*b,'.repeat(50)}]\nmatch: [*c]\n`;
  for (const text of [deep, bomb, '', '- 1', '\0', 'match: 1']) {
    assert.ok(
      faults(text).some((fault) => fault.startsWith('error')),
      text.slice(0, 60),
    );
  }
});

test('nesting ends at the limit, whatever the style', () => {
  const lines = Array.from({ length: 200 }, (_, depth) => `${' '.repeat(depth)}a:\n`).join('');
  for (const text of ['['.repeat(1_000_000), '{a: '.repeat(200_000), '- '.repeat(500_000), `defaults: ${lines}`]) {
    const found = faults(text);
    assert.equal(found.length, 1);
    assert.match(found[0], /^error too-deep \d+: lists and tables are nested deeper than 100 levels$/);
  }
});

test('many keys are read in a time that their number allows, and their faults told up to a limit', () => {
  const keys = Array.from({ length: 80_000 }, (_, index) => `k${index}: 1\n`).join('');
  const found = faults(keys);
  assert.deepEqual([found.length, found.at(-1)], [101, 'warning too-many-diagnostics -: and 79902 more']);
});

test('many cases over large defaults take no memory', () => {
  const defaultsOf = (count: number) =>
    `defaults: {${Array.from({ length: count }, (_, index) => `k${index}: 1`).join(', ')}}\n`;
  const cases = `match:\n${'- {it: a, event: {}}\n'.repeat(20_000)}no_match: [{it: a, event: {}}]\n`;
  const { file, diagnostics } = loadTestFile(defaultsOf(1000) + cases, 'r.test.yaml');
  assert.deepEqual(diagnostics, []);
  assert.equal(file?.cases.length, 20_001);
  assert.deepEqual(faults(defaultsOf(1001) + cases), ['error too-many-fields 1: `defaults` has more than 1000 fields']);
});

test('a key that stands twice in a table is refused, at its second place', () => {
  assert.deepEqual(faults('defaults:\n  a: 1\n  b: {a: 1}\n  a: 2\n'), [
    'error yaml-syntax 4: this is no valid YAML: a table has this key already',
  ]);
});

test('tests stand beside their rule', () => {
  assert.equal(testPathOf('rules/x/a_b.toml'), 'rules/x/a_b.test.yaml');
});
