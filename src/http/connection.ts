import type { AnomalyCode } from '../base/anomaly.ts';
import type { Arrival, CloseReason, Flow, Side, StreamConsumer } from '../stream/flow.ts';
import { BodyCollector } from './body-collector.ts';
import { decodeContent } from './content-coding.ts';
import { endpointsOf } from './endpoints.ts';
import { Exchange, type WaitingList } from './exchange.ts';
import { bodyLength } from './framing.ts';
import { MessageHead } from './head.ts';
import type { HttpLimits } from './limits.ts';
import type { MemoryBudget } from './memory-budget.ts';
import { type Framing, MessageReader, type MessageSink, type Role } from './message-reader.ts';
import {
  isHttp2Preface,
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
export class HttpConnection implements StreamConsumer, MessageSink {
  readonly #flow: Flow;
  readonly #context: ConnectionContext;
  /** The side that asks; null until that is known. */
  #client: Side | null;
  /** Whether to go on trying where the first bytes are not HTTP. */
  readonly #isExpected: boolean;
  readonly #requests: MessageReader;
  readonly #responses: MessageReader;
  #endpoints: Endpoints | null = null;

  /** Exchanges that have not been handed on, or whose response may still come; oldest first. */
  readonly #exchanges: Exchange[] = [];
  /** The exchange whose request, or response, is being read. */
  #asking: Exchange | null = null;
  #answering: Exchange | null = null;
  /** Anomalies met before the head of the message that they belong to. */
  #earlyOfRequest = NO_CODES;
  #earlyOfResponse = NO_CODES;

  /**
   * @param client the side that asks, where ports or handshake tell
   * @param isExpected the ports say HTTP: bytes that are not are an anomaly, and later ones are tried again
   */
  constructor(flow: Flow, client: Side | null, isExpected: boolean, context: ConnectionContext) {
    this.#flow = flow;
    this.#client = client;
    this.#isExpected = isExpected;
    this.#context = context;
    this.#requests = new MessageReader('request', this, context.limits.headBytes, context.memory);
    this.#responses = new MessageReader('response', this, context.limits.headBytes, context.memory);
  }

  // What the stream tells.

  data(side: Side, bytes: Buffer, start: number, end: number, arrival: Arrival): void {
    if (this.#endpoints === null && !this.#begin(side, bytes, start, end)) return;
    if (!this.#context.answers.isEmpty) this.#context.answers.confirm(this.#flow, arrival.time);
    const reader = side === this.#client ? this.#requests : this.#responses;
    reader.data(bytes, start, end, arrival);
  }

  gap(side: Side, length: number, arrival: Arrival): void {
    if (this.#client === null) return;
    const reader = side === this.#client ? this.#requests : this.#responses;
    reader.gap(length, arrival);
  }

  end(side: Side, arrival: Arrival): void {
    if (this.#client === null) return;
    const reader = side === this.#client ? this.#requests : this.#responses;
    reader.end(true);
    if (!this.#context.answers.isEmpty) this.#context.answers.confirm(this.#flow, arrival.time);
  }

  close(reason: CloseReason): void {
    this.#requests.end(false);
    this.#responses.end(false);
    this.#context.answers.end(this.#flow, reason !== 'capture_end');
    const ending = endingOf(reason);
    for (const exchange of this.#exchanges.splice(0)) {
      if (exchange.isEmitted) continue;
      if (exchange.response === null) exchange.ending = ending;
      this.#emit(exchange);
    }
  }

  /** Of the stream; counted there. */
  anomaly(code: AnomalyCode): void {
    this.#note(this.#answering ? 'response' : 'request', code);
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
    if (isTls(bytes, start, end)) {
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
    const exchange = new Exchange(this.#knownEndpoints(), {
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
    if (this.#exchanges.length >= this.#context.limits.pipelinedRequests) {
      const oldest = this.#exchanges.shift();
      this.#context.count('http_pipeline_limit');
      if (oldest && !oldest.isEmitted) {
        oldest.addAnomaly('http_pipeline_limit');
        oldest.ending = 'gap';
        this.#emit(oldest);
      }
    }
    this.#exchanges.push(exchange);
    this.#context.waiting.add(exchange);
  }

  #requestRead(reader: MessageReader, complete: boolean): void {
    const exchange = this.#asking;
    this.#asking = null;
    if (!exchange?.request) return;
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

  /** The exchange that the next response belongs to; a new one where its request was not seen, or was given up. */
  #awaiting(): Exchange {
    for (let index = 0; index < this.#exchanges.length; index++) {
      const exchange = this.#exchanges[index];
      if (exchange.response !== null) continue;
      if (!exchange.isEmitted) return exchange;
      // What has been handed on changes no more.
      this.#context.count('http_late_response');
      const late = new Exchange(exchange.endpoints, exchange.request);
      late.isEmitted = true;
      late.isRequestOpen = false;
      this.#exchanges[index] = late;
      return late;
    }
    const orphan = new Exchange(this.#knownEndpoints(), null);
    this.#context.count('http_response_without_request');
    orphan.addAnomaly('http_response_without_request');
    this.#exchanges.push(orphan);
    return orphan;
  }

  /** RFC 9112 section 6.3. */
  #responseFraming(reader: MessageReader, text: string, status: number, exchange: Exchange): Framing {
    const method = exchange.request?.method;
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
    this.#requests.restartInTunnel();
    this.#responses.restartInTunnel();
  }

  /** -1: the head does not say. */
  #bodyLength(reader: MessageReader, text: string): number | 'chunked' {
    const { chunked, length, anomalies } = bodyLength(text);
    for (const code of anomalies) this.messageAnomaly(reader, code);
    return chunked ? 'chunked' : length;
  }

  // Handing on.

  #complete(exchange: Exchange): void {
    if (this.#exchanges[0] === exchange) this.#exchanges.shift();
    else this.#exchanges.splice(this.#exchanges.indexOf(exchange), 1);
    if (!exchange.isDeliveryWatched || isAcknowledged(this.#flow, exchange)) this.#emit(exchange);
    else this.#context.answers.hold(this.#flow, exchange);
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
  return status === 101 || (exchange.request?.method === 'CONNECT' && status >= 200 && status < 300);
}

function endingOf(reason: CloseReason): Transaction['ending'] {
  switch (reason) {
    case 'reset':
      return 'reset';
    case 'closed':
    case 'replaced':
      return 'closed';
    case 'idle':
      return 'timeout';
    case 'capture_end':
      return 'capture_end';
    case 'limit':
      return 'gap';
    default: {
      const unknown: never = reason;
      throw new Error(`close reason ${String(unknown)}`);
    }
  }
}

/** A TLS record: handshake or alert, version 3.x (RFC 8446 section 5.1). */
function isTls(bytes: Buffer, start: number, end: number): boolean {
  return end - start >= 3 && (bytes[start] === 0x16 || bytes[start] === 0x15) && bytes[start + 1] === 3;
}
