import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EqlRule } from '../rules/rule.ts';
import { Alert } from './alert.ts';
import { eventOf, ruleOf } from './fixtures.test.ts';

const CREATED = Date.UTC(2026, 4, 23, 10, 0, 1) * 1000;
const EVENT = {
  '@timestamp': '2026-05-23T10:00:00.000Z',
  event: { id: 'e1', kind: 'event', category: ['network'], module: 'network_traffic' },
  data_stream: { type: 'logs', dataset: 'network_traffic.http', namespace: 'default' },
  hoplimit: { verdict: 'returned' },
  process: { name: 'curl' },
};

function alertOf(rule: Partial<EqlRule> = {}, event: Record<string, unknown> = EVENT): Alert {
  const evidence = [
    {
      clause: 'process.name : "curl"',
      span: { start: 0, end: 21 },
      field: 'process.name',
      value: 'curl',
      negated: false,
    },
  ];
  return new Alert(
    {
      rule: ruleOf(rule),
      events: [{ event: eventOf(event), evidence: () => evidence }],
      index: 'logs-network_traffic.http-default',
    },
    CREATED,
  );
}

test('the document is the event, made a signal, with what concerns the alert', () => {
  const document = alertOf().toJSON();
  assert.deepEqual(document.process, { name: 'curl' });
  assert.deepEqual(document.event, { id: 'e1', kind: 'signal', category: ['network'], module: 'network_traffic' });
  assert.equal(document['@timestamp'], '2026-05-23T10:00:01.000Z');
  assert.equal(document['kibana.alert.original_time'], '2026-05-23T10:00:00.000Z');
  assert.equal(document['kibana.alert.original_event.kind'], 'event');
  assert.equal(document['kibana.alert.original_event.module'], 'network_traffic');
  assert.equal(document['kibana.alert.original_data_stream.dataset'], 'network_traffic.http');
  assert.equal(document['kibana.alert.status'], 'active');
  assert.equal(document['kibana.alert.workflow_status'], 'open');
  assert.equal(document['kibana.alert.depth'], 1);
  assert.deepEqual(document['kibana.alert.ancestors'], [
    { id: 'e1', type: 'event', index: 'logs-network_traffic.http-default', depth: 0 },
  ]);
  assert.equal('kibana.alert.url' in document, false);
});

test('the evidence stands beside the verdict', () => {
  assert.deepEqual(alertOf().toJSON().hoplimit, {
    verdict: 'returned',
    evidence: [{ clause: 'process.name : "curl"', field: 'process.name', value: 'curl', negated: false }],
  });
});

test('the rule is kept as it was', () => {
  const document = alertOf({ query: 'any where true', note: 'Look.', index: ['logs-*'] }).toJSON();
  assert.equal(document['kibana.alert.rule.name'], 'A rule');
  assert.equal(document['kibana.alert.rule.rule_type_id'], 'siem.eqlRule');
  assert.equal(document['kibana.alert.rule.note'], 'Look.');
  assert.deepEqual(document['kibana.alert.rule.indices'], ['logs-*']);
  const parameters = document['kibana.alert.rule.parameters'];
  assert.ok(typeof parameters === 'object' && parameters !== null && 'query' in parameters);
  assert.equal(parameters.query, 'any where true');
  assert.equal('kibana.alert.rule.license' in document, false);
});

test('an alert on an alert is one step further away, and remembers where it came from', () => {
  const elder = { id: 'e0', type: 'event', index: 'logs-x', depth: 0 };
  const document = alertOf(
    {},
    {
      ...EVENT,
      event: { id: 'a1', kind: 'signal' },
      'kibana.alert.depth': 1,
      'kibana.alert.workflow_user': 'somebody',
      'kibana.alert.ancestors': [elder],
      'kibana.alert.rule.uuid': 'r1',
    },
  ).toJSON();
  assert.equal(document['kibana.alert.depth'], 2);
  assert.equal(document['kibana.alert.workflow_user'], undefined);
  assert.deepEqual(document['kibana.alert.ancestors'], [
    elder,
    { id: 'a1', type: 'signal', index: 'logs-network_traffic.http-default', depth: 1, rule: 'r1' },
  ]);
});

test('rule and event give the id, and nothing else does', () => {
  assert.equal(alertOf().id, alertOf({ name: 'Renamed', version: 7 }).id);
  assert.notEqual(alertOf().id, alertOf({ rule_id: 'other' }).id);
  assert.notEqual(alertOf().id, alertOf({}, { ...EVENT, event: { id: 'e2' } }).id);
  assert.match(alertOf().id, /^[0-9a-f]{64}$/);
});

test('the gravest of the severities that apply is taken', () => {
  const severity_mapping = [
    { field: 'hoplimit.verdict', operator: 'equals', value: 'returned', severity: 'critical' },
    { field: 'event.category', operator: 'equals', value: 'network', severity: 'high' },
    { field: 'process.name', operator: 'equals', value: 'wget', severity: 'critical' },
  ] as const;
  assert.equal(alertOf({ severity_mapping }).severity, 'critical');
  assert.equal(alertOf({ severity_mapping: severity_mapping.slice(1) }).severity, 'high');
  assert.equal(alertOf({ severity_mapping: severity_mapping.slice(2) }).severity, 'medium');
});

test('event.severity is compared as a number', () => {
  const severity_mapping = [{ field: 'event.severity', operator: 'equals', value: '3', severity: 'low' }] as const;
  assert.equal(alertOf({ severity_mapping }, { event: { id: 'e', severity: 3 } }).severity, 'low');
  assert.equal(alertOf({ severity_mapping }, { event: { id: 'e', severity: 4 } }).severity, 'medium');
  assert.equal(alertOf({ severity_mapping }, EVENT).severity, 'medium');
});

test("the greatest valid score of the first mapping's field is taken", () => {
  const risk_score_mapping = [
    { field: 'event.risk_score', operator: 'equals', value: '99' },
    { field: 'other', operator: 'equals', value: '' },
  ] as const;
  const risk = (score: unknown): number =>
    alertOf({ risk_score_mapping }, { event: { id: 'e', risk_score: score } }).riskScore;
  assert.equal(risk(70), 70);
  assert.equal(risk([5, 80, 101]), 80);
  assert.equal(risk('66'), 66);
  assert.equal(risk(0), 0);
  for (const invalid of [101, -1, 'high', '', undefined]) assert.equal(risk(invalid), 47, String(invalid));
});

test('a name is taken from the event only where it is one string', () => {
  assert.equal(alertOf({ rule_name_override: 'process.name' }).name, 'curl');
  assert.equal(alertOf({ rule_name_override: 'event.category' }).name, 'A rule');
  assert.equal(alertOf({ rule_name_override: 'missing' }).name, 'A rule');
});
