import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BlockPool } from './block-pool.ts';
import { MAX_PACKET_BYTES } from './limits.ts';
import { newPacket } from './new-packet.ts';
import { PCAP_HEADER_BYTES, PcapReader, readPcapHeader } from './pcap-reader.ts';
import { Window } from './window.ts';

interface Variant {
  little: boolean;
  magic: number;
  minor: number;
  extraHeaderBytes: number;
}

const PLAIN: Variant = { little: true, magic: 0xa1b2c3d4, minor: 4, extraHeaderBytes: 0 };

/** A capture of link type 113 with these packets; of each the two words of its time, its bytes and its wire length. */
function capture(
  { little, magic, minor, extraHeaderBytes }: Variant,
  packets: [seconds: number, fraction: number, data: string, wireLength: number][],
): Buffer {
  const words = (...values: number[]) => {
    const bytes = Buffer.alloc(values.length * 4);
    values.forEach((value, i) => {
      if (little) bytes.writeUInt32LE(value, i * 4);
      else bytes.writeUInt32BE(value, i * 4);
    });
    return bytes;
  };
  const version = little ? words((minor << 16) | 2) : words((2 << 16) | minor);
  const records = packets.map(([seconds, fraction, data, wireLength]) =>
    Buffer.concat([
      words(seconds, fraction, data.length, wireLength),
      Buffer.alloc(extraHeaderBytes),
      Buffer.from(data),
    ]),
  );
  return Buffer.concat([words(magic), version, words(0, 0, 65_535, 113), ...records]);
}

/** Reads all that is in memory: time, link type, bytes and wire length of each packet; and the problem. */
function read(bytes: Buffer) {
  const window = new Window(new BlockPool());
  window.add(bytes);
  window.skip(PCAP_HEADER_BYTES);
  const reader = new PcapReader(readPcapHeader(bytes), window);
  const packet = newPacket();
  const packets: [number, number, string, number][] = [];
  while (reader.next(packet)) {
    const { time, linkType, block, offset, length, wireLength } = packet;
    packets.push([time, linkType, block.bytes.toString('latin1', offset, offset + length), wireLength]);
  }
  return { packets, problem: reader.problem, left: window.unfinished };
}

test('both byte orders, microseconds, nanoseconds and the modified format are read', () => {
  for (const little of [true, false]) {
    for (const [magic, fraction, extraHeaderBytes] of [
      [0xa1b2c3d4, 123_456, 0],
      [0xa1b23c4d, 123_456_000, 0],
      [0xa1b2cd34, 123_456, 8],
    ]) {
      const bytes = capture({ little, magic, minor: 4, extraHeaderBytes }, [
        [1_700_000_000, fraction, 'abc', 3],
        [0xffff_ffff, fraction, 'longer', 1514],
      ]);
      assert.deepEqual(read(bytes), {
        packets: [
          [1_700_000_000_123_456, 113, 'abc', 3],
          [4_294_967_295_123_456, 113, 'longer', 1514],
        ],
        problem: null,
        left: false,
      });
    }
  }
});

test('nanoseconds below a microsecond are kept as far as a double holds them', () => {
  const bytes = capture({ ...PLAIN, magic: 0xa1b23c4d }, [[1_700_000_000, 500, 'a', 1]]);
  assert.equal(read(bytes).packets[0][0], 1_700_000_000_000_000.5);
});

test('versions before 2.4 may have the two lengths in either order', () => {
  const bytes = capture({ ...PLAIN, minor: 3 }, [[1, 0, 'abc', 9]]);
  const swapped = Buffer.from(bytes);
  swapped.writeUInt32LE(9, PCAP_HEADER_BYTES + 8);
  swapped.writeUInt32LE(3, PCAP_HEADER_BYTES + 12);
  assert.deepEqual(read(swapped), read(bytes));
});

test('a wire length below the captured one is taken to be the captured one', () => {
  assert.equal(read(capture(PLAIN, [[1, 0, 'abc', 0]])).packets[0][3], 3);
});

test('a length that no capture has ends the reading there', () => {
  const bytes = capture(PLAIN, [
    [1, 0, 'abc', 3],
    [2, 0, 'def', 3],
  ]);
  const second = PCAP_HEADER_BYTES + 16 + 3;
  bytes.writeUInt32LE(MAX_PACKET_BYTES + 1, second + 8);
  const { packets, problem } = read(bytes);
  assert.equal(packets.length, 1);
  assert.equal(problem?.code, 'capture_damaged');
  assert.equal(problem?.offset, second);
  assert.match(problem?.message ?? '', /262145 bytes/);
});

test('cut at any byte, the whole packets before it are read', () => {
  const bytes = capture(PLAIN, [
    [1, 0, 'abc', 3],
    [2, 0, '', 0],
    [3, 0, 'def', 3],
  ]);
  const whole = read(bytes).packets;
  const ends = [PCAP_HEADER_BYTES, 43, 59, 78];
  assert.equal(bytes.length, ends[3]);
  for (let length = PCAP_HEADER_BYTES; length <= bytes.length; length++) {
    const { packets, problem, left } = read(bytes.subarray(0, length));
    assert.deepEqual(packets, whole.slice(0, ends.filter((end) => end <= length).length - 1));
    assert.equal(problem, null);
    assert.equal(left, !ends.includes(length));
  }
});

test('whatever bytes it has, a capture gives packets that lie within it', () => {
  const start = capture(PLAIN, []);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (noise, small) => {
      // Lengths that are small by chance are rare: every other time the upper bytes of all words are cleared.
      const body = Buffer.from(noise.map((byte, i) => (small && i % 4 !== 0 ? 0 : byte)));
      const total = read(Buffer.concat([start, body])).packets.reduce((sum, [, , data]) => sum + 16 + data.length, 0);
      assert.ok(total <= body.length);
    }),
  );
});
