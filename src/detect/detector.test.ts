import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DocumentReader } from '../base/field.ts';
import type { Event } from '../ecs/event.ts';
import type { Rule } from '../rules/rule.ts';
import { Detector, type DetectorOptions } from './detector.ts';
import { eventOf, ruleOf } from './fixtures.test.ts';

const reader: DocumentReader<Event> = { field: (name) => (event) => event.get(name) };
const NOW = Date.UTC(2026, 4, 23, 10) * 1000;

function detectorOf(rules: readonly Rule[], options: Partial<DetectorOptions<Event>> = {}): Detector<Event> {
  return new Detector(rules, { reader, clock: () => NOW, ...options });
}

const CURL = ruleOf({ name: 'curl', rule_id: 'r1', query: 'network where process.name : ("curl", "wget")' });
const PORT = ruleOf({ name: 'port', rule_id: 'r2', query: 'network where destination.port == 80' });
const EVENT = {
  event: { id: 'e1', category: ['network'] },
  process: { name: 'curl' },
  destination: { port: 80 },
};

test('every rule that matches makes an alert, with its evidence', () => {
  const alerts = detectorOf([CURL, PORT]).detect(eventOf(EVENT));
  assert.deepEqual(
    alerts.map(({ name, created }) => [name, created]),
    [
      ['curl', NOW],
      ['port', NOW],
    ],
  );
  const evidence = alerts[0].evidence.filter(({ field }) => field === 'process.name');
  assert.deepEqual(
    evidence.map(({ value, matched }) => [value, matched]),
    [['curl', 'curl']],
  );
});

test('where nothing matches, nothing is made', () => {
  const detector = detectorOf([CURL, PORT]);
  const none = detector.detect(eventOf({ event: { id: 'e', category: 'process' } }));
  assert.equal(none.length, 0);
  assert.equal(detector.detect(eventOf({})), none, 'the same empty list each time');
});

test('a second run over the same event gives the same id', () => {
  const ids = [1, 2].map(() => detectorOf([CURL]).detect(eventOf(EVENT))[0].id);
  assert.equal(ids[0], ids[1]);
});

test('the id is that of the data stream that the event says, else of the one that the detector reads', () => {
  const index = 'logs-network_traffic.http-default';
  const data_stream = { type: 'logs', dataset: 'network_traffic.http', namespace: 'default' };
  const [own] = detectorOf([CURL]).detect(eventOf({ ...EVENT, data_stream }));
  const [given] = detectorOf([CURL], { index }).detect(eventOf(EVENT));
  assert.equal(own.index, index);
  assert.equal(own.id, given.id);
});

test('rules that cannot or shall not be run are told', () => {
  const { rules, skipped } = detectorOf(
    [
      CURL,
      ruleOf({ name: 'off', enabled: false }),
      ruleOf({ name: 'elsewhere', index: ['winlogbeat-*'] }),
      ruleOf({ name: 'sequence', query: 'sequence by host.id [any where true] [any where true]' }),
      { ...ruleOf({ name: 'other' }), supported: false, type: 'esql', type_attributes: {} },
    ],
    { index: 'logs-network_traffic.http-default' },
  );
  assert.deepEqual(rules, [CURL]);
  assert.deepEqual(
    skipped.map(({ rule, reason }) => [rule.name, reason]),
    [
      ['off', 'disabled'],
      ['elsewhere', 'other_index'],
      ['sequence', 'query'],
      ['other', 'unsupported'],
    ],
  );
  assert.equal(skipped[2].diagnostics[0].code, 'not-an-event-query');
});

test('a rule that throws is told of once and run no more, and the others go on', () => {
  const failing: DocumentReader<Event> = {
    field: (name) => (event) => {
      if (name === 'process.name') throw new Error('broken reader');
      return event.get(name);
    },
  };
  const told: string[] = [];
  const detector = detectorOf([CURL, PORT], { reader: failing, onFailure: ({ rule }) => told.push(rule.name) });
  for (let run = 0; run < 3; run++) {
    assert.deepEqual(
      detector.detect(eventOf(EVENT)).map(({ name }) => name),
      ['port'],
    );
  }
  assert.deepEqual(told, ['curl']);
  assert.deepEqual(
    detector.failures.map(({ rule, error }) => [rule, String(error)]),
    [[CURL, 'Error: broken reader']],
  );
  assert.deepEqual(detector.rules, [PORT]);
});

test('the category of a rule is looked for in the field that the rule names', () => {
  const rule = ruleOf({ query: 'start where true', event_category_override: 'event.type' });
  const detector = detectorOf([rule]);
  assert.equal(detector.detect(eventOf({ event: { id: 'e', type: ['start'] } })).length, 1);
  assert.equal(detector.detect(eventOf({ event: { id: 'e', category: ['start'] } })).length, 0);
});
