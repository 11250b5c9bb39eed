import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import zlib from 'node:zlib';
import { AnomalyCounter } from '../base/anomaly.ts';
import { hasZstd } from './decompress.ts';
import { BLOCK_BYTES, BLOCKS } from './limits.ts';
import { newPacket } from './new-packet.ts';
import { openCapture } from './open-capture.ts';
import { CaptureError } from './problem.ts';

const folder = mkdtempSync(join(tmpdir(), 'hoplimit-'));
after(() => rmSync(folder, { recursive: true }));

function file(name: string, bytes: Buffer | string): string {
  const path = join(folder, name);
  writeFileSync(path, bytes);
  return path;
}

/** A classic capture, little-endian, of Ethernet: one packet a second with these bytes. */
function pcap(packets: Buffer[]): Buffer {
  const header = Buffer.from('d4c3b2a1020004000000000000000000ffff000001000000', 'hex');
  const records = packets.map((data, i) => {
    const record = Buffer.alloc(16);
    for (const [at, word] of [i, 0, data.length, data.length].entries()) record.writeUInt32LE(word, at * 4);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([header, ...records]);
}

/** Packets that do not compress, each with its number in its first four bytes. */
function noise(count: number, length: number): Buffer[] {
  let state = 1;
  return Array.from({ length: count }, (_, number) => {
    const data = Buffer.alloc(length);
    for (let i = 0; i < length; i++) {
      state = (Math.imul(state, 1_103_515_245) + 12_345) | 0;
      data[i] = state >>> 24;
    }
    data.writeUInt32LE(number, 0);
    return data;
  });
}

async function read(path: string) {
  const anomalies = new AnomalyCounter();
  const source = await openCapture(path, { anomalies });
  const packet = newPacket();
  const packets: string[] = [];
  do {
    while (source.next(packet)) {
      packets.push(packet.block.bytes.toString('latin1', packet.offset, packet.offset + packet.length));
    }
  } while (await source.fill());
  assert.equal(await source.fill(), false);
  assert.equal(source.next(packet), false);
  return { packets, problems: source.problems, anomalies: anomalies.entries(), source };
}

/** The same; nothing where it cannot be opened as a capture. */
async function readIfCapture(path: string): Promise<Pick<Awaited<ReturnType<typeof read>>, 'packets' | 'problems'>> {
  try {
    return await read(path);
  } catch (error) {
    if (error instanceof CaptureError) return { packets: [], problems: [] };
    throw error;
  }
}

const small = pcap([Buffer.from('one'), Buffer.from(''), Buffer.from('three')]);
const wanted = ['one', '', 'three'];
const many = noise(4000, 300);
const manyTexts = many.map((data) => data.toString('latin1'));

test('a plain file is read, and how much of it', async () => {
  const { packets, problems, source } = await read(file('plain', small));
  assert.deepEqual(packets, wanted);
  assert.deepEqual(problems, []);
  assert.equal(source.bytesRead, small.length);
  assert.equal(source.totalBytes, small.length);
});

test('what is wrong with a truncated file is said once, and counted', async () => {
  const path = file('cut', small.subarray(0, -1));
  const { packets, problems, anomalies } = await read(path);
  assert.deepEqual(packets, wanted.slice(0, 2));
  const message = 'the capture ends in the middle of a record';
  assert.deepEqual(problems, [{ file: path, offset: 24 + 19 + 16, message, code: 'capture_truncated' }]);
  assert.deepEqual(anomalies, [['capture_truncated', 1]]);
});

test('what is wrong with a damaged file is said once, and counted', async () => {
  const bytes = Buffer.from(small);
  bytes.writeUInt32LE(0x7fff_ffff, 24 + 19 + 8);
  const { packets, problems, anomalies } = await read(file('damaged', bytes));
  assert.deepEqual(packets, wanted.slice(0, 1));
  assert.equal(problems.length, 1);
  assert.equal(problems[0].offset, 24 + 19);
  assert.deepEqual(anomalies, [['capture_damaged', 1]]);
});

test('a packet that lies across two blocks is whole', async () => {
  const packets = noise(Math.ceil((2.5 * BLOCK_BYTES) / 40_000), 40_000);
  const got = (await read(file('blocks', pcap(packets)))).packets;
  assert.deepEqual(
    got,
    packets.map((data) => data.toString('latin1')),
  );
});

test('the bytes of a packet stay while one more block is read, and their end shows in the generation', async () => {
  const length = 60_000;
  const packets = noise(Math.ceil((6 * BLOCK_BYTES) / length), length);
  const source = await openCapture(file('generations', pcap(packets)));
  const packet = newPacket();
  const handedOut: { block: typeof packet.block; generation: number; offset: number; number: number }[] = [];
  const blocks = new Set<typeof packet.block>();
  const check = () => {
    // A packet is gone only when BLOCKS - 1 further blocks have been begun.
    for (const { block, generation, offset, number } of handedOut.slice(-(1 + BLOCK_BYTES / length))) {
      assert.equal(block.generation, generation);
      assert.equal(block.bytes.readUInt32LE(offset), number);
    }
  };
  do {
    check();
    while (source.next(packet)) {
      const { block, offset } = packet;
      blocks.add(block);
      handedOut.push({ block, generation: block.generation, offset, number: handedOut.length });
    }
  } while (await source.fill());
  assert.equal(handedOut.length, packets.length);
  assert.equal(blocks.size, BLOCKS);
  assert.notEqual(handedOut[0].block.generation, handedOut[0].generation);
});

const compressions = [
  { name: 'gzip', compress: (bytes: Buffer) => zlib.gzipSync(bytes) },
  ...(hasZstd() ? [{ name: 'zstd', compress: (bytes: Buffer) => zlib.zstdCompressSync(bytes) }] : []),
];

for (const { name, compress } of compressions) {
  test(`${name} is seen by its first bytes, and read member by member`, async () => {
    const bytes = pcap(many);
    const cuts = [0, 10, 200_001, 200_002, bytes.length];
    const members = cuts.slice(1).map((end, i) => compress(bytes.subarray(cuts[i], end)));
    assert.deepEqual((await read(file('one', compress(bytes)))).packets, manyTexts);
    const { packets, problems, source } = await read(file('members', Buffer.concat(members)));
    assert.deepEqual(packets, manyTexts);
    assert.deepEqual(problems, []);
    assert.equal(source.bytesRead, source.totalBytes);
  });

  test(`of a truncated ${name} file all is read that can be, with one message`, async () => {
    const compressed = compress(pcap(many));
    const { packets, problems, anomalies } = await read(file('short', compressed.subarray(0, 700_000)));
    // Noise is stored as it is: what was there is what can be read, but for the last block of zstd (128 KiB at most).
    assert.ok(packets.length > (700_000 - 131_072) / 316 - 2);
    assert.deepEqual(packets, manyTexts.slice(0, packets.length));
    assert.equal(problems.length, 1);
    assert.equal(problems[0].message, `the ${name} data end too early`);
    assert.deepEqual(anomalies, [['capture_truncated', 1]]);
  });

  test(`of a damaged ${name} file what comes before is read, with one message`, async () => {
    const compressed = Buffer.concat([compress(pcap(many.slice(0, 3000))), Buffer.from('nothing of the kind')]);
    const { packets, problems, anomalies } = await read(file('damaged', compressed));
    assert.ok(packets.length >= 2900);
    assert.deepEqual(packets, manyTexts.slice(0, packets.length));
    assert.equal(problems.length, 1);
    assert.match(problems[0].message, new RegExp(`^the ${name} data are damaged \\(`));
    assert.deepEqual(anomalies, [['capture_damaged', 1]]);
  });

  test(`a ${name} file cut anywhere gives packets from its start, or an error that says why`, async () => {
    const whole = compress(small);
    for (let length = 0; length < whole.length; length++) {
      const { packets, problems } = await readIfCapture(file('cut', whole.subarray(0, length)));
      assert.deepEqual(packets, wanted.slice(0, packets.length));
      assert.ok(problems.length <= 1);
    }
  });

  test(`a ${name} file changed anywhere ends with at most one message`, async () => {
    const whole = compress(Buffer.concat([small, compress(small)]));
    for (let at = 0; at < whole.length; at++) {
      const changed = Buffer.from(whole);
      changed[at] ^= 0x55;
      assert.ok((await readIfCapture(file('changed', changed))).problems.length <= 1);
    }
  });

  test(`a ${name} file that expands hugely takes little memory`, async () => {
    // A pcapng block of 1 GiB that is passed over.
    const section = Buffer.from('0a0d0d0a1c0000004d3c2b1a01000000ffffffffffffffff1c000000', 'hex');
    const zeros = compress(Buffer.alloc(64 << 20));
    const block = Buffer.from('050000000c000040', 'hex');
    const path = file('bomb', Buffer.concat([compress(Buffer.concat([section, block])), ...Array(16).fill(zeros)]));
    const before = process.memoryUsage().arrayBuffers;
    const source = await openCapture(path);
    let most = 0;
    do {
      assert.equal(source.next(newPacket()), false);
      most = Math.max(most, process.memoryUsage().arrayBuffers - before);
    } while (await source.fill());
    assert.ok(most < 64 << 20, `${most} bytes`);
    assert.equal(source.problems[0].code, 'capture_truncated');
    await source.close();
  });
}

test('standard input is read as a file, as a pipe, and byte by byte', async () => {
  const script = `
    import { openCapture } from './open-capture.ts';
    import { newPacket } from './new-packet.ts';
    const source = await openCapture('-');
    const packet = newPacket();
    let count = 0;
    do while (source.next(packet)) count++; while (await source.fill());
    console.log(count, source.totalBytes, JSON.stringify(source.problems));`;
  const options = { cwd: fileURLToPath(new URL('.', import.meta.url)), encoding: 'utf8' } as const;
  const arguments_ = ['--input-type=module-typescript', '--eval', script];
  const command = `exec '${process.execPath}' "$@" < '${file('stdin', small)}'`;
  assert.equal(execFileSync('sh', ['-c', command, 'sh', ...arguments_], options), `3 ${small.length} []\n`);
  assert.equal(execFileSync(process.execPath, arguments_, { ...options, input: small }), '3 null []\n');

  const child = spawn(process.execPath, arguments_, { cwd: options.cwd, stdio: ['pipe', 'pipe', 'inherit'] });
  for (const byte of small.subarray(0, -1)) {
    child.stdin.write(Buffer.from([byte]));
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  child.stdin.end();
  let output = '';
  for await (const text of child.stdout.setEncoding('utf8')) output += text;
  assert.match(output, /^2 null \[{"file":"standard input","offset":59,.*"capture_truncated"}\]\n$/);
});

test('what is no capture is named', async () => {
  const cases: [name: string, bytes: Buffer | string, message: string | RegExp][] = [
    ['empty', '', 'an empty file'],
    ['text', 'GET / HTTP/1.1\r\n', 'a text file'],
    ['utf8', 'Grüße\n', 'a text file'],
    ['json', '  {"a": 1}', 'JSON'],
    ['elf', '\x7fELF\x02\x01\x01\x00', 'an ELF program or core file'],
    ['zip', 'PK\x03\x04\x00\x00', 'a ZIP archive; unpack it first'],
    ['snoop', 'snoop\0\0\0\0\0\0\x02', 'a Solaris snoop capture; editcap -F pcapng converts it'],
    ['tar', Buffer.concat([Buffer.from('a.pcap'), Buffer.alloc(251), Buffer.from('ustar\0')]), /^a tar archive/],
    ['zeros', Buffer.alloc(100), 'unknown data that start with 00 00 00 00 00 00 00 00'],
    ['header', small.subarray(0, 23), 'a classic capture that ends within its file header'],
    ['json.gz', zlib.gzipSync('[1]'), 'JSON, compressed with gzip'],
    ['twice.gz', zlib.gzipSync(zlib.gzipSync(small)), /^unknown data that start with 1f 8b/],
  ];
  for (const [name, bytes, message] of cases) {
    const path = file(name, bytes);
    await assert.rejects(openCapture(path), (error) => {
      assert.ok(error instanceof CaptureError);
      const prefix = `${path} is no pcap or pcapng capture, but `;
      assert.equal(error.message.slice(0, prefix.length), prefix);
      const rest = error.message.slice(prefix.length);
      if (typeof message === 'string') assert.equal(rest, message);
      else assert.match(rest, message);
      return true;
    });
  }
});

test('what cannot be opened or read is said in words', async () => {
  const version = Buffer.from(small);
  version.writeUInt16LE(3, 4);
  const cases: [path: string, message: RegExp][] = [
    [join(folder, 'missing'), /missing cannot be read: there is no such file$/],
    [folder, /is a folder; name the capture files in it$/],
    [file('version', version), /is a classic capture of version 3\.4; only version 2 is known$/],
    [file('cut.gz', zlib.gzipSync(small).subarray(0, 12)), /cannot be read: the gzip data end too early$/],
  ];
  for (const [path, message] of cases) await assert.rejects(openCapture(path), { name: 'CaptureError', message });
});
