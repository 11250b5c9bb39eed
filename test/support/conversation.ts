import { AnomalyCounter } from '../../src/base/anomaly.ts';
import { newSegment } from '../../src/decode/new-segment.ts';
import { ACK, FIN, RST, type Segment, SYN, TCP } from '../../src/decode/segment.ts';
import { HttpDecoder, type HttpDecoderOptions } from '../../src/http/decoder.ts';
import type { Transaction } from '../../src/http/transaction.ts';
import { TcpReassembler } from '../../src/stream/tcp.ts';

/** What one side sends at once. */
export interface Turn {
  readonly from: 'client' | 'server';
  readonly bytes: Buffer;
  readonly fin?: boolean;
  readonly rst?: boolean;
}

const CLIENT_ISN = 0xffff_ff00; // the sequence numbers wrap early
const SERVER_ISN = 7000;

/** Segments of a conversation: handshake, the turns cut by `cut`, each acknowledging all that the other side has sent. */
export function segmentsOf(turns: readonly Turn[], cut: (bytes: Buffer, turn: number) => Buffer[]): Segment[][] {
  let clientNext = (CLIENT_ISN + 1) >>> 0;
  let serverNext = SERVER_ISN + 1;
  let time = 1_000_000;
  const make = (from: Turn['from'], flags: number, bytes: Buffer): Segment => {
    const isClient = from === 'client';
    time += 100;
    return {
      ...newSegment(),
      time,
      protocol: TCP,
      ipVersion: 4,
      source3: isClient ? 0x0a000001 : 0x0a000002,
      destination3: isClient ? 0x0a000002 : 0x0a000001,
      sourcePort: isClient ? 40_000 : 80,
      destinationPort: isClient ? 80 : 40_000,
      ttl: 64,
      sequence: isClient ? clientNext : serverNext,
      acknowledgment: isClient ? serverNext : clientNext,
      flags,
      block: { bytes, generation: 0 },
      offset: 0,
      length: bytes.length,
      wireLength: bytes.length,
    };
  };
  const nothing = Buffer.alloc(0);
  const handshake = [
    { ...make('client', SYN, nothing), sequence: CLIENT_ISN, acknowledgment: 0 },
    { ...make('server', SYN | ACK, nothing), sequence: SERVER_ISN },
    make('client', ACK, nothing),
  ];
  const groups = turns.map((turn, index) => {
    const isClient = turn.from === 'client';
    const pieces = cut(turn.bytes, index);
    if (pieces.length === 0) pieces.push(nothing);
    return pieces.map((piece, position) => {
      const isLast = position === pieces.length - 1;
      const segment = make(turn.from, ACK | (isLast && turn.fin ? FIN : 0) | (isLast && turn.rst ? RST : 0), piece);
      const taken = piece.length + (isLast && turn.fin ? 1 : 0);
      if (isClient) clientNext = (clientNext + taken) >>> 0;
      else serverNext = (serverNext + taken) >>> 0;
      return segment;
    });
  });
  return [handshake, ...groups];
}

export interface Outcome {
  readonly transactions: Transaction[];
  readonly anomalies: AnomalyCounter;
}

/** Runs segments through reassembly and HTTP. */
export function run(segments: readonly Segment[], options: Partial<HttpDecoderOptions> = {}): Outcome {
  const transactions: Transaction[] = [];
  const anomalies = new AnomalyCounter();
  const http = new HttpDecoder({
    anomalies,
    policy: () => 0,
    onTransaction: (transaction) => transactions.push(transaction),
    ...options,
  });
  const tcp = new TcpReassembler({ anomalies, open: http.open });
  for (const segment of segments) {
    tcp.tick(segment.time);
    http.tick(segment.time);
    tcp.segment(segment);
  }
  tcp.finish();
  return { transactions, anomalies };
}

/** A transaction in one line: `GET /a 200`, then what is out of the ordinary. */
export function line(transaction: Transaction): string {
  const { request, response, ending, anomalies } = transaction;
  const parts = [request ? `${request.method} ${request.target}` : '-', response ? String(response.status) : '-'];
  if (request && request.bodyBytes > 0) parts.push(`sent=${request.bodyBytes}`);
  if (response && response.bodyBytes > 0) parts.push(`got=${response.bodyBytes}`);
  if (response?.body) parts.push(`body=${JSON.stringify(Buffer.from(response.body).toString())}`);
  if (request && !request.complete) parts.push('request-cut');
  if (response && !response.complete) parts.push('response-cut');
  if (ending !== 'answered') parts.push(ending);
  if (anomalies.length > 0) parts.push(`[${[...anomalies].sort().join(' ')}]`);
  return parts.join(' ');
}
