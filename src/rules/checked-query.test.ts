import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { FieldCatalogue } from '../base/field.ts';
import { checkedQuery } from './checked-query.ts';
import { loadRule } from './load-rule.ts';

const RULE = `
[metadata]
maturity = "production"

[rule]
author = ["x"]
description = "x"
name = "x"
risk_score = 1
rule_id = "00000000-0000-4000-8000-000000000000"
severity = "low"
type = "eql"
query = 'network where own.port == 80'
event_category_override = "event.type"
`;

function loaded() {
  const { rule } = loadRule(RULE, 'x.toml');
  assert.ok(rule?.supported);
  return rule;
}

test('a rule is checked once, as the rule wants it', () => {
  const rule = loaded();
  const checked = checkedQuery(rule);
  assert.equal(checked, checkedQuery(rule));
  assert.equal(checked.text, rule.query);
  assert.equal(checked.options.eventCategoryField, 'event.type');
  assert.notEqual(checked, checkedQuery(loaded()));
});

test('another catalogue has it checked anew', () => {
  const rule = loaded();
  const known: FieldCatalogue = { type: () => 'keyword', names: () => ['own.port', 'event.type'] };
  assert.equal(checkedQuery(rule).diagnostics[0].code, 'unknown-field');
  assert.deepEqual(checkedQuery(rule, { catalogue: known }).diagnostics, []);
});
