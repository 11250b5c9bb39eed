import type { AnomalyCode } from '../base/anomaly.ts';
import type { Arrival, CloseReason, Flow, Side, StreamConsumer } from '../stream/flow.ts';
import { BodyCollector } from './body-collector.ts';
import { decodeContent } from './content-coding.ts';
import { endpointsOf } from './endpoints.ts';
import { Exchange, type ExchangeOwner, endingOf, type WaitingList } from './exchange.ts';
import { bodyLength } from './framing.ts';
import { MessageHead } from './head.ts';
import type { HttpLimits } from './limits.ts';
import type { MemoryBudget } from './memory-budget.ts';
import { type Framing, MessageReader, type MessageSink, type Role } from './message-reader.ts';
import {
  isHttp2Preface,
  isTlsRecord,
  mayStartRequest,
  parseCutRequestLine,
  parseRequestLine,
  parseStatusLine,
  surelyStartsRequest,
  surelyStartsResponse,
} from './start-line.ts';
import type { BodyPolicy, Endpoints, Transaction } from './transaction.ts';
import { isAcknowledged, type UnconfirmedAnswers } from './unconfirmed-answers.ts';

/** What all connections share. */
export interface ConnectionContext {
  readonly limits: HttpLimits;
  readonly policy: BodyPolicy;
  readonly waiting: WaitingList;
  readonly answers: UnconfirmedAnswers;
  /** For heads and bodies in the making. */
  readonly memory: MemoryBudget;
  /** Hands an exchange on, once. */
  emit(exchange: Exchange): void;
  count(code: AnomalyCode): void;
}

/**
 * HTTP/1 on one TCP connection: who asks and who answers, and which response belongs to which request. Responses come
 * in the order of their requests (RFC 9112 section 9.3.2); interim ones (1xx) are passed over.
 */
export class HttpConnection implements StreamConsumer, MessageSink, ExchangeOwner {
  readonly #flow: Flow;
  readonly #context: ConnectionContext;
  /** The side that asks; null until that is known. */
  #client: Side | null;
  /** Whether to go on trying where the first bytes are not HTTP. */
  readonly #isExpected: boolean;
  /** Null until there are bytes to read: most connections of a scan never send any. */
  #requests: MessageReader | null = null;
  #responses: MessageReader | null = null;
  #endpoints: Endpoints | null = null;

  /** Exchanges that have not been handed on; oldest first. */
  readonly #exchanges: Exchange[] = [];
  /** Methods of older requests that were handed on without their responses, which may still come. */
  readonly #givenUp: string[] = [];
  /** The exchange whose request, or response, is being read. */
  #asking: Exchange | null = null;
  #answering: Exchange | null = null;
  /** Anomalies met before the head of the message that they belong to. */
  #earlyOfRequest = NO_CODES;
  #earlyOfResponse = NO_CODES;

  /**
   * @param client the side that asks, where ports or handshake tell
   * @param isExpected the ports say HTTP: where the first bytes are not, later ones are tried again
   */
  constructor(flow: Flow, client: Side | null, isExpected: boolean, context: ConnectionContext) {
    this.#flow = flow;
    this.#client = client;
    this.#isExpected = isExpected;
    this.#context = context;
  }

  // What the stream tells.

  data(side: Side, bytes: Buffer, start: number, end: number, arrival: Arrival): void {
    if (this.#endpoints === null && !this.#begin(side, bytes, start, end)) return;
    if (!this.#context.answers.isEmpty) this.#context.answers.confirm(this.#flow, arrival.time);
    this.#reader(side).data(bytes, start, end, arrival);
  }

  gap(side: Side, length: number, arrival: Arrival): void {
    if (this.#client === null) return;
    this.#reader(side).gap(length, arrival);
  }

  end(side: Side, arrival: Arrival): void {
    if (this.#client === null) return;
    this.#reader(side).end(true);
    if (!this.#context.answers.isEmpty) this.#context.answers.confirm(this.#flow, arrival.time);
  }

  close(reason: CloseReason): void {
    this.#requests?.end(false);
    this.#responses?.end(false);
    this.#context.answers.end(this.#flow, reason !== 'capture_end');
    const ending = endingOf(reason);
    for (const exchange of this.#exchanges.splice(0)) {
      if (exchange.response === null) exchange.ending = ending;
      this.#emit(exchange);
    }
  }

  /** Of the stream; counted there. */
  anomaly(code: AnomalyCode): void {
    this.#note(this.#answering ? 'response' : 'request', code);
    // What contradicts bytes that were read already contradicts the exchange that they made.
    if (code === 'tcp_overlap_conflict') this.#exchanges.at(-1)?.addAnomaly(code);
  }

  #reader(side: Side): MessageReader {
    if (side === this.#client) {
      this.#requests ??= this.#newReader('request');
      return this.#requests;
    }
    this.#responses ??= this.#newReader('response');
    return this.#responses;
  }

  #newReader(role: Role): MessageReader {
    return new MessageReader(role, this, this.#context.limits.headBytes, this.#context.memory);
  }

  // What the readers tell.

  head(reader: MessageReader, text: string, whole: boolean): Framing | null {
    return reader.role === 'request' ? this.#requestHead(reader, text, whole) : this.#responseHead(reader, text, whole);
  }

  body(reader: MessageReader, bytes: Buffer, start: number, end: number): void {
    if (reader.role === 'response') this.#answering?.body?.add(bytes, start, end);
  }

  bodyGap(reader: MessageReader): void {
    if (reader.role === 'response') this.#answering?.body?.cut();
  }

  message(reader: MessageReader, complete: boolean): void {
    if (reader.role === 'request') this.#requestRead(reader, complete);
    else this.#responseRead(reader, complete);
  }

  messageAnomaly(reader: MessageReader, code: AnomalyCode): void {
    this.#context.count(code);
    this.#note(reader.role, code);
  }

  // Who asks, and whether this is HTTP at all.

  /** The first bytes. False: they do not tell, or nobody will want this connection. */
  #begin(side: Side, bytes: Buffer, start: number, end: number): boolean {
    if (isTlsRecord(bytes, start, end)) {
      this.#flow.consumer = null;
      return false;
    }
    if (this.#client === null) {
      if (surelyStartsRequest(bytes, start, end)) this.#client = side;
      else if (surelyStartsResponse(bytes, start, end)) this.#client = side === 0 ? 1 : 0;
      else {
        if (!this.#isExpected) this.#flow.consumer = null;
        return false;
      }
    }
    if (!this.#isExpected && side === this.#client && !mayStartRequest(bytes, start, end)) {
      this.#flow.consumer = null;
      return false;
    }
    this.#endpoints = endpointsOf(this.#flow, this.#client);
    return true;
  }

  #knownEndpoints(): Endpoints {
    this.#endpoints ??= endpointsOf(this.#flow, this.#client ?? 0);
    return this.#endpoints;
  }

  // Requests.

  #requestHead(reader: MessageReader, text: string, whole: boolean): Framing | null {
    const line = whole ? parseRequestLine(text) : parseCutRequestLine(text);
    if (line === null || isHttp2Preface(line)) return null;
    const exchange = new Exchange(this, this.#knownEndpoints(), {
      method: line.method,
      target: line.target,
      version: line.version,
      head: new MessageHead(text),
      sequence: reader.sequence,
      time: reader.time,
      endTime: reader.lastTime,
      bytes: reader.bytes,
      bodyBytes: 0,
      complete: false,
    });
    this.#asking = exchange;
    for (const code of this.#earlyOfRequest) exchange.addAnomaly(code);
    this.#earlyOfRequest = NO_CODES;
    if (!line.strict) this.messageAnomaly(reader, 'http_bad_request_line');
    this.#enqueue(exchange);
    if (!whole) return 'none';
    const length = this.#bodyLength(reader, text);
    if (length === 'chunked') return 'chunked';
    if (length <= 0) return 'none';
    reader.remaining = length;
    return 'length';
  }

  #enqueue(exchange: Exchange): void {
    const { limits, waiting } = this.#context;
    if (this.#exchanges.length >= limits.pipelinedRequests) this.#overLimit(this.#exchanges[0]);
    this.#exchanges.push(exchange);
    waiting.add(exchange);
    while (waiting.bytes > limits.waitingBytes && waiting.first !== null) this.#overLimit(waiting.first);
  }

  #overLimit(exchange: Exchange): void {
    this.#context.count('http_pipeline_limit');
    exchange.addAnomaly('http_pipeline_limit');
    exchange.owner.giveUp(exchange, 'gap');
  }

  giveUp(exchange: Exchange, ending: Transaction['ending']): void {
    this.#remove(exchange);
    // One whose response is being read is handed on at its end.
    if (exchange.response !== null) return;
    exchange.ending = ending;
    this.#givenUp.push(exchange.method ?? '');
    if (this.#givenUp.length > this.#context.limits.givenUpRequests) this.#givenUp.shift();
    this.#emit(exchange);
  }

  #requestRead(reader: MessageReader, complete: boolean): void {
    const exchange = this.#asking;
    this.#asking = null;
    if (!exchange?.request || exchange.isEmitted) return;
    exchange.request.bytes = reader.bytes;
    exchange.request.bodyBytes = reader.bodyBytes;
    exchange.request.endTime = reader.lastTime;
    exchange.request.complete = complete;
    exchange.isRequestOpen = false;
    if (exchange.isAnswered) this.#complete(exchange);
  }

  // Responses.

  #responseHead(reader: MessageReader, text: string, whole: boolean): Framing | null {
    const line = parseStatusLine(text);
    if (line === null) return null;
    if (line.status < 200 && line.status !== 101) return 'none';
    const exchange = this.#awaiting();
    for (const code of this.#earlyOfResponse) exchange.addAnomaly(code);
    this.#earlyOfResponse = NO_CODES;
    const response = {
      status: line.status,
      phrase: line.phrase,
      version: line.version,
      head: new MessageHead(text),
      ttl: reader.ttl,
      time: reader.time,
      endTime: reader.lastTime,
      bytes: reader.bytes,
      bodyBytes: 0,
      complete: false,
      body: null,
      bodyWhole: false,
    };
    exchange.response = response;
    this.#answering = exchange;
    this.#context.waiting.remove(exchange);
    if (!exchange.isEmitted) {
      const keep = this.#context.policy(exchange.endpoints, exchange.request, response);
      if (keep > 0) {
        exchange.body = new BodyCollector(keep, this.#context.memory);
        exchange.isDeliveryWatched = true;
        exchange.answerSide = this.#client === 0 ? 1 : 0;
        exchange.answerSequence = reader.sequence;
      }
    }
    return whole ? this.#responseFraming(reader, text, line.status, exchange) : 'none';
  }

  /** The exchange that the next response belongs to; a new one where its request was not seen or was given up. */
  #awaiting(): Exchange {
    if (this.#givenUp.length > 0) return this.#late();
    const waiting = this.#exchanges.find((exchange) => exchange.response === null);
    if (waiting !== undefined) return waiting;
    const orphan = new Exchange(this, this.#knownEndpoints(), null);
    this.#context.count('http_response_without_request');
    orphan.addAnomaly('http_response_without_request');
    this.#exchanges.push(orphan);
    return orphan;
  }

  /** For a response that comes after its request was handed on: it is read and told to nobody. */
  #late(): Exchange {
    this.#context.count('http_late_response');
    const late = new Exchange(this, this.#knownEndpoints(), null);
    late.method = this.#givenUp.shift();
    late.isEmitted = true;
    return late;
  }

  /** RFC 9112 section 6.3. */
  #responseFraming(reader: MessageReader, text: string, status: number, exchange: Exchange): Framing {
    const { method } = exchange;
    if (status === 101 || (method === 'CONNECT' && status >= 200 && status < 300)) return 'tunnel';
    if (method === 'HEAD' || status === 204 || status === 304) return 'none';
    const length = this.#bodyLength(reader, text);
    if (length === 'chunked') return 'chunked';
    if (length < 0) return 'until_close';
    reader.remaining = length;
    return 'length';
  }

  #responseRead(reader: MessageReader, complete: boolean): void {
    const exchange = this.#answering;
    this.#answering = null;
    const response = exchange?.response;
    if (!exchange || !response) return;
    response.bytes = reader.bytes;
    response.bodyBytes = reader.bodyBytes;
    response.endTime = reader.lastTime;
    response.complete = complete;
    if (exchange.body) this.#decodeBody(exchange, exchange.body, complete);
    exchange.isAnswered = true;
    if (isTunnel(exchange)) this.#tunnel();
    if (!exchange.isRequestOpen) this.#complete(exchange);
  }

  #decodeBody(exchange: Exchange, collector: BodyCollector, complete: boolean): void {
    const response = exchange.response;
    exchange.body = null;
    if (!response) return;
    const raw = collector.release();
    const whole = complete && collector.whole;
    const coding = response.head.get('content-encoding');
    if (coding === undefined) {
      response.body = raw;
      response.bodyWhole = whole;
      return;
    }
    const keep = this.#context.policy(exchange.endpoints, exchange.request, response);
    const decoded = decodeContent(raw, coding, whole, keep);
    if (decoded.bad) {
      this.#context.count('http_bad_content_coding');
      exchange.addAnomaly('http_bad_content_coding');
    }
    response.body = decoded.bytes;
    response.bodyWhole = decoded.whole;
  }

  /** After CONNECT or an upgrade: what follows may be HTTP again, as through a proxy without TLS. */
  #tunnel(): void {
    this.#requests?.restartInTunnel();
    this.#responses?.restartInTunnel();
  }

  /** -1: the head does not say. */
  #bodyLength(reader: MessageReader, text: string): number | 'chunked' {
    const { chunked, length, anomalies } = bodyLength(text);
    for (const code of anomalies) this.messageAnomaly(reader, code);
    return chunked ? 'chunked' : length;
  }

  // Handing on.

  #complete(exchange: Exchange): void {
    this.#remove(exchange);
    if (!exchange.isDeliveryWatched || isAcknowledged(this.#flow, exchange)) this.#emit(exchange);
    else this.#context.answers.hold(this.#flow, exchange);
  }

  #remove(exchange: Exchange): void {
    const index = this.#exchanges.indexOf(exchange);
    if (index === 0) this.#exchanges.shift();
    else if (index > 0) this.#exchanges.splice(index, 1);
  }

  #emit(exchange: Exchange): void {
    this.#context.waiting.remove(exchange);
    this.#context.emit(exchange);
  }

  /** Of the message that is being read, or else of the next one. */
  #note(role: Role, code: AnomalyCode): void {
    const exchange = role === 'request' ? this.#asking : this.#answering;
    if (exchange) exchange.addAnomaly(code);
    else if (role === 'request') this.#earlyOfRequest = [...new Set([...this.#earlyOfRequest, code])];
    else this.#earlyOfResponse = [...new Set([...this.#earlyOfResponse, code])];
  }
}

const NO_CODES: readonly AnomalyCode[] = [];

function isTunnel(exchange: Exchange): boolean {
  const status = exchange.response?.status ?? 0;
  return status === 101 || (exchange.method === 'CONNECT' && status >= 200 && status < 300);
}
