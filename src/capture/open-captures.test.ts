import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import fc from 'fast-check';
import { AnomalyCounter } from '../base/anomaly.ts';
import { mergeSources } from './merge.ts';
import { NO_BLOCK, newPacket } from './new-packet.ts';
import { type CaptureSource, openCapture } from './open-capture.ts';
import { openCaptures } from './open-captures.ts';
import type { Packet, PacketSource } from './packet.ts';

const folder = mkdtempSync(join(tmpdir(), 'hoplimit-'));
after(() => rmSync(folder, { recursive: true }));

/** A classic capture, little-endian: a packet at each of these seconds, whose bytes are its name. */
function file(name: string, packets: [seconds: number, data: string][], cut = 0): string {
  const header = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
  const records = packets.map(([seconds, data]) => {
    const record = Buffer.alloc(16);
    for (const [at, word] of [seconds, 0, data.length, data.length].entries()) record.writeUInt32LE(word, at * 4);
    return Buffer.concat([record, Buffer.from(data)]);
  });
  const path = join(folder, name);
  const bytes = Buffer.concat([header, ...records]);
  writeFileSync(path, bytes.subarray(0, bytes.length - cut));
  return path;
}

async function namesOf(source: CaptureSource): Promise<string[]> {
  const packet = newPacket();
  const names: string[] = [];
  do {
    while (source.next(packet)) {
      names.push(packet.block.bytes.toString('latin1', packet.offset, packet.offset + packet.length));
    }
  } while (await source.fill());
  return names;
}

test('packets of several files come by time, those of equal times by the order of the files', async () => {
  const paths = [
    file('b', [
      [20, 'b20'],
      [30, 'b30'],
      [40, 'b40'],
    ]),
    file('a', [
      [10, 'a10'],
      [30, 'a30'],
    ]),
    file('later', [[100, 'later100']]),
    file('empty', []),
  ];
  const source = await openCaptures(paths);
  assert.deepEqual(await namesOf(source), ['a10', 'b20', 'b30', 'a30', 'b40', 'later100']);
  assert.equal(source.bytesRead, source.totalBytes);
  assert.deepEqual(source.problems, []);
});

test('a file whose own packets are out of order keeps its order', async () => {
  const paths = [
    file('x', [
      [10, 'x10'],
      [5, 'x5'],
      [30, 'x30'],
    ]),
    file('y', [
      [7, 'y7'],
      [20, 'y20'],
    ]),
  ];
  assert.deepEqual(await namesOf(await openCaptures(paths)), ['y7', 'x10', 'x5', 'y20', 'x30']);
});

test('a damaged file among others is reported, and the others read', async () => {
  const anomalies = new AnomalyCounter();
  const paths = [
    file(
      'cut',
      [
        [1, 'c1'],
        [9, 'c9'],
      ],
      1,
    ),
    file('whole', [[2, 'w2']]),
    file('nothing', [[3, 'n']], 1),
  ];
  const source = await openCaptures(paths, { anomalies });
  assert.deepEqual(await namesOf(source), ['c1', 'w2']);
  assert.deepEqual(source.problems.map(({ file }) => file).sort(), [paths[0], paths[2]]);
  assert.deepEqual(anomalies.entries(), [['capture_truncated', 2]]);
});

test('hundreds of files that follow each other are read one after the other', async () => {
  const names = Array.from({ length: 300 }, (_, i) => `roll${i}`);
  const paths = names.map((name, i) => file(name, [[i * 10, name]])).reverse();
  const before = process.memoryUsage().arrayBuffers;
  const source = await openCaptures(paths);
  assert.deepEqual(await namesOf(source), names);
  assert.ok(process.memoryUsage().arrayBuffers - before < 20 << 20);
});

test('closing closes all, and a file that is no capture leaves none open', async () => {
  const paths = [file('p', [[1, 'p']]), file('q', [[2, 'q']])];
  const source = await openCaptures(paths);
  await source.fill();
  await source.close();
  assert.equal(await source.fill(), false);
  assert.equal(source.next(newPacket()), false);
  await assert.rejects(openCaptures([...paths, join(folder, 'missing')]), { name: 'CaptureError' });
});

/** Gives packets at these times, `chunk` of them at a time; `interfaceIndex` is the place and `length` the number. */
function timesSource(times: number[], place: number, chunk: number): PacketSource {
  let given = 0;
  let there = 0;
  return {
    next(packet: Packet) {
      if (given === there) return false;
      Object.assign(packet, { time: times[given], interfaceIndex: place, length: given, block: NO_BLOCK });
      given++;
      return true;
    },
    async fill() {
      if (there === times.length) return false;
      there = Math.min(times.length, there + chunk);
      return true;
    },
    async close() {},
  };
}

test('merging agrees with choosing the least first packet, again and again', async () => {
  const sources = fc.array(fc.tuple(fc.array(fc.nat(9), { maxLength: 12 }), fc.integer({ min: 1, max: 4 })), {
    maxLength: 5,
  });
  await fc.assert(
    fc.asyncProperty(sources, async (sources) => {
      const merged = mergeSources(sources.map(([times, chunk], place) => timesSource(times, place, chunk)));
      const packet = newPacket();
      const got: number[][] = [];
      do {
        while (merged.next(packet)) got.push([packet.interfaceIndex, packet.length]);
      } while (await merged.fill());

      const wanted: number[][] = [];
      const at = sources.map(() => 0);
      for (;;) {
        const heads = sources.map(([times], place) => times[at[place]] ?? Number.POSITIVE_INFINITY);
        const place = heads.indexOf(Math.min(...heads));
        if (place < 0 || heads[place] === Number.POSITIVE_INFINITY) break;
        wanted.push([place, at[place]++]);
      }
      assert.deepEqual(got, wanted);
    }),
    { numRuns: 200 },
  );
});

test('comments are those of the capture whose packet came last', async () => {
  const hex = [
    '0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000',
    '01000000140000000100000000000000' + '14000000',
    '060000002c00000000000000000000008096980001000000010000006100000001000200686900002c000000',
  ];
  const path = join(folder, 'commented');
  writeFileSync(path, Buffer.from(hex.join(''), 'hex'));
  const source = await openCaptures([
    file('plain', [
      [1, 'p'],
      [20, 'p'],
    ]),
    path,
  ]);
  const packet = newPacket();
  const comments: string[][] = [];
  do {
    while (source.next(packet)) comments.push(source.comments());
  } while (await source.fill());
  assert.deepEqual(comments, [[], ['hi'], []]);
  await (await openCapture(path)).close();
});
