import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AnomalyCounter } from '../base/anomaly.ts';
import { Decoder } from './decoder.ts';
import { type Frame, newFrame } from './frame.ts';
import { FRAGMENT_TIMEOUT, MAX_FRAGMENT_RUNS, MAX_UNFINISHED_BYTES, MAX_UNFINISHED_DATAGRAMS } from './limits.ts';
import { newSegment } from './new-segment.ts';
import { type Reassembled, Reassembler } from './reassembler.ts';

function frameOf(bytes: Buffer, time = 0): Frame {
  return { ...newFrame(), time, block: { bytes, generation: 0 }, end: bytes.length, wireEnd: bytes.length };
}

/** A reassembler with its anomalies. */
function reassembler() {
  const anomalies = new AnomalyCounter();
  const it = new Reassembler(anomalies);
  /** Adds a fragment; gives the datagram's bytes if that completes it. */
  const add = (start: number, data: string | Buffer, isLast = false, key = 'k', time = 0): string | null => {
    const frame = frameOf(Buffer.from(data), time);
    const done: Reassembled | null = it.add({ key, start, isLast, protocol: 6, ttl: 64 }, frame);
    return done && frame.block.bytes.toString('latin1', frame.at, frame.end);
  };
  return { it, add, codes: () => anomalies.entries() };
}

const A = 'aaaaaaaa';
const B = 'bbbbbbbb';

test('a datagram is put together in any order of its fragments', () => {
  const pieces: [number, string, boolean][] = [
    [0, A, false],
    [8, B + B, false],
    [24, 'end', true],
  ];
  for (const order of [
    [0, 1, 2],
    [0, 2, 1],
    [1, 0, 2],
    [1, 2, 0],
    [2, 0, 1],
    [2, 1, 0],
  ]) {
    const { add, codes } = reassembler();
    const results = order.map((i) => add(...pieces[i]));
    assert.deepEqual(results, [null, null, `${A}${B}${B}end`]);
    assert.deepEqual(codes(), []);
  }
});

test('protocol and time to live are those of the first fragment', () => {
  const it = new Reassembler(new AnomalyCounter());
  const fragment = { key: 'k', start: 8, isLast: true, protocol: 99, ttl: 1 };
  assert.equal(it.add(fragment, frameOf(Buffer.from(B))), null);
  const done = it.add({ ...fragment, start: 0, isLast: false, protocol: 6, ttl: 64 }, frameOf(Buffer.from(A)));
  assert.equal(done?.protocol, 6);
  assert.equal(done?.ttl, 64);
});

test('datagrams are told apart', () => {
  const { add } = reassembler();
  add(0, A, false, 'one');
  add(0, B, false, 'two');
  assert.equal(add(8, '2', true, 'two'), `${B}2`);
  assert.equal(add(8, '1', true, 'one'), `${A}1`);
});

test('a repeated fragment is ignored', () => {
  const { add, codes } = reassembler();
  add(0, A);
  add(0, A);
  assert.equal(add(8, 'x', true), `${A}x`);
  assert.deepEqual(codes(), []);
});

test('of overlapping fragments the first copy is kept, and they are counted', () => {
  const { add, codes } = reassembler();
  add(0, A);
  add(0, B);
  add(16, A);
  add(8, B + B + B);
  assert.equal(add(32, '.', true), `${A}${B}${A}${B}.`);
  assert.deepEqual(codes(), [['ip_fragment_overlap', 2]]);
});

test('fragments that cannot be right are counted and left out', () => {
  const { add, codes } = reassembler();
  add(0, 'not eight');
  add(0, '');
  add(65_528, A);
  add(8, 'end', true);
  add(8, 'longer end', true);
  add(16, A);
  assert.deepEqual(codes(), [['ip_fragment_bad', 5]]);
  assert.equal(add(0, A), `${A}end`);
});

test('a last fragment that ends before others is left out', () => {
  const { add, codes } = reassembler();
  add(16, A);
  assert.equal(add(8, 'b', true), null);
  assert.deepEqual(codes(), [['ip_fragment_bad', 1]]);
});

test('a fragment that the capture cut completes nothing', () => {
  const { it, add } = reassembler();
  const frame = frameOf(Buffer.from(A));
  frame.wireEnd += 8;
  assert.equal(it.add({ key: 'k', start: 0, isLast: false, protocol: 6, ttl: 64 }, frame), null);
  assert.equal(add(8, 'x', true), null);
});

test('what is not complete in time is dropped', () => {
  const { add, codes, it } = reassembler();
  add(0, A, false, 'k', 0);
  assert.equal(add(8, 'x', true, 'k', FRAGMENT_TIMEOUT + 1), null);
  assert.deepEqual(codes(), [['ip_fragment_timeout', 1]]);
  it.end();
  assert.deepEqual(codes(), [['ip_fragment_timeout', 2]]);
});

test('unfinished datagrams are limited in number, bytes and pieces; the oldest goes', () => {
  const byNumber = reassembler();
  for (let i = 0; i <= MAX_UNFINISHED_DATAGRAMS; i++) byNumber.add(0, A, false, `k${i}`);
  assert.deepEqual(byNumber.codes(), [['ip_fragment_limit', 1]]);
  assert.equal(byNumber.add(8, 'x', true, 'k0'), null);
  assert.equal(byNumber.add(8, 'x', true, 'k9'), `${A}x`);

  const byBytes = reassembler();
  const datagrams = Math.ceil(MAX_UNFINISHED_BYTES / 65_535);
  for (let i = 0; i <= datagrams; i++) byBytes.add(65_520, A, false, `k${i}`);
  assert.deepEqual(byBytes.codes(), [['ip_fragment_limit', 2]]);

  const byPieces = reassembler();
  for (let i = 0; i <= MAX_FRAGMENT_RUNS; i++) byPieces.add(i * 16, A);
  assert.deepEqual(byPieces.codes(), [['ip_fragment_limit', 1]]);
});

test('any fragments of a datagram, in any order and overlap, give it back', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 8 });
  const extra = fc.array(fc.tuple(fc.nat(40), fc.integer({ min: 1, max: 10 })), { maxLength: 4 });
  fc.assert(
    fc.property(cuts, extra, fc.infiniteStream(fc.nat()), (cuts, extra, order) => {
      const data = Buffer.from(Array.from({ length: 8 * 41 + 3 }, (_, i) => i));
      const ends = [...cuts.sort((a, b) => a - b).map((cut) => cut * 8), data.length];
      const pieces = ends.map((end, i) => [i === 0 ? 0 : ends[i - 1], end] as const);
      const all = [
        ...pieces,
        ...extra.map(([at, length]) => [at * 8, Math.min(data.length, (at + length) * 8)] as const),
      ];
      const { add } = reassembler();
      let got: string | null = null;
      while (all.length > 0 && got === null) {
        const [[start, end]] = all.splice(order.next().value % all.length, 1);
        got = add(start, data.subarray(start, end), end === data.length);
      }
      assert.equal(got, data.toString('latin1'));
    }),
  );
});

/** An IPv4 packet, or an IPv6 one with a fragment header, that carries this part of a TCP segment. */
function fragmentPacket(ipVersion: 4 | 6, start: number, data: Buffer, isLast: boolean): Buffer {
  const more = isLast ? 0 : 1;
  if (ipVersion === 4) {
    const header = Buffer.from('4500000000070000400600000a000001a9fea9fe', 'hex');
    header.writeUInt16BE(20 + data.length, 2);
    header.writeUInt16BE((more << 13) | (start / 8), 6);
    return Buffer.concat([header, data]);
  }
  const addresses = '20010db8000000000000000000000001fd000ec2000000000000000000000254';
  const header = Buffer.from(`6000000000002c40${addresses}0600000000000007`, 'hex');
  header.writeUInt16BE(8 + data.length, 4);
  header.writeUInt16BE(start | more, 42);
  return Buffer.concat([header, data]);
}

test('a TCP segment in fragments is decoded when the last has come', () => {
  const segmentBytes = Buffer.from('9c400050fffffff0000000075018ffff00000000 68656c6c6f'.replace(' ', ''), 'hex');
  for (const ipVersion of [4, 6] as const) {
    const anomalies = new AnomalyCounter();
    const decoder = new Decoder({ anomalies });
    const segment = newSegment();
    const found = [
      [16, 25],
      [0, 8],
      [8, 16],
    ].map(([start, end]) => {
      const bytes = fragmentPacket(ipVersion, start, segmentBytes.subarray(start, end), end === 25);
      const lengths = { length: bytes.length, wireLength: bytes.length };
      const packet = {
        time: 5,
        linkType: 101,
        block: { bytes, generation: 0 },
        offset: 0,
        interfaceIndex: 0,
        ...lengths,
      };
      return decoder.decode(packet, segment);
    });
    assert.deepEqual(found, [false, false, true]);
    const { block, offset, length, sequence, ttl, wireLength } = segment;
    assert.equal(block.bytes.toString('latin1', offset, offset + length), 'hello');
    assert.deepEqual([segment.ipVersion, sequence, ttl, wireLength], [ipVersion, 0xffff_fff0, 64, 5]);
    decoder.end();
    assert.deepEqual(anomalies.entries(), []);
  }
});
