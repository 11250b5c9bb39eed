import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonDocument } from '../eql/index.ts';
import { loadRule } from './load-rule.ts';
import type { Rule } from './rule.ts';
import { runRuleTests } from './run-tests.ts';
import { loadTestFile, type TestFile } from './test-file.ts';

function ruleWith(query: string): Rule {
  const { rule } = loadRule(
    `[metadata]
[rule]
name = "A rule"
description = "Finds something."
rule_id = "00000000-0000-4000-8000-000000000000"
severity = "low"
risk_score = 21
type = "eql"
query = '''${query}'''
`,
    'r.toml',
  );
  assert.ok(rule);
  return rule;
}

function casesOf(text: string): TestFile {
  const { file } = loadTestFile(text, '/r.test.yaml');
  assert.ok(file);
  return file;
}

const RULE = ruleWith(`
network where destination.port == 80 and
  (process.name : ("curl", "wget") or user_agent.original : "curl*") and not source.ip == "10.0.0.1"`);

const EVENT = 'event.category: network, destination.port: 80, process.name: curl, source.ip: 10.0.0.2';

async function reasonsFor(
  cases: string,
  captures: Record<string, JsonDocument[]> = {},
): Promise<(readonly string[])[]> {
  const results = await runRuleTests(RULE, casesOf(cases), {
    readCapture: (path) => {
      if (path in captures) return captures[path];
      throw new Error('no such capture');
    },
  });
  for (const { passed, reasons } of results) assert.equal(passed, reasons.length === 0);
  return results.map(({ reasons }) => reasons);
}

test('cases that hold pass', async () => {
  const reasons = await reasonsFor(`
match:
  - it: curl
    event: {${EVENT}}
no_match:
  - it: another port
    event: {${EVENT.replace('80', '81')}}`);
  assert.deepEqual(reasons, [[], []]);
});

test('a case that should match tells the clauses that were not met', async () => {
  const reasons = await reasonsFor(`
match:
  - it: another port
    event: {${EVENT.replace('80', '81')}}
  - it: another tool
    event: {${EVENT.replace('curl', 'nc')}}
  - it: from the address that is left out
    event: {${EVENT.replace('10.0.0.2', '10.0.0.1')}}`);
  assert.match(reasons[0].join(), /^not met: destination\.port == 80 \(destination\.port = 81\)$/);
  assert.equal(reasons[1].length, 2);
  assert.match(reasons[1][0], /process\.name = "nc"/);
  assert.match(reasons[1][1], /user_agent\.original is missing/);
  assert.match(reasons[2].join(), /^not met: not source\.ip == "10\.0\.0\.1" \(source\.ip = "10\.0\.0\.1"\)$/);
});

test('a case that should not match tells the clauses that were met', async () => {
  const [reasons] = await reasonsFor(`
no_match:
  - it: curl
    event: {${EVENT}}`);
  assert.ok(
    reasons.some((reason) => reason.includes('process.name = "curl"')),
    reasons.join('\n'),
  );
});

test('a capture matches where one of its events does', async () => {
  const hit = { 'event.category': 'network', 'destination.port': 80, 'process.name': 'curl' };
  const reasons = await reasonsFor(
    `
match:
  - it: one of two
    capture: a.pcap
  - it: none of one
    capture: b.pcap
no_match:
  - it: none of one
    capture: b.pcap
  - it: one of two
    capture: a.pcap
  - it: unreadable
    capture: c.pcap`,
    { '/a.pcap': [{}, hit], '/b.pcap': [{}] },
  );
  assert.deepEqual(reasons[0], []);
  assert.deepEqual(reasons[1], ['none of the 1 events of /b.pcap matches']);
  assert.deepEqual(reasons[2], []);
  assert.ok(reasons[3].length > 0);
  assert.deepEqual(reasons[4], ['/c.pcap cannot be read: no such capture']);
});

test('a rule that cannot be run fails its cases, and says why', async () => {
  const sequence = ruleWith('sequence by host.id [any where true] [any where true]');
  const [result] = await runRuleTests(sequence, casesOf('match: [{it: x, event: {}}]'), { readCapture: () => [] });
  assert.equal(result.passed, false);
  assert.match(result.reasons.join(), /^the query cannot be run: /);
});
