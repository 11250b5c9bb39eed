import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { BlockPool } from './block-pool.ts';
import { MAX_INTERFACES } from './limits.ts';
import { newPacket } from './new-packet.ts';
import { PcapngReader } from './pcapng-reader.ts';
import { Window } from './window.ts';

/** Writes blocks in one byte order. */
class Section {
  readonly #little: boolean;

  constructor(little: boolean) {
    this.#little = little;
  }

  words(...values: number[]): Buffer {
    return Buffer.concat(values.map((value) => this.#number(value, 4)));
  }

  halves(...values: number[]): Buffer {
    return Buffer.concat(values.map((value) => this.#number(value, 2)));
  }

  block(type: number, ...body: Buffer[]): Buffer {
    const length = this.words(12 + body.reduce((sum, part) => sum + part.length, 0));
    return Buffer.concat([this.words(type), length, ...body, length]);
  }

  header(major = 1, minor = 0): Buffer {
    return this.block(
      0x0a0d0d0a,
      this.words(0x1a2b3c4d),
      this.halves(major, minor),
      this.words(0xffff_ffff, 0xffff_ffff),
    );
  }

  interface(linkType: number, snapLength: number, ...options: Buffer[]): Buffer {
    return this.block(1, this.halves(linkType, 0), this.words(snapLength), ...options);
  }

  option(code: number, value: Buffer): Buffer {
    return Buffer.concat([this.halves(code, value.length), padded(value)]);
  }

  /** An enhanced packet block. */
  packet(interfaceIndex: number, ticks: bigint, data: string, wireLength: number, ...options: Buffer[]): Buffer {
    const times = [Number(ticks >> 32n), Number(ticks & 0xffff_ffffn)];
    const fields = this.words(interfaceIndex, ...times, data.length, wireLength);
    return this.block(6, fields, padded(Buffer.from(data)), ...options);
  }

  #number(value: number, size: 2 | 4): Buffer {
    const bytes = Buffer.alloc(size);
    if (this.#little) bytes.writeUIntLE(value, 0, size);
    else bytes.writeUIntBE(value, 0, size);
    return bytes;
  }
}

function padded(bytes: Buffer): Buffer {
  return Buffer.concat([bytes, Buffer.alloc(-bytes.length & 3)]);
}

const END_OF_OPTIONS = Buffer.alloc(4);
const little = new Section(true);
const big = new Section(false);
const bothOrders = [little, big];
const TIME = 1_700_000_000_000_000n;

/** Reads all that is in memory: time, link type, interface, bytes and wire length of each packet; and the problem. */
function read(...blocks: Buffer[]) {
  const window = new Window(new BlockPool());
  window.add(Buffer.concat(blocks));
  const reader = new PcapngReader(window);
  const packet = newPacket();
  const packets: unknown[][] = [];
  const comments: string[][] = [];
  while (reader.next(packet)) {
    const { time, linkType, interfaceIndex, block, offset, length, wireLength } = packet;
    packets.push([time, linkType, interfaceIndex, block.bytes.toString('latin1', offset, offset + length), wireLength]);
    comments.push(reader.comments());
  }
  return { packets, comments, problem: reader.problem, left: window.unfinished };
}

function problemOf(...blocks: Buffer[]): string | undefined {
  return read(...blocks).problem?.message;
}

test('enhanced packets are read in both byte orders', () => {
  for (const s of bothOrders) {
    assert.deepEqual(read(s.header(), s.interface(1, 0), s.packet(0, TIME, 'abcde', 1514), s.packet(0, TIME, '', 0)), {
      packets: [
        [Number(TIME), 1, 0, 'abcde', 1514],
        [Number(TIME), 1, 0, '', 0],
      ],
      comments: [[], []],
      problem: null,
      left: false,
    });
  }
});

test('each interface has its own link type, resolution and offset of time', () => {
  for (const s of bothOrders) {
    const offset = Buffer.concat(s === little ? [s.words(3, 0)] : [s.words(0, 3)]);
    const { packets } = read(
      s.header(),
      s.interface(1, 0),
      s.interface(113, 0, s.option(9, Buffer.from([9])), END_OF_OPTIONS),
      s.interface(101, 0, s.option(9, Buffer.from([0x80 | 10])), s.option(14, offset), END_OF_OPTIONS),
      s.packet(2, 1024n * 5n + 512n, 'c', 1),
      s.packet(1, TIME * 1000n, 'b', 1),
      s.packet(0, TIME, 'a', 1),
    );
    assert.deepEqual(packets, [
      [8_500_000, 101, 2, 'c', 1],
      [Number(TIME), 113, 1, 'b', 1],
      [Number(TIME), 1, 0, 'a', 1],
    ]);
  }
});

test('sections may differ in byte order, and their interfaces are counted on', () => {
  const { packets, problem } = read(
    ...bothOrders.flatMap((s) => [s.header(1, 2), s.interface(1, 0), s.interface(1, 0), s.packet(1, TIME, 'a', 1)]),
  );
  assert.equal(problem, null);
  assert.deepEqual(
    packets.map(([, , interfaceIndex]) => interfaceIndex),
    [1, 3],
  );
});

test('a simple packet is cut to the snapshot length and has the time of the packet before', () => {
  for (const s of bothOrders) {
    const { packets } = read(
      s.header(),
      s.interface(1, 4),
      s.packet(0, TIME, 'a', 1),
      s.block(3, s.words(10), Buffer.from('abcd')),
      s.block(3, s.words(3), padded(Buffer.from('abc'))),
    );
    assert.deepEqual(packets.slice(1), [
      [Number(TIME), 1, 0, 'abcd', 10],
      [Number(TIME), 1, 0, 'abc', 3],
    ]);
  }
});

test('the obsolete packet block is read', () => {
  for (const s of bothOrders) {
    const time = s.words(Number(TIME >> 32n), Number(TIME & 0xffff_ffffn));
    const body = [s.halves(1, 7), time, s.words(3, 60), padded(Buffer.from('abc'))];
    const { packets } = read(s.header(), s.interface(1, 0), s.interface(113, 0), s.block(2, ...body));
    assert.deepEqual(packets, [[Number(TIME), 113, 1, 'abc', 60]]);
  }
});

test('comments of a packet are there until the next is read', () => {
  for (const s of bothOrders) {
    const options = [
      s.option(1, Buffer.from('first')),
      s.option(2, Buffer.alloc(4)),
      s.option(1, Buffer.from('zweite')),
    ];
    const { comments } = read(
      s.header(),
      s.interface(1, 0),
      s.packet(0, TIME, 'abc', 3, ...options, END_OF_OPTIONS),
      s.packet(0, TIME, 'abc', 3),
      s.packet(0, TIME, 'abc', 3, s.option(1, Buffer.from('no end of options'))),
      s.packet(0, TIME, 'abc', 3, s.halves(1, 500)),
    );
    assert.deepEqual(comments, [['first', 'zweite'], [], ['no end of options'], []]);
  }
});

test('blocks of other types are passed over, however long', () => {
  const long = little.block(5, Buffer.alloc(900_000));
  const { packets, problem, left } = read(
    little.header(),
    little.block(0x0000_0bad, Buffer.from('custom..')),
    little.interface(1, 0),
    long,
    little.packet(0, TIME, 'a', 1),
  );
  assert.equal(packets.length, 1);
  assert.equal(problem, null);
  assert.equal(left, false);
});

test('what cannot be right ends the reading, with the place and the reason', () => {
  const start = [little.header(), little.interface(1, 0)];
  const packet = little.packet(0, TIME, 'abc', 3);
  const broken = (offset: number, value: number, block = packet) => {
    const copy = Buffer.from(block);
    copy.writeUInt32LE(value, offset);
    return copy;
  };
  assert.equal(problemOf(...start, broken(4, 8)), 'a block of 8 bytes');
  assert.equal(problemOf(...start, broken(4, 38)), 'a block of 38 bytes');
  assert.equal(problemOf(...start, broken(4, 28)), 'a block of type 6 of 28 bytes');
  assert.equal(problemOf(...start, broken(4, 0xffff_fff0)), 'a block of type 6 of 4294967280 bytes');
  assert.equal(problemOf(...start, broken(packet.length - 4, 40)), 'a block of 36 bytes that ends as one of 40');
  assert.equal(problemOf(...start, broken(20, 5)), 'a packet of 5 bytes in a block of 36');
  assert.equal(problemOf(...start, broken(20, 0xffff_ffff)), 'a packet of 4294967295 bytes in a block of 36');
  assert.equal(problemOf(...start, broken(8, 1)), 'a packet of interface 1, of which there is no description');
  const simple = little.block(3, little.words(9), padded(Buffer.from('abc')));
  assert.equal(problemOf(little.header(), simple), 'a packet before the description of its interface');
  assert.equal(problemOf(...start, simple), 'a packet of 9 bytes in a block of 20');
  assert.equal(problemOf(little.header(2, 0)), 'a section of pcapng version 2.0');
  assert.equal(problemOf(broken(8, 7, little.header())), 'a section header without its byte-order magic');
  assert.equal(read(...start, packet, broken(4, 8)).problem?.offset, 28 + 20 + 36);
});

test('interfaces are limited in number', () => {
  const interfaces = Array.from({ length: MAX_INTERFACES + 1 }, () => little.interface(1, 0));
  assert.equal(problemOf(little.header(), Buffer.concat(interfaces)), 'more than 65536 interfaces');
});

test('cut at any byte, the whole packets before it are read', () => {
  for (const s of bothOrders) {
    const blocks = [s.header(), s.interface(1, 0), s.packet(0, TIME, 'abc', 3), s.block(5), s.packet(0, TIME, 'd', 1)];
    const bytes = Buffer.concat(blocks);
    const whole = read(bytes).packets;
    let end = 0;
    const ends = blocks.map((block) => (end += block.length));
    for (let length = 1; length <= bytes.length; length++) {
      const { packets, problem, left } = read(bytes.subarray(0, length));
      const count = length >= ends[4] ? 2 : length >= ends[2] ? 1 : 0;
      assert.deepEqual(packets, whole.slice(0, count));
      assert.equal(problem, null);
      assert.equal(left, !ends.includes(length));
    }
  }
});

test('with bytes changed at random, the packets lie within the capture and reading ends', () => {
  const bytes = Buffer.concat([
    little.header(),
    little.interface(1, 0, little.option(9, Buffer.from([9])), END_OF_OPTIONS),
    little.packet(0, TIME, 'abcdef', 6, little.option(1, Buffer.from('hello')), END_OF_OPTIONS),
    little.block(3, little.words(4), Buffer.from('abcd')),
    little.block(5, Buffer.alloc(8)),
    big.header(),
    big.interface(113, 0),
    big.packet(0, TIME, 'ghijkl', 6),
  ]);
  const change = fc.tuple(fc.nat(bytes.length - 1), fc.oneof(fc.nat(255), fc.nat(16)));
  fc.assert(
    fc.property(fc.array(change, { minLength: 1, maxLength: 6 }), (changes) => {
      const changed = Buffer.from(bytes);
      for (const [at, value] of changes) changed[at] = value;
      const { packets } = read(changed);
      const total = packets.reduce((sum, [, , , data]) => sum + 16 + String(data).length, 0);
      assert.ok(total <= bytes.length);
    }),
    { numRuns: 1000 },
  );
});
