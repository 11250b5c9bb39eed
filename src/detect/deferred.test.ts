import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Event } from '../ecs/event.ts';
import type { Query } from '../eql/index.ts';
import { parse } from '../eql/index.ts';
import type { EqlRule } from '../rules/rule.ts';
import { Deferred } from './deferred.ts';
import { eventOf } from './fixtures.test.ts';
import type { RuleRunner } from './rule-runner.ts';

const EVENT = 'a where true';
const SEQUENCE =
  'sequence by x with maxspan=1m [a where true] with runs=2 ![b where true] [c where true] until [d where true]';
const SAMPLE = 'sample by x [a where true] [b where true]';

/** A rule that has as many filters as its query, and does nothing. */
function runnerOf(text: string, filters: number): RuleRunner<Event> {
  const { query } = parse(text);
  assert.ok(query, text);
  return {
    // Nothing asks for anything else of it.
    rule: { rule_id: text } as EqlRule,
    query: query as Query,
    filters: Array.from({ length: filters }, () => ({}) as never),
    take: () => assert.fail('the rule was told'),
    tick: () => {},
    end: () => {},
    counts: null,
  };
}

const rules = [runnerOf(EVENT, 1), runnerOf(SEQUENCE, 4), runnerOf(SAMPLE, 2)];

/** What the rules are told: of the events, given by what they meet of each rule, with so much room. */
function told(events: readonly (readonly (readonly number[])[])[], limit: number): string[] {
  const deferred = new Deferred<Event>(rules, limit);
  const lines: string[] = [];
  const tell = (running: RuleRunner<Event>, event: Event, met: readonly number[]) =>
    lines.push(`${rules.indexOf(running)} ${event.id} ${met.join()}`);
  for (const [number, met] of events.entries()) {
    const event = eventOf({ event: { id: String(number) } });
    for (const [rule, filters] of met.entries()) {
      if (filters.length > 0) assert.equal(deferred.add(rules[rule], event, filters), rule > 0);
    }
    if (deferred.isFull) deferred.release(false, tell);
  }
  deferred.release(true, tell);
  return lines.sort();
}

test('a rule is told of all that it may relate, once each of its steps has come', () => {
  const [first, second, third] = [
    [[], [0], [0]],
    [[], [0, 1], []],
    [[0], [2], []],
  ];
  assert.deepEqual(told([first, second], 9), [], 'no third step, nor the second of the sample');
  assert.deepEqual(told([first, third], 9), [], 'a step with runs that came once');
  assert.deepEqual(told([first, second, third], 9), ['1 0 0', '1 1 0,1', '1 2 2']);
  assert.deepEqual(told([first, [[], [], [1]]], 9), ['2 0 0', '2 1 1']);
});

test('with less room it is told of no less', () => {
  const met = fc.tuple(fc.constant([]), fc.subarray([0, 1, 2, 3]), fc.subarray([0, 1]));
  fc.assert(
    fc.property(fc.array(met, { maxLength: 8 }), fc.integer({ min: 1, max: 4 }), (events, limit) => {
      const all = new Set(told(events, limit));
      for (const line of told(events, 100)) assert.ok(all.has(line), line);
    }),
  );
});
