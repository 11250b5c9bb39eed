import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readsIndex } from './index-pattern.ts';

const NAME = 'logs-network_traffic.http-default';

test('patterns cover an index as Elasticsearch resolves them', () => {
  const cases: [string[], boolean][] = [
    [[], true],
    [['logs-network_traffic.http*', 'packetbeat-*'], true],
    [['packetbeat-*'], false],
    [['logs-*-default'], true],
    [['*'], true],
    [['logs-*http*default'], true],
    [['logs-network_traffic.http-default*default'], false],
    [[NAME], true],
    [['logs-network_traffic.http'], false],
    [['logs-*', '-logs-network_traffic.*'], false],
    [['-logs-*', 'logs-*'], true],
    [['europe:logs-*'], false],
    [['logs.network*'], false],
  ];
  for (const [patterns, expected] of cases) assert.equal(readsIndex(patterns, NAME), expected, patterns.join());
});

test('a pattern made to be slow is not', () => {
  assert.equal(readsIndex([`${'*a'.repeat(5000)}b`], 'a'.repeat(20_000)), false);
});
