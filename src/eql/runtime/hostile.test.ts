import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  check,
  compileSearch,
  compileStream,
  format,
  type JsonDocument,
  jsonReader,
  type SearchOptions,
  type StreamCounts,
  type StreamLimits,
} from '../index.ts';

/** Sequences, samples and pipes that are meant to hurt, and events that are: each ends, in memory that is bounded. */

const OPTIONS = { reader: jsonReader(), eventCategoryField: 'kind' };

function codesOf(query: string): string[] {
  format(query);
  const { search, diagnostics } = compileSearch(query, OPTIONS);
  assert.equal(search === null, diagnostics.length > 0, query.slice(0, 60));
  return [...new Set(diagnostics.map(({ code }) => code))];
}

function search(query: string, events: readonly JsonDocument[], options: Partial<SearchOptions<JsonDocument>> = {}) {
  const compiled = compileSearch<JsonDocument>(query, { ...OPTIONS, ...options }).search;
  assert.ok(compiled, query.slice(0, 60));
  for (const event of events) compiled.add(event);
  const results = compiled.results();
  return { results, losses: compiled.losses, count: compiled.count };
}

function stream(query: string, events: readonly JsonDocument[], limits: Partial<StreamLimits> = {}) {
  let found = 0;
  const checked = check(query, { eventCategoryField: 'kind' });
  const { compiled } = compileStream<JsonDocument>(checked, { ...OPTIONS, limits }, () => found++);
  assert.ok(compiled, query.slice(0, 60));
  for (const event of events) compiled.stream.add(event);
  compiled.stream.end();
  return { found, counts: compiled.stream.counts };
}

const NO_LOSS: StreamCounts = { late: 0, hurried: 0, dropped: 0, cut: 0, forgotten: 0, untried: 0 };
const values = (count: number, prefix = 'v') => Array.from({ length: count }, (_, i) => `${prefix}${i}`);
const at = (time: number, rest: JsonDocument = {}): JsonDocument => ({ kind: 'a', '@timestamp': time, ...rest });
const times = (count: number) => Array.from({ length: count }, (_, i) => i);
const two = '[a where true] [a where true]';

test('more steps, runs, keys, numbers and nesting than there may be are refused', () => {
  const steps = (count: number) => '[a where true] '.repeat(count);
  const names = values(10_000).join(', ');
  const cases: [string, string[]][] = [
    [`sequence ${steps(256)}`, []],
    [`sequence ${steps(257)}`, ['sequence-steps']],
    [`sequence ${'[a where true] with runs=100 '.repeat(256)}`, ['sequence-steps']],
    [`sequence [a where true] with runs=${'9'.repeat(400)} [a where true]`, ['runs']],
    [`sample by k ${steps(256)}`, []],
    [`sample by k ${steps(10_000)}`, ['sequence-steps']],
    [`sequence by ${names} ${two}`, ['too-many-fields']],
    [`sequence ${`[a where true] by ${names} `.repeat(2)}`, ['too-many-fields']],
    [
      `sequence by ${values(30).join()} ${`[a where true] by ${values(30, 'w').join()} `.repeat(2)}`,
      ['too-many-fields'],
    ],
    [`sequence by ${'k, '.repeat(100_000)}k ${two}`, ['too-many-fields']],
    [`sequence with maxspan=${'9'.repeat(400)}d ${two}`, ['maxspan']],
    [`sequence with maxspan=9007199254740991d ${two}`, []],
    ['any where true | head 9007199254740993', ['pipe-argument']],
    [`any where true | tail ${'9'.repeat(400)}`, ['pipe-argument']],
    [`any where true ${'| head 1 '.repeat(50_000)}`, []],
    [`sequence by k [any where ${'('.repeat(100_000)}true${')'.repeat(100_000)}] [a where true]`, ['too-deep']],
    [`sequence by k ${'[a where true] '.repeat(66_000)}`, ['sequence-steps']],
    [`sequence by \u0000k ${two}`, ['invalid-character']],
    [`sequence by \`\ud800\` [a where x == "\u0000\udc00"] [a where true]`, []],
    [`sequence ${'![a where true] '.repeat(200)}`, ['missing-event']],
    [`sequence by k ${'[any where k regex "(.*a){12}.{50}"] '.repeat(256)}`, ['regex-too-complex']],
  ];
  for (const [query, codes] of cases) assert.deepEqual(codesOf(query), codes, query.slice(0, 60));
});

test('an event takes part with its first thousand join keys, and those that had more are counted', () => {
  const many = values(100_000);
  const events = [1, 2].map((time) => at(time, { k: many, l: many, m: many }));
  for (const by of ['k', 'k, l', 'k, l, m']) {
    assert.deepEqual(stream(`sequence by ${by} ${two}`, events), { found: 1000, counts: { ...NO_LOSS, cut: 2 } }, by);
    const { count, losses } = search(`sample by ${by} ${two}`, events);
    assert.deepEqual([count, losses.cut], [1000, 2], by);
  }
  const hundreds = [1, 2].map((time) => at(time, { k: values(1000), l: ['x', 'x', null] }));
  assert.deepEqual(stream(`sequence by k, l ${two}`, hundreds), { found: 1000, counts: NO_LOSS });
});

test('many steps of many keys are bounded by the events that they hold', () => {
  const events = times(100).map((time) => at(time, { k: values(100) }));
  const query = `sequence by k ${'[a where true] '.repeat(50)}`;
  const { found, counts } = stream(query, events);
  assert.deepEqual([found, counts], [5100, NO_LOSS]);
  const bounded = stream(query, events, { partials: 10_000 });
  assert.ok(bounded.counts.dropped > 0 && bounded.found < found);
});

test('keys that come once each, and are dropped or forgotten one after the other, take no longer for it', () => {
  const events = times(300_000).map((time) => ({ kind: time % 2 === 0 ? 'a' : 'b', k: time, '@timestamp': time }));
  const sequence = stream(`sequence by k ${two}`, events, { partials: 100_000 });
  assert.deepEqual(sequence.counts, { ...NO_LOSS, dropped: 50_000 });
  const short = stream(`sequence by k with maxspan=50s ${two}`, events);
  assert.deepEqual(short, { found: 0, counts: NO_LOSS });
  const absent = stream('sequence by k with maxspan=1d [a where true] ![b where true]', events, {
    absences: 100_000,
    partials: 100_000,
  });
  assert.deepEqual(absent.counts, { ...NO_LOSS, dropped: 50_000, forgotten: 50_000 });
  assert.equal(absent.found, 100_000);
  const withoutKey = stream('sequence with maxspan=1d [c where true] ![b where true]', events, { absences: 1000 });
  assert.equal(withoutKey.found, 0);
  assert.ok(withoutKey.counts.forgotten > 148_000 && withoutKey.counts.forgotten < 150_000);
});

test('samples are tried a bounded number of times, and what was not tried is counted', () => {
  const events = times(19 * 3).map((time) => at(time, { k: time % 3 }));
  const { count, losses } = search(`sample by k ${'[a where true] '.repeat(20)}`, events);
  assert.deepEqual([count, losses.untried], [0, 3]);
});

test('times that are none, or of any kind, order events and stop nothing', () => {
  for (const time of [Number.NaN, 1e308, -1e308, '', 'x', null, [], {}, [null, 1], '9999999-01-01', true, [['x']]]) {
    const events = [time, time, 1].map((one) => ({ kind: 'a', '@timestamp': one }));
    stream(`sequence with maxspan=1m ${two}`, events);
    const { count } = search('sequence with maxspan=1m [a where true] ![b where true]', events);
    assert.equal(count, 3, JSON.stringify(time));
  }
});

test('tiebreakers of any kind, and of several, order events', () => {
  const kinds = [1, '1', true, null, [], {}, [null], ['a', 1], 1e308, '\ud800', -0];
  const events = times(20_000).map((index) => at(1, { t: kinds[index % kinds.length] }));
  assert.equal(search('any where true', events, { tiebreakerField: 't' }).count, events.length);
});

test('documents of any depth are read, or have no value there', () => {
  let deep: JsonDocument = {};
  for (let i = 0; i < 100_000; i++) deep = { k: deep };
  let list: unknown = ['x'];
  for (let i = 0; i < 100_000; i++) list = [list];
  const events = [deep, { k: list }, { k: [{ k: list }] }, { k: [values(100_000), [1]] }];
  for (const query of [
    'any where k.k.k == "x" or k == "x"',
    `sequence by ?k, ?k.k [any where true] [any where true]`,
  ]) {
    search(query, events);
  }
});

test('keys that can be read in more than one way are, without going through all ways', () => {
  const forked = (left: number): unknown => (left === 0 ? 'x' : { a: forked(left - 1), 'a.a': forked(left - 1) });
  const { count } = search(`any where ${'a.'.repeat(299)}a == "x"`, [{ a: forked(14) }]);
  assert.equal(count, 0);
  const long = values(100).join('.');
  assert.equal(search(`any where ${long} == "x"`, [{ v0: [{ [long.slice(3)]: 'x' }, 1] }]).count, 1);
  assert.equal(search(`any where ${'a.'.repeat(13)}a == "x"`, [{ a: forked(13) }]).count, 1);
});

test('expressions over many long texts are bounded by what they go through', () => {
  const texts = values(1000).map((text) => text + 'y'.repeat(10_000));
  const query = 'any where stringContains(concat(k, l), "z")';
  assert.equal(search(query, [{ k: texts, l: [...texts, 'z'] }]).count, 0);
  assert.equal(search(query, [{ k: ['y'.repeat(11_000_000), 'z'], l: '-' }]).count, 0);
  assert.equal(search(query, [{ k: `${'y'.repeat(10_000_000)}z`, l: '-' }]).count, 1);
});
