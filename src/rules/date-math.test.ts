import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDateMath, parseInterval, resolveDateMath } from './date-math.ts';

const NOW = Date.UTC(2024, 1, 29, 13, 45, 30, 123) * 1000 + 456;

function resolved(text: string): string {
  const math = parseDateMath(text);
  assert.ok(math, text);
  const time = resolveDateMath(math, NOW);
  return `${new Date(Math.floor(time / 1000)).toISOString()}+${time % 1000}`;
}

test('date math moves and rounds now', () => {
  const cases: [string, string][] = [
    ['now', '2024-02-29T13:45:30.123Z+456'],
    ['now-9m', '2024-02-29T13:36:30.123Z+456'],
    ['now+1h', '2024-02-29T14:45:30.123Z+456'],
    ['now-90s', '2024-02-29T13:44:00.123Z+456'],
    ['now-1w', '2024-02-22T13:45:30.123Z+456'],
    ['now/s', '2024-02-29T13:45:30.000Z+0'],
    ['now/m', '2024-02-29T13:45:00.000Z+0'],
    ['now/H', '2024-02-29T13:00:00.000Z+0'],
    ['now/d', '2024-02-29T00:00:00.000Z+0'],
    ['now/w', '2024-02-26T00:00:00.000Z+0'],
    ['now/M', '2024-02-01T00:00:00.000Z+0'],
    ['now/y', '2024-01-01T00:00:00.000Z+0'],
    ['now-1d/d+1h', '2024-02-28T01:00:00.000Z+0'],
  ];
  for (const [text, expected] of cases) assert.equal(resolved(text), expected, text);
});

test('a month has the same day, or its last', () => {
  assert.equal(resolved('now-1y'), '2023-02-28T13:45:30.123Z+456');
  assert.equal(resolved('now-1M'), '2024-01-29T13:45:30.123Z+456');
  assert.equal(resolved('now+12M'), '2025-02-28T13:45:30.123Z+456');
});

test('what is no date math is none', () => {
  for (const text of ['', '9m', 'now-', 'now-9', 'now-9x', 'now -9m', 'NOW', 'now-9m ', '2024-01-01', 'now/9d']) {
    assert.equal(parseDateMath(text), null, text);
  }
});

test('intervals are a number and a unit', () => {
  assert.equal(parseInterval('5m'), 300_000_000);
  assert.equal(parseInterval('90s'), 90_000_000);
  assert.equal(parseInterval('1d'), 86_400_000_000);
  for (const text of ['', '0m', '5', 'm', '5 m', '-5m', '1w', '1.5h']) assert.equal(parseInterval(text), null, text);
});
