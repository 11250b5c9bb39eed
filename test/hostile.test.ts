import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AnomalyCounter } from '../src/base/anomaly.ts';
import type { Segment } from '../src/decode/segment.ts';
import { HttpEvent } from '../src/ecs/http-event.ts';
import { HttpDecoder } from '../src/http/decoder.ts';
import { MAX_UNCONFIRMED_ANSWERS } from '../src/http/limits.ts';
import { DocumentEvent } from '../src/ingest/document-event.ts';
import { redactDocument } from '../src/redact/document.ts';
import { TcpReassembler } from '../src/stream/tcp.ts';
import { run, segmentsOf, type Turn } from './support/conversation.ts';

const client = (text: string): Turn => ({ from: 'client', bytes: Buffer.from(text) });
const server = (text: string | Buffer): Turn => ({ from: 'server', bytes: Buffer.from(text) });
/** The ports of a segment, with another client's. */
const fromPort = ({ sourcePort, destinationPort }: Segment, port: number) =>
  sourcePort === 80 ? { sourcePort, destinationPort: port } : { sourcePort: port, destinationPort };
const whole = (bytes: Buffer) => [bytes];

test('Responses find their requests although more requests wait than are remembered', () => {
  const turns = [
    ...Array.from({ length: 1030 }, (_, index) => client(`GET /${index} HTTP/1.1\r\n\r\n`)),
    ...Array.from({ length: 1030 }, (_, index) => server(`HTTP/1.1 200 /${index}\r\nContent-Length: 0\r\n\r\n`)),
  ];
  const { transactions } = run(segmentsOf(turns, whole).flat());
  const answered = transactions.filter(({ request, response }) => request && response);
  assert.equal(answered.length, 1024);
  for (const { request, response } of answered) assert.equal(response?.phrase, request?.target);
});

test('Heads that many connections leave unfinished do not keep others from being read', () => {
  const limits = { pendingBytes: 8192 };
  const unfinished = Array.from({ length: 20 }, (_, index) =>
    segmentsOf([client(`GET / HTTP/1.1\r\nX: ${'y'.repeat(1500)}`)], whole)
      .flat()
      .map((segment) => ({ ...segment, ...fromPort(segment, 30_000 + index) })),
  ).flat();
  const theft = segmentsOf(
    [client('GET /latest/meta-data/'), client('iam/ HTTP/1.1\r\n\r\n'), server('HTTP/1.1 200 OK\r\n\r\n')],
    whole,
  ).flat();
  const { transactions, anomalies } = run([...unfinished, ...theft], { limits });
  const targets = transactions.filter(({ response }) => response !== null).map(({ request }) => request?.target);
  assert.deepEqual(targets, ['/latest/meta-data/iam/']);
  assert.ok(anomalies.count('http_head_limit') > 10);
});

test('Requests that nobody answers are held up to a limit on all connections', () => {
  const limits = { waitingBytes: 64 << 10 };
  const requests = Array.from({ length: 300 }, (_, index) => client(`GET /${index} HTTP/1.1\r\n\r\n`));
  let early = 0;
  const http = new HttpDecoder({
    anomalies: new AnomalyCounter(),
    policy: () => 0,
    limits,
    onTransaction: () => early++,
  });
  const tcp = new TcpReassembler({ anomalies: new AnomalyCounter(), open: http.open });
  for (const segment of segmentsOf(requests, whole).flat()) tcp.segment(segment);
  assert.ok(early > 200 && early < 300);
  tcp.finish();
  assert.equal(early, 300);
});

test('Answers that nobody acknowledges are held up to a limit', () => {
  const turns = Array.from({ length: MAX_UNCONFIRMED_ANSWERS + 100 }, () => [
    client('GET / HTTP/1.1\r\n\r\n'),
    server('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'),
  ]).flat();
  const segments = segmentsOf(turns, whole).flat();
  // The client acknowledges nothing but the server's SYN.
  for (const segment of segments) if (segment.destinationPort === 80) segment.acknowledgment = 7001;
  let early = 0;
  const http = new HttpDecoder({
    anomalies: new AnomalyCounter(),
    policy: () => 65_536,
    onTransaction: () => early++,
  });
  const tcp = new TcpReassembler({ anomalies: new AnomalyCounter(), open: http.open });
  for (const segment of segments) tcp.segment(segment);
  assert.equal(early, 100);
});

test('An event carries that a retransmission contradicts its request', () => {
  const [handshake, request, answer] = segmentsOf(
    [client('GET /a HTTP/1.1\r\n\r\n'), server('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n')],
    whole,
  );
  const other = Buffer.from('GET /b HTTP/1.1\r\n\r\n');
  const again = { ...request[0], block: { bytes: other, generation: 0 } };
  const { transactions } = run([...handshake, ...request, again, ...answer]);
  assert.deepEqual(new HttpEvent(transactions[0]).anomalies, ['tcp_overlap_conflict']);
});

test('Documents that are too deep or hold a huge text stop nobody', () => {
  const deep: unknown = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`);
  assert.equal(new DocumentEvent({ deep }).id.length, 32);
  for (const text of [`eyJaaaaa${'.'.repeat(4e6)}`, `x -a "${'a'.repeat(7.9e6)}`, 'QUJD'.repeat(1.9e6)]) {
    assert.equal(typeof redactDocument({ process: { command_line: text } }), 'object');
    assert.equal(typeof redactDocument({ message: text }), 'object');
  }
});
