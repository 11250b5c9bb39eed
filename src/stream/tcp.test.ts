import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { AnomalyCounter } from '../base/anomaly.ts';
import type { Block } from '../capture/packet.ts';
import { newSegment } from '../decode/new-segment.ts';
import { ACK, FIN, RST, type Segment, SYN, TCP } from '../decode/segment.ts';
import type { StreamLimits } from './limits.ts';
import { TcpReassembler } from './tcp.ts';

const CLIENT_ISN = 1000;
const SERVER_ISN = 5000;

/** What a consumer was told, a line an event: `0 data hello`, `1 gap 5`, `0 end`, `close reset`. */
class Trace {
  readonly lines: string[] = [];
  readonly anomalies = new AnomalyCounter();
  readonly tcp: TcpReassembler;
  time = 1e6;

  constructor(limits: Partial<StreamLimits> = {}) {
    this.tcp = new TcpReassembler({
      anomalies: this.anomalies,
      limits,
      open: () => ({
        data: (side, bytes, start, end, { sequence }) => {
          const last = this.lines.at(-1) ?? '';
          const text = bytes.toString('latin1', start, end);
          // Neighbouring pieces are one: how bytes were cut is of no interest.
          if (last.startsWith(`${side} data `)) this.lines[this.lines.length - 1] = last + text;
          else this.lines.push(`${side} data ${text}`);
          this.sequences.push(sequence);
        },
        gap: (side, length) => this.lines.push(`${side} gap ${length}`),
        end: (side) => this.lines.push(`${side} end`),
        close: (reason) => this.lines.push(`close ${reason}`),
        anomaly: () => {},
      }),
    });
  }

  readonly sequences: number[] = [];

  send(segment: Partial<Segment> & { text?: string; block?: Block }): void {
    const bytes = Buffer.from(segment.text ?? '', 'latin1');
    const { text: _text, ...fields } = segment;
    this.tcp.segment({
      ...newSegment(),
      protocol: TCP,
      ipVersion: 4,
      time: this.time,
      ttl: 64,
      flags: ACK,
      block: { bytes, generation: 0 },
      length: bytes.length,
      wireLength: bytes.length,
      ...fields,
    });
  }

  client(offset: number, text: string, fields: Partial<Segment> = {}): void {
    const acknowledgment = SERVER_ISN + 1;
    this.send({ ...CLIENT, sequence: (CLIENT_ISN + 1 + offset) >>> 0, acknowledgment, text, ...fields });
  }

  server(offset: number, text: string, fields: Partial<Segment> = {}): void {
    this.send({ ...SERVER, sequence: SERVER_ISN + 1 + offset, acknowledgment: CLIENT_ISN + 1, text, ...fields });
  }

  /** The server acknowledges `bytes` of the client. */
  acknowledge(bytes: number): void {
    this.server(0, '', { acknowledgment: CLIENT_ISN + 1 + bytes });
  }

  handshake(): this {
    this.send({ ...CLIENT, sequence: CLIENT_ISN, flags: SYN });
    this.send({ ...SERVER, sequence: SERVER_ISN, acknowledgment: CLIENT_ISN + 1, flags: SYN | ACK });
    this.client(0, '');
    return this;
  }

  pass(seconds: number): void {
    this.time += seconds * 1e6;
    this.tcp.tick(this.time);
  }
}

const CLIENT = { source3: 0x0a000001, destination3: 0x0a000002, sourcePort: 40_000, destinationPort: 80 };
const SERVER = { source3: 0x0a000002, destination3: 0x0a000001, sourcePort: 80, destinationPort: 40_000 };

function connected(limits: Partial<StreamLimits> = {}): Trace {
  return new Trace(limits).handshake();
}

describe('TCP reassembly', () => {
  it('hands on bytes in order, and the end after them', () => {
    const trace = connected();
    trace.client(0, 'hello ');
    trace.client(6, 'world', { flags: ACK | FIN });
    trace.server(0, 'bye', { acknowledgment: CLIENT_ISN + 13, flags: ACK | FIN });
    assert.deepEqual(trace.lines, ['0 data hello world', '0 end', '1 data bye', '1 end', 'close closed']);
    assert.deepEqual(trace.sequences, [CLIENT_ISN + 1, CLIENT_ISN + 7, SERVER_ISN + 1]);
  });

  it('puts segments into order, the one with FIN as well', () => {
    const trace = connected();
    trace.client(6, 'world', { flags: ACK | FIN });
    trace.client(3, 'lo ');
    assert.deepEqual(trace.lines, []);
    trace.client(0, 'hel');
    assert.deepEqual(trace.lines, ['0 data hello world', '0 end']);
  });

  it('passes over retransmissions, and over the part of one that is old', () => {
    const trace = connected();
    trace.client(0, 'hello');
    trace.client(0, 'hello');
    trace.client(3, 'lo world');
    assert.deepEqual(trace.lines, ['0 data hello world']);
    assert.deepEqual(trace.anomalies.entries(), []);
  });

  it('wraps at 2^32', () => {
    const trace = new Trace();
    trace.send({ ...CLIENT, sequence: 0xffff_fffc, flags: SYN });
    trace.send({ ...CLIENT, sequence: 0xffff_fffd, text: 'abcdef', flags: ACK });
    trace.send({ ...CLIENT, sequence: 3, text: 'ghi', flags: ACK });
    assert.deepEqual(trace.lines, ['0 data abcdefghi']);
    assert.deepEqual(trace.sequences, [0xffff_fffd, 3]);
  });

  it('takes data on a SYN', () => {
    const trace = new Trace();
    trace.send({ ...CLIENT, sequence: CLIENT_ISN, flags: SYN, text: 'early' });
    trace.client(5, ' bird');
    assert.deepEqual(trace.lines, ['0 data early bird']);
  });

  it('starts in the middle, and says so', () => {
    const trace = new Trace();
    trace.client(500, 'middle');
    trace.client(506, ' end');
    assert.deepEqual(trace.lines, ['0 data middle end']);
    assert.equal(trace.anomalies.count('tcp_midstream'), 1);
  });

  it('opens no flow for an acknowledgment, FIN or RST alone', () => {
    const trace = new Trace();
    trace.client(0, '');
    trace.client(0, '', { flags: ACK | FIN });
    trace.client(0, '', { flags: RST });
    assert.equal(trace.tcp.flows, 0);
  });
});

describe('overlapping segments', () => {
  it('a retransmission with other bytes is a conflict, and the first copy stays', () => {
    const trace = connected();
    trace.client(0, 'GET /good');
    trace.client(4, '/evil');
    assert.deepEqual(trace.lines, ['0 data GET /good']);
    assert.equal(trace.anomalies.count('tcp_overlap_conflict'), 1);
  });

  it('bytes that were acknowledged are not compared, since no receiver takes them', () => {
    const trace = connected();
    trace.client(0, 'GET /good');
    trace.acknowledge(9);
    trace.client(4, '/evil');
    assert.equal(trace.anomalies.count('tcp_overlap_conflict'), 0);
    assert.equal(trace.anomalies.count('tcp_overlap_not_compared'), 1);
  });

  it('a keep-alive probe is neither', () => {
    const trace = connected();
    trace.client(0, 'GET /good');
    trace.acknowledge(9);
    trace.client(8, '\0');
    assert.deepEqual(trace.anomalies.entries(), []);
  });

  it('bytes that the capture has overwritten are not compared', () => {
    const trace = connected();
    const block = { bytes: Buffer.from('hello'), generation: 1 };
    trace.client(0, '', { block, length: 5, wireLength: 5 });
    block.bytes.fill('x');
    block.generation = 2;
    trace.client(0, 'jello');
    assert.equal(trace.anomalies.count('tcp_overlap_conflict'), 0);
    assert.equal(trace.anomalies.count('tcp_overlap_not_compared'), 1);
  });

  it('further back than 16 KiB they are not compared', () => {
    const trace = connected();
    trace.client(0, 'a'.repeat(1000));
    for (let i = 1; i <= 20; i++) trace.client(i * 1000, 'b'.repeat(1000));
    trace.client(0, 'c'.repeat(1000));
    assert.equal(trace.anomalies.count('tcp_overlap_conflict'), 0);
    assert.equal(trace.anomalies.count('tcp_overlap_not_compared'), 1);
    trace.client(19_000, 'c'.repeat(1000));
    assert.equal(trace.anomalies.count('tcp_overlap_conflict'), 1);
  });

  // What tcp_data_queue_ofo of Linux does with segments out of order, each case after the first byte came last.
  const cases: [name: string, segments: [offset: number, text: string][], expected: string][] = [
    [
      'one within another is dropped',
      [
        [1, 'aaaaaa'],
        [2, 'bb'],
      ],
      'aaaaaa',
    ],
    [
      'one that starts earlier and covers another takes its place',
      [
        [2, 'aa'],
        [1, 'bbbbbb'],
      ],
      'bbbbbb',
    ],
    [
      'one with the same start that is longer takes its place',
      [
        [1, 'aaa'],
        [1, 'bbbbbb'],
      ],
      'bbbbbb',
    ],
    [
      'one with the same start that is not longer is dropped',
      [
        [1, 'aaa'],
        [1, 'bbb'],
      ],
      'aaa',
    ],
    [
      'at the end of one, that one stays',
      [
        [1, 'aaa'],
        [3, 'bbbb'],
      ],
      'aaabbb',
    ],
    [
      'at the start of one, the new one wins',
      [
        [3, 'aaaa'],
        [1, 'bbb'],
      ],
      'bbbaaa',
    ],
    [
      'over a hole between two',
      [
        [1, 'aa'],
        [5, 'cc'],
        [2, 'bbbb'],
      ],
      'aabbbc',
    ],
  ];
  for (const [name, segments, expected] of cases) {
    it(name, () => {
      const trace = connected();
      for (const [offset, text] of segments) trace.client(offset, text);
      trace.client(0, '.');
      assert.deepEqual(trace.lines, [`0 data .${expected}`]);
      assert.ok(trace.anomalies.count('tcp_overlap_conflict') > 0);
    });
  }
});

describe('holes', () => {
  it('become a gap when the receiver has acknowledged them and nothing comes for a second', () => {
    const trace = connected();
    trace.client(0, 'abc');
    trace.client(8, 'xyz');
    trace.acknowledge(11);
    assert.deepEqual(trace.lines, ['0 data abc']);
    trace.pass(1.5);
    assert.deepEqual(trace.lines, ['0 data abc', '0 gap 5', '0 data xyz']);
    assert.equal(trace.anomalies.count('tcp_gap'), 1);
  });

  it('or after many more segments', () => {
    const trace = connected();
    trace.client(0, 'abc');
    trace.client(8, 'x');
    trace.acknowledge(9);
    for (let i = 0; i < 70; i++) trace.client(9 + i, 'x');
    assert.deepEqual(trace.lines, ['0 data abc', '0 gap 5', `0 data ${'x'.repeat(71)}`]);
  });

  it('wait where the receiver has not acknowledged: the bytes will be sent again', () => {
    const trace = connected();
    trace.client(8, 'xyz');
    trace.pass(2);
    trace.client(0, 'abcdefgh');
    assert.deepEqual(trace.lines, ['0 data abcdefghxyz']);
  });

  it('hold the other side back, which answers bytes that were not seen yet', () => {
    const trace = connected();
    trace.server(0, 'answer', { acknowledgment: CLIENT_ISN + 1 + 8 });
    assert.deepEqual(trace.lines, []);
    trace.client(0, 'question');
    assert.deepEqual(trace.lines, ['0 data question', '1 data answer']);
  });

  it('that never fill let the other side go on, and bytes that come late are still taken', () => {
    const trace = connected();
    trace.server(0, 'answer', { acknowledgment: CLIENT_ISN + 1 + 8 });
    trace.pass(1.5);
    assert.deepEqual(trace.lines, ['1 data answer']);
    trace.client(0, 'question');
    assert.deepEqual(trace.lines, ['1 data answer', '0 data question']);
  });

  it('a packet that was cut has a gap behind it', () => {
    const trace = connected();
    trace.client(0, 'abc', { wireLength: 10 });
    trace.client(10, 'xyz');
    assert.deepEqual(trace.lines, ['0 data abc', '0 gap 7', '0 data xyz']);
  });

  it('in a capture of one direction need no acknowledgment', () => {
    const trace = new Trace();
    trace.send({ ...CLIENT, sequence: CLIENT_ISN, flags: SYN });
    trace.client(0, 'abc');
    trace.client(8, 'xyz');
    trace.pass(1.5);
    assert.deepEqual(trace.lines, ['0 data abc', '0 gap 5', '0 data xyz']);
  });

  it('are gaps at the end of the capture', () => {
    const trace = connected();
    trace.client(8, 'xyz');
    trace.tcp.finish();
    assert.deepEqual(trace.lines, ['0 gap 8', '0 data xyz', 'close capture_end']);
  });

  it('are gaps where too much waits behind them', () => {
    const trace = connected({ queuedBytesPerHalf: 100 });
    trace.client(8, 'x'.repeat(101));
    assert.deepEqual(trace.lines, ['0 gap 8', `0 data ${'x'.repeat(101)}`]);
    assert.equal(trace.anomalies.count('tcp_buffer_limit'), 1);
  });
});

describe('the end of a connection', () => {
  it('by RST, when nothing follows', () => {
    const trace = connected();
    trace.client(0, 'abc');
    trace.client(3, '', { flags: RST });
    trace.pass(1.5);
    assert.deepEqual(trace.lines, ['0 data abc', 'close reset']);
  });

  it('not by a RST that the receiver did not take', () => {
    const trace = connected();
    trace.client(0, '', { flags: RST });
    trace.client(0, 'abc');
    trace.pass(1.5);
    assert.deepEqual(trace.lines, ['0 data abc']);
  });

  it('not by a RST with another sequence number than the one expected', () => {
    const trace = connected();
    trace.client(0, 'abc');
    trace.client(100, '', { flags: RST });
    trace.pass(1.5);
    assert.deepEqual(trace.lines, ['0 data abc']);
  });

  it('not by what an older connection sets off: an acknowledgment of other bytes, and the RST that answers it', () => {
    const trace = new Trace();
    trace.send({ ...CLIENT, sequence: CLIENT_ISN, flags: SYN });
    trace.send({ ...SERVER, sequence: 77, acknowledgment: 2_000_000_000 });
    trace.send({ ...CLIENT, sequence: 2_000_000_000, flags: RST });
    trace.pass(3);
    trace.handshake();
    trace.client(0, 'abc');
    assert.deepEqual(trace.lines, ['0 data abc']);
  });

  it('not by RST and FIN that come before the SYN of the server', () => {
    const trace = new Trace();
    trace.send({ ...CLIENT, sequence: CLIENT_ISN, flags: SYN });
    trace.send({ ...SERVER, sequence: 77, acknowledgment: CLIENT_ISN + 1, flags: RST | ACK });
    trace.send({ ...SERVER, sequence: 77, acknowledgment: CLIENT_ISN + 1, flags: FIN | ACK });
    trace.handshake();
    trace.client(0, 'abc');
    trace.server(0, 'def', { acknowledgment: CLIENT_ISN + 4 });
    assert.deepEqual(trace.lines, ['0 data abc', '1 data def']);
  });

  it('by silence', () => {
    const trace = connected();
    trace.client(0, 'abc');
    trace.pass(302);
    assert.deepEqual(trace.lines, ['0 data abc', 'close idle']);
    assert.equal(trace.tcp.flows, 0);
  });

  it('late packets of an ended connection open no new one', () => {
    const trace = connected();
    trace.client(0, 'abc', { flags: ACK | FIN });
    trace.server(0, '', { acknowledgment: CLIENT_ISN + 5, flags: ACK | FIN });
    trace.client(0, 'abc', { flags: ACK | FIN });
    assert.deepEqual(trace.lines, ['0 data abc', '0 end', '1 end', 'close closed']);
    trace.pass(32);
    assert.equal(trace.tcp.flows, 0);
  });

  it('the same connection seen once more, as by another interface, is passed over', () => {
    const trace = connected();
    trace.client(0, 'abc', { flags: ACK | FIN });
    trace.server(0, '', { acknowledgment: CLIENT_ISN + 5, flags: ACK | FIN });
    const before = [...trace.lines];
    trace.handshake();
    trace.client(0, 'abc', { flags: ACK | FIN });
    assert.deepEqual(trace.lines, before);
  });
});

describe('ports used again', () => {
  const second = 900_000;

  it('by a connection that the server accepts', () => {
    const trace = connected();
    trace.client(0, 'old');
    trace.send({ ...CLIENT, sequence: second, flags: SYN });
    trace.send({ ...SERVER, sequence: 77, acknowledgment: second + 1, flags: SYN | ACK });
    trace.send({ ...CLIENT, sequence: second + 1, acknowledgment: 78, text: 'new' });
    assert.deepEqual(trace.lines, ['0 data old', 'close replaced', '1 data new']);
    assert.equal(trace.anomalies.count('tcp_port_reuse'), 1);
  });

  it('after the old one has ended', () => {
    const trace = connected();
    trace.client(0, 'old', { flags: ACK | FIN });
    trace.server(0, '', { acknowledgment: CLIENT_ISN + 5, flags: ACK | FIN });
    trace.send({ ...CLIENT, sequence: second, flags: SYN });
    trace.send({ ...CLIENT, sequence: second + 1, text: 'new' });
    assert.deepEqual(trace.lines.slice(-2), ['close closed', '0 data new']);
    assert.equal(trace.anomalies.count('tcp_port_reuse'), 0);
  });

  it('not by a SYN that someone forged', () => {
    const trace = connected();
    trace.send({ ...CLIENT, sequence: second, flags: SYN });
    trace.client(0, 'still here');
    assert.deepEqual(trace.lines, ['0 data still here']);
  });
});

describe('limits', () => {
  it('on connections: ended ones go first, then those idle longest', () => {
    const trace = new Trace({ flows: 4 });
    for (let i = 0; i < 10; i++) {
      trace.time += 1000;
      trace.send({ ...CLIENT, sourcePort: 40_000 + i, sequence: 1, flags: SYN });
    }
    assert.ok(trace.tcp.flows <= 4);
    assert.equal(trace.anomalies.count('tcp_flow_limit'), 6);
  });
});

describe('any segments at all', () => {
  const hostile = fc.record({
    isClient: fc.boolean(),
    offset: fc.oneof(fc.integer({ min: -20, max: 60 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 })),
    acknowledged: fc.oneof(fc.integer({ min: -5, max: 60 }), fc.integer({ min: -(2 ** 31), max: 2 ** 31 })),
    text: fc.string({ maxLength: 20 }),
    extra: fc.nat({ max: 5 }),
    flags: fc.nat({ max: 63 }),
    wait: fc.nat({ max: 2_000_000 }),
  });

  it('never throw, and never give more bytes than were sent', () => {
    fc.assert(
      fc.property(fc.array(hostile, { maxLength: 80 }), (segments) => {
        const trace = connected();
        let sent = 0;
        for (const { isClient, offset, acknowledged, text, extra, flags, wait } of segments) {
          trace.time += wait;
          trace.tcp.tick(trace.time);
          sent += text.length;
          const isn = isClient ? CLIENT_ISN : SERVER_ISN;
          const other = isClient ? SERVER_ISN : CLIENT_ISN;
          trace.send({
            ...(isClient ? CLIENT : SERVER),
            sequence: (isn + 1 + offset) >>> 0,
            acknowledgment: (other + 1 + acknowledged) >>> 0,
            text,
            wireLength: Buffer.byteLength(text, 'latin1') + extra,
            flags,
          });
        }
        trace.tcp.finish();
        const given = trace.lines
          .filter((entry) => /^\d data /.test(entry))
          .reduce((sum, entry) => sum + entry.length - '0 data '.length, 0);
        assert.ok(given <= sent);
        assert.equal(trace.tcp.flows, 0);
      }),
      { numRuns: 500 },
    );
  });
});
