/**
 * A sequence rule with many keys alive, from a thousand to a million: what an event costs, and what a key holds. Each key
 * is a process that has been started and whose connection is waited for; one event in a hundred is such a connection.
 */
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { check, compileStream, jsonReader } from '../index.ts';

const QUERY =
  'sequence by process.entity_id with maxspan=1d [process where event.type == "start"] [network where true]';
const EVENTS = 200_000;
const KEYS = [1_000, 10_000, 100_000, 1_000_000];

setFlagsFromString('--expose-gc');
const collect: () => void = runInNewContext('gc');

function idOf(key: number): string {
  return `process-${key.toString(36).padStart(8, '0')}`;
}

function start(key: number, time: number): object {
  return { '@timestamp': time, event: { category: ['process'], type: ['start'] }, process: { entity_id: idOf(key) } };
}

function connection(key: number, time: number): object {
  return { '@timestamp': time, event: { category: ['network'], type: ['start'] }, process: { entity_id: idOf(key) } };
}

export function bench(): void {
  const costs: number[] = [];
  for (const keys of KEYS) {
    let found = 0;
    const reader = jsonReader();
    const { compiled } = compileStream<object>(
      check(QUERY),
      {
        reader: { field: (name) => reader.field(name) as (document: object) => undefined },
        limits: { lateness: 0, partials: 2_000_000 },
      },
      () => found++,
    );
    if (compiled === null) throw new Error('the query has errors');
    const { stream } = compiled;
    collect();
    const before = process.memoryUsage().heapUsed;
    let time = Date.UTC(2026, 0, 1);
    for (let key = 0; key < keys; key++) stream.add(start(key, time++ / 1000));
    collect();
    const held = process.memoryUsage().heapUsed - before;
    // Keys are renewed in turn, so that as many stay alive.
    const began = performance.now();
    for (let i = 0; i < EVENTS; i++) {
      const key = (i * 7919 + Math.floor(i / 100)) % keys;
      stream.add(i % 100 === 0 ? connection(key, time++ / 1000) : start(key, time++ / 1000));
    }
    const cost = ((performance.now() - began) * 1000) / EVENTS;
    costs.push(cost);
    console.log(
      `${keys.toLocaleString('en').padStart(9)} keys: ${cost.toFixed(2)} µs an event, ${(held / keys).toFixed(0)} bytes a key ` +
        `(${(held / 2 ** 20).toFixed(0)} MiB), ${found} sequences`,
    );
  }
  const ratio = costs[costs.length - 1] / costs[0];
  console.log(`a million keys / a thousand: ${ratio.toFixed(2)} times the cost of an event`);
}

if (import.meta.main) bench();
