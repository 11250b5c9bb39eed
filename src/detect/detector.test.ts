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
      ruleOf({ name: 'broken', query: 'any where and' }),
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
      ['broken', 'query'],
      ['other', 'unsupported'],
    ],
  );
  assert.equal(skipped[2].diagnostics[0].severity, 'error');
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

const START = {
  '@timestamp': '2026-05-23T10:00:00Z',
  event: { id: 's', category: ['process'] },
  host: { id: 'h' },
  user: { name: 'u' },
};
const WRITE = {
  '@timestamp': '2026-05-23T10:00:05Z',
  event: { id: 'w', category: ['file'] },
  host: { id: 'h' },
  user: { name: 'v' },
};
const SEQUENCE = ruleOf({
  name: 'sequence',
  rule_id: 'r3',
  query: 'sequence by host.id with maxspan=1m [process where user.name == "u"] [file where true] | tail 1',
});

test('a sequence is one alert, with what its events have in common, whatever the order in which they come', () => {
  for (const events of [
    [START, WRITE],
    [WRITE, START],
  ]) {
    const detector = detectorOf([SEQUENCE], { limits: { lateness: 10_000 } });
    for (const event of events) assert.equal(detector.detect(eventOf(event)).length, 0);
    const [alert, ...others] = detector.tick(Date.UTC(2026, 4, 23, 10, 0, 16) * 1000);
    assert.equal(others.length, 0);
    assert.deepEqual(
      alert.events.map(({ id }) => id),
      ['s', 'w'],
    );
    assert.deepEqual(
      alert.evidence.map(({ field, value }) => [field, value]),
      [['user.name', 'u']],
    );
    const document = alert.toJSON();
    assert.deepEqual(document.host, { id: 'h' });
    assert.equal('user' in document, false);
    assert.equal(document['kibana.alert.group.id'], alert.id);
    assert.deepEqual(document['kibana.alert.ancestors'], [
      { id: 's', type: 'event', index: '', depth: 0 },
      { id: 'w', type: 'event', index: '', depth: 0 },
    ]);
    assert.deepEqual(detector.end(), []);
    assert.deepEqual(detector.losses(), []);
  }
});

test('what came too late for a sequence is told', () => {
  const detector = detectorOf([SEQUENCE], { limits: { lateness: 1000 } });
  detector.detect(eventOf(WRITE));
  detector.detect(eventOf(START));
  assert.equal(detector.end().length, 0);
  assert.deepEqual(detector.losses(), [
    { rule: SEQUENCE, counts: { late: 1, hurried: 0, dropped: 0, cut: 0, forgotten: 0, untried: 0 } },
  ]);
});

test('samples are found at the end', () => {
  const rule = ruleOf({ query: 'sample by host.id [file where true] [process where true]' });
  const detector = detectorOf([rule]);
  for (const event of [START, WRITE]) assert.equal(detector.detect(eventOf(event)).length, 0);
  assert.deepEqual(
    detector.end().map(({ events }) => events.map(({ id }) => id)),
    [['w', 's']],
  );
});

test('many rules find what each by itself finds, in the order of the rules', () => {
  const rules = Array.from({ length: 60 }, (_, n) =>
    ruleOf({
      name: `${n}`,
      rule_id: `${n}`,
      query: `process where user.name : ("u${n}", "v${n % 7}") or process.pid > ${n}`,
    }),
  );
  const many = detectorOf([...rules, SEQUENCE]);
  assert.match(many.describePlan() ?? '', /62 filters/);
  const each = rules.map((rule) => detectorOf([rule]));
  for (let n = 0; n < 200; n++) {
    const event = eventOf({
      event: { id: `${n}`, category: n % 3 === 0 ? 'file' : ['process', 'file'] },
      user: { name: `${n % 2 ? 'U' : 'v'}${n % 80}` },
      process: { pid: n },
    });
    assert.deepEqual(
      many.detect(event).map(({ name }) => name),
      each.flatMap((one) => one.detect(event).map(({ name }) => name)),
    );
  }
});

test('among many rules too, one that throws is told of and the others go on', () => {
  const failing: DocumentReader<Event> = {
    field: (name) => (event) => {
      if (name === 'broken.field') throw new Error('broken reader');
      return event.get(name);
    },
  };
  const good = Array.from({ length: 20 }, (_, n) => ruleOf({ name: `${n}`, query: `any where process.pid == ${n}` }));
  const bad = ruleOf({ name: 'bad', query: 'any where broken.field : "x*"' });
  const told: string[] = [];
  const detector = detectorOf([bad, ...good], { reader: failing, onFailure: ({ rule }) => told.push(rule.name) });
  for (let n = 0; n < 20; n++) {
    const alerts = detector.detect(eventOf({ event: { id: `${n}` }, process: { pid: n } }));
    assert.deepEqual(
      alerts.map(({ name }) => name),
      [`${n}`],
    );
  }
  assert.deepEqual(told, ['bad']);
});

test('rules are measured by the clock that is given, and nothing else comes of it', () => {
  const rules = ['a', 'b'].map((name) => ruleOf({ name, rule_id: name, query: 'any where true' }));
  const detector = detectorOf([...rules, SEQUENCE]);
  let time = 0;
  const told: [string, number][] = [];
  detector.measure(
    eventOf(START),
    () => time++,
    (rule, took) => told.push([rule.name, took]),
  );
  assert.deepEqual(told, [
    ['a', 1],
    ['b', 1],
    ['sequence', 1],
  ]);
  assert.deepEqual(detector.end(), []);
});

test('rules that take too much are bounded and told of by name, and the others give all their alerts', () => {
  const good = Array.from({ length: 20 }, (_, n) =>
    ruleOf({ name: `${n}`, rule_id: `${n}`, query: `any where process.pid == ${n}` }),
  );
  const greedy = ruleOf({
    name: 'greedy',
    rule_id: 'greedy',
    query: `sequence by process.args, host.ip with maxspan=1d ${'[any where true] '.repeat(100)}`,
  });
  const vain = ruleOf({ name: 'vain', rule_id: 'vain', query: `sample by host.id ${'[any where true] '.repeat(30)}` });
  const forgetful = ruleOf({
    name: 'forgetful',
    rule_id: 'forgetful',
    query: 'sequence by process.pid with maxspan=1d [process where true] ![any where true]',
  });
  const detector = detectorOf([greedy, vain, ...good, forgetful], {
    limits: { lateness: 0, partials: 5000, absences: 10 },
  });
  const args = Array.from({ length: 2000 }, (_, i) => `arg${i}`);
  for (let n = 0; n < 20; n++) {
    const event = eventOf({
      '@timestamp': `2026-05-23T10:00:${10 + n}Z`,
      event: { id: `${n}`, category: 'file' },
      host: { id: 'h', ip: args },
      process: { pid: n, args },
    });
    assert.deepEqual(
      detector.detect(event).map(({ name }) => name),
      [`${n}`],
    );
  }
  assert.deepEqual(detector.end(), []);
  assert.deepEqual(detector.failures, []);
  const none = { late: 0, hurried: 0, dropped: 0, cut: 0, forgotten: 0, untried: 0 };
  const [first, second, third, ...others] = detector.losses();
  assert.deepEqual(others, []);
  assert.deepEqual([first.rule, first.counts.cut], [greedy, 20]);
  assert.ok(first.counts.dropped > 1000);
  assert.deepEqual(second, { rule: vain, counts: { ...none, untried: 1 } });
  assert.deepEqual(third, { rule: forgetful, counts: { ...none, forgotten: 10 } });
});
