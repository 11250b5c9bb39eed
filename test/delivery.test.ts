import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Segment } from '../src/decode/segment.ts';
import { run, segmentsOf, type Turn } from './support/conversation.ts';

const REQUEST = Buffer.from('GET /latest/ HTTP/1.1\r\nHost: x\r\n\r\n');
const ANSWER = Buffer.from('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
const EXCHANGE: Turn[] = [
  { from: 'client', bytes: REQUEST },
  { from: 'server', bytes: ANSWER },
];

/** How each transaction ended. */
function endings(segments: readonly Segment[], keep = 1000): string[] {
  return run(segments, { policy: () => keep }).transactions.map(({ ending }) => ending);
}

function cut(bytes: Buffer): Buffer[] {
  return [bytes];
}

/** The client's packets after the answer, without what they would acknowledge of it. */
function unacknowledging(segments: Segment[]): Segment[] {
  const answered = segments.findIndex(({ sourcePort, length }) => sourcePort === 80 && length > 0);
  const { acknowledgment } = segments[answered - 1];
  return segments.map((segment, index) =>
    index > answered && segment.sourcePort !== 80 ? { ...segment, acknowledgment } : segment,
  );
}

describe('an answer', () => {
  it('that the client acknowledges is delivered', () => {
    const turns: Turn[] = [...EXCHANGE, { from: 'client', bytes: Buffer.alloc(0) }];
    assert.deepEqual(endings(segmentsOf(turns, cut).flat()), ['answered']);
  });

  it('that the client acknowledges with its FIN, and then resets, is delivered', () => {
    const turns: Turn[] = [
      ...EXCHANGE,
      { from: 'client', bytes: Buffer.alloc(0), fin: true },
      { from: 'client', bytes: Buffer.alloc(0), rst: true },
    ];
    assert.deepEqual(endings(segmentsOf(turns, cut).flat()), ['answered']);
  });

  it('that a reset meets is not delivered', () => {
    const turns: Turn[] = [...EXCHANGE, { from: 'client', bytes: Buffer.alloc(0), rst: true }];
    const segments = unacknowledging(segmentsOf(turns, cut).flat());
    const later = { ...segments[0], time: segments[0].time + 10e6, sourcePort: 50_000 };
    assert.deepEqual(endings([...segments, later]), ['undelivered']);
  });

  it('that is sent again and again for lack of an acknowledgment is not delivered: the hop limit', () => {
    const segments = segmentsOf(EXCHANGE, cut).flat();
    const answer = segments[segments.length - 1];
    const again = [0.2, 0.6, 1.4, 3, 6].map((seconds) => ({ ...answer, time: answer.time + seconds * 1e6 }));
    assert.deepEqual(endings([...segments, ...again]), ['undelivered']);
  });

  it('at the end of the capture may have been delivered after it', () => {
    assert.deepEqual(endings(segmentsOf(EXCHANGE, cut).flat()), ['answered']);
  });

  it('in a capture of the server alone is taken for delivered', () => {
    const turns: Turn[] = [...EXCHANGE, { from: 'server', bytes: Buffer.alloc(0), fin: true }];
    const segments = segmentsOf(turns, cut).flat();
    assert.deepEqual(endings(segments.filter(({ sourcePort }) => sourcePort === 80)), ['answered']);
  });

  it('whose body nobody wants is not watched', () => {
    const turns: Turn[] = [...EXCHANGE, { from: 'client', bytes: Buffer.alloc(0), rst: true }];
    const segments = unacknowledging(segmentsOf(turns, cut).flat());
    const later = { ...segments[0], time: segments[0].time + 10e6, sourcePort: 50_000 };
    assert.deepEqual(endings([...segments, later], 0), ['answered']);
  });
});
