import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Segment } from '../src/decode/segment.ts';
import { line, run, segmentsOf, type Turn } from './support/conversation.ts';
import { parseTranscript } from './support/transcript.ts';

const FOLDER = new URL('./http/', import.meta.url);

for (const name of readdirSync(FOLDER).sort()) {
  const { sentence, turns, expected, keep } = parseTranscript(readFileSync(new URL(name, FOLDER), 'utf8'));
  const outcome = (segments: readonly Segment[]) => run(segments, { policy: () => keep }).transactions.map(line);
  const whole = (bytes: Buffer) => [bytes];

  describe(`${name}: ${sentence}`, () => {
    it('as sent', () => assert.deepEqual(outcome(segmentsOf(turns, whole).flat()), expected));

    it('cut in two at every position', () => {
      for (const [turn, position] of positions(turns)) {
        const segments = segmentsOf(turns, (bytes, index) =>
          index === turn ? [bytes.subarray(0, position), bytes.subarray(position)] : [bytes],
        );
        assert.deepEqual(outcome(segments.flat()), expected, `turn ${turn}, byte ${position}`);
      }
    });

    it('a byte a segment', () => {
      const segments = segmentsOf(turns, (bytes) => Array.from(bytes, (byte) => Buffer.of(byte)));
      assert.deepEqual(outcome(segments.flat()), expected);
    });

    it('cut, reordered and repeated at random', () => {
      const property = fc.property(fc.array(fc.nat(), { minLength: 64, maxLength: 64 }), (numbers) => {
        const next = cycle(numbers);
        const groups = segmentsOf(turns, (bytes) => cutAtRandom(bytes, next));
        const shuffled = groups.flatMap((group, index) => (index === 0 ? group : disturb(group, next)));
        assert.deepEqual(outcome(shuffled), expected);
      });
      fc.assert(property, { numRuns: 200 });
    });
  });
}

function positions(turns: readonly Turn[]): [turn: number, position: number][] {
  return turns.flatMap(({ bytes }, turn) =>
    Array.from({ length: Math.max(0, bytes.length - 1) }, (_, index): [number, number] => [turn, index + 1]),
  );
}

/** Numbers that go on for ever. */
function cycle(numbers: readonly number[]): () => number {
  let at = 0;
  return () => numbers[at++ % numbers.length];
}

function cutAtRandom(bytes: Buffer, next: () => number): Buffer[] {
  const pieces: Buffer[] = [];
  let at = 0;
  while (at < bytes.length) {
    const length = 1 + (next() % 40);
    pieces.push(bytes.subarray(at, at + length));
    at += length;
  }
  return pieces;
}

/** The segments of one turn in another order, some of them twice. A RST stays last: what follows it is not taken. */
function disturb(group: readonly Segment[], next: () => number): Segment[] {
  const last = group[group.length - 1];
  const isReset = (last.flags & 0x04) !== 0;
  const movable = isReset ? group.slice(0, -1) : [...group];
  const doubled = movable.flatMap((segment) => (next() % 4 === 0 ? [segment, segment] : [segment]));
  const shuffled = doubled
    .map((segment, index) => ({ segment, order: index + (next() % 6) }))
    .sort((a, b) => a.order - b.order)
    .map(({ segment }) => segment);
  return isReset ? [...shuffled, last] : shuffled;
}
