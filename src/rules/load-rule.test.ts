import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { hasErrors, renderDiagnostic } from '../base/diagnostic.ts';
import { loadRule } from './load-rule.ts';
import { MAX_DIAGNOSTICS } from './report.ts';

const GOOD = `
[metadata]
creation_date = "2026/05/23"
maturity = "production"

[rule]
name = "A rule"
description = "Finds something."
rule_id = "73dd1f2c-3c24-4e13-a64b-dfd510e9fd98"
severity = "medium"
risk_score = 47
type = "eql"
query = '''
network where destination.port == 80
'''
[[rule.threat]]
framework = "MITRE ATT&CK"
[rule.threat.tactic]
id = "TA0006"
name = "Credential Access"
reference = "https://attack.mitre.org/tactics/TA0006/"
[[rule.threat.technique]]
id = "T1552"
name = "Unsecured Credentials"
reference = "https://attack.mitre.org/techniques/T1552/"
[[rule.threat.technique.subtechnique]]
id = "T1552.005"
name = "Cloud Instance Metadata API"
reference = "https://attack.mitre.org/techniques/T1552/005/"
`;

/** Severity, code, line and message of each diagnostic. */
function faults(text: string): string[] {
  return loadRule(text, 'r.toml').diagnostics.map(({ severity, code, span, message }) => {
    const line = span === undefined ? '-' : text.slice(0, span.start).split('\n').length;
    return `${severity} ${code} ${line}: ${message}`;
  });
}

/** What is wrong where `from` stands as `to` in the good rule. */
function faultsWith(from: string, to: string): string[] {
  assert.ok(GOOD.includes(from), from);
  return faults(GOOD.replace(from, to));
}

test('what a rule leaves out is as in Kibana', () => {
  const { rule, diagnostics } = loadRule(GOOD, 'r.toml');
  assert.deepEqual(diagnostics, []);
  assert.ok(rule?.supported);
  assert.equal(rule.query, 'network where destination.port == 80\n');
  assert.deepEqual(
    [rule.interval, rule.from, rule.to, rule.max_signals, rule.version, rule.enabled, rule.index],
    ['5m', 'now-6m', 'now', 100, 1, true, []],
  );
  assert.equal(rule.threat[0].technique[0].subtechnique[0].id, 'T1552.005');
});

test('every fault is told at once, in the order of the text', () => {
  const text = `
[metadata]
creation_date = "2026-05-23"
maturty = "production"

[rule]
name = 7
description = ""
rule_id = "my-rule"
severity = "hgih"
risk_score = 101
interval = "5 minutes"
from = "now-9"
tags = ["a", 1]
type = "eql"
query = "any were true"
[[rule.threat]]
framework = "MITRE ATT&CK"
[[rule.threat.technique]]
id = "T1552.005"
name = "Unsecured Credentials"
reference = "https://attack.mitre.org/techniques/T1552/"
[[rule.threat.technique.subtechnique]]
id = "T1553.001"
name = "Another"
reference = "https://attack.mitre.org/techniques/T1553/001/"
[rulse]
`;
  const found = faults(text).filter((fault) => !fault.includes(' 16: ')); // what the query says is EQL's own affair
  assert.deepEqual(found, [
    'warning bad-date 3: `creation_date` is no date',
    'warning unknown-key 4: unknown key `maturty`',
    'error wrong-type 7: `name` must be a string, and is the number 7',
    'error empty 8: `description` is empty',
    'warning rule-id-no-uuid 9: the rule\'s id "my-rule" is no UUID',
    'error unknown-value 10: `severity` cannot be "hgih"',
    'error out-of-range 11: `risk_score` is 101, and must be from 0 to 100',
    'error bad-interval 12: "5 minutes" is no interval',
    'error bad-date-math 13: "now-9" is no date math',
    'error wrong-type 14: `tags` must be a list of strings, and is a list of a string, the number 1',
    'error missing-key 17: `rule.threat.0.tactic` is missing',
    'error threat-id 20: "T1552.005" is not the id of a technique, such as T1552',
    'error threat-id 24: T1553.001 is no sub-technique of T1552.005, under which it stands',
    'warning unknown-key 27: unknown key `rulse`',
  ]);
  assert.equal(loadRule(text, 'r.toml').rule, null);
  assert.ok(faults(text).some((fault) => fault.startsWith('error') && fault.includes(' 16: ')));
});

test('a fault of the query is shown at its place in the file, whatever the quotes', () => {
  for (const literal of [
    `'''\nnetwork where\n  destination.port == "80\n'''`,
    `"""\nnetwork where\n  destination.port == \\"80\n"""`,
    `'network where destination.port == "80'`,
    `"network where destination.port == \\"80"`,
  ]) {
    const text = GOOD.replace(/query = '''[^']*'''/, () => `query = ${literal}`);
    const fault = loadRule(text, 'r.toml').diagnostics.find(({ severity }) => severity === 'error');
    assert.ok(fault?.span, literal);
    assert.match(text.slice(fault.span.start), /^\\?"80/, renderDiagnostic(fault, text, 'r.toml'));
  }
});

test('a fault of the syntax is shown at its place', () => {
  const text = GOOD.replace('risk_score = 47', 'risk_score = ');
  const { rule, diagnostics } = loadRule(text, 'r.toml');
  assert.equal(rule, null);
  assert.match(
    renderDiagnostic(diagnostics[0], text, 'r.toml'),
    /^error\[toml-syntax\]: this is no valid TOML: .*\n.*r\.toml:11:/,
  );
});

test('score and severity should agree', () => {
  assert.deepEqual(faultsWith('risk_score = 47', 'risk_score = 73'), [
    'warning severity-risk-mismatch 11: a risk score of 73 is high, but the severity is medium',
  ]);
});

test('a window shorter than the interval leaves gaps', () => {
  assert.deepEqual(faultsWith('type = "eql"', 'type = "eql"\ninterval = "10m"\nfrom = "now-9m"').map(code), [
    'schedule-gap',
  ]);
  assert.deepEqual(faultsWith('type = "eql"', 'type = "eql"\nfrom = "now+9m"').map(code), ['empty-window']);
  assert.deepEqual(faultsWith('type = "eql"', 'type = "eql"\ninterval = "1d"\nfrom = "now-1d/d"'), []);
});

test('a misspelt key is answered with the right one', () => {
  const { diagnostics } = loadRule(GOOD.replace('risk_score', 'risk_scor'), 'r.toml');
  assert.deepEqual(
    diagnostics.map(({ code, help }) => [code, help]),
    [
      ['missing-key', undefined],
      ['unknown-key', 'did you mean `risk_score`?'],
    ],
  );
});

test('of very many faults the first are told, and how many more there are', () => {
  const found = faults(GOOD + Array.from({ length: 50_000 }, (_, index) => `k${index} = 1\n`).join(''));
  assert.equal(found.length, MAX_DIAGNOSTICS + 1);
  assert.equal(found.at(-1), `warning too-many-diagnostics -: and ${50_000 - MAX_DIAGNOSTICS} more`);
});

test('errors are told however many warnings there are', () => {
  const keys = Array.from({ length: 1000 }, (_, index) => `k${index} = 1\n`).join('');
  const text = GOOD.replace('[rule]', `${keys}[rule]`).replace('"medium"', '1');
  assert.deepEqual(
    faults(text).filter((fault) => fault.startsWith('error')),
    ['error wrong-type 1010: `severity` must be a string, and is the number 1'],
  );
});

test("a reference that is another technique's is noticed", () => {
  assert.deepEqual(faultsWith('T1552/005/', 'T1078/004/').map(code), ['threat-reference']);
});

test('a rule in another language is kept, but not run', () => {
  const { rule, diagnostics } = loadRule(
    GOOD.replace(
      'type = "eql"',
      'type = "threshold"\nlanguage = "kuery"\n[rule.threshold]\nfield = ["a"]\nvalue = 3\n[rule]',
    ).replace(/\[rule\]\nquery = '''[^']*'''/, ''),
    'r.toml',
  );
  assert.deepEqual(diagnostics, []);
  assert.equal(rule?.supported, false);
  assert.equal(
    JSON.stringify(rule?.supported === false && rule.type_attributes),
    '{"language":"kuery","threshold":{"field":["a"],"value":3}}',
  );
});

test('texts that are no rule are told apart from rules, and nothing throws', () => {
  for (const text of [
    '',
    'rule = 1',
    '[rule]',
    '[[rule]]',
    '\0',
    '[rule]\ntype = "nonsense"',
    'a = 1\na = 2',
    '[metadata]\n__proto__ = 1\n[rule]',
  ]) {
    const { rule, diagnostics } = loadRule(text, 'r.toml');
    assert.equal(rule, null, text);
    assert.ok(hasErrors(diagnostics), text);
  }
});

function code(fault: string): string {
  return fault.split(' ')[1];
}

const PUBLIC_RULES = fileURLToPath(new URL('../../../shared/data/elastic-rules/', import.meta.url));

test("all of Elastic's public rules load", { skip: existsSync(PUBLIC_RULES) ? false : 'they are not here' }, () => {
  const problems: string[] = [];
  const types = new Map<string, number>();
  for (const path of globSync('**/*.toml', { cwd: PUBLIC_RULES })) {
    const text = readFileSync(PUBLIC_RULES + path, 'utf8');
    const { rule, diagnostics } = loadRule(text, path);
    types.set(rule?.type ?? 'none', (types.get(rule?.type ?? 'none') ?? 0) + 1);
    const worst = diagnostics.find(({ severity, code }) => severity === 'error' || code === 'unknown-key');
    if (worst) problems.push(renderDiagnostic(worst, text, path));
  }
  assert.deepEqual(problems, []);
  assert.deepEqual(Object.fromEntries([...types].sort()), {
    eql: 1081,
    esql: 212,
    machine_learning: 106,
    new_terms: 245,
    query: 508,
    threat_match: 9,
    threshold: 31,
  });
});
