import type { AnomalyCode } from '../base/anomaly.ts';
import type { Micros } from '../base/time.ts';
import type { Arrival } from '../stream/flow.ts';
import { ChunkFraming } from './chunk-framing.ts';
import { findHead, findHeadEnd } from './head-end.ts';
import { MAX_METHOD_LENGTH } from './limits.ts';
import type { MemoryBudget, MemoryHolder } from './memory-budget.ts';
import { PendingHead } from './pending-head.ts';
import { mayStartRequest, mayStartResponse, surelyStartsRequest, surelyStartsResponse } from './start-line.ts';

export type Role = 'request' | 'response';

/** How a message's body is delimited (RFC 9112 section 6.3). `tunnel`: from here on it is no HTTP of this connection. */
export type Framing = 'none' | 'length' | 'chunked' | 'until_close' | 'tunnel';

/** What a reader tells of the messages that it reads. */
export interface MessageSink {
  /**
   * A head. Answers how the body is framed, after it has set `reader.remaining` for `length`; null: it is no HTTP.
   * @param text the head as sent, latin-1; where `whole` is false only the start of it is known
   */
  head(reader: MessageReader, text: string, whole: boolean): Framing | null;
  body(reader: MessageReader, bytes: Buffer, start: number, end: number): void;
  /** Part of the body is missing. */
  bodyGap(reader: MessageReader): void;
  /** The message has ended. `complete`: whole, as far as its framing tells. */
  message(reader: MessageReader, complete: boolean): void;
  messageAnomaly(reader: MessageReader, code: AnomalyCode): void;
}

// States, in the order in which a message passes through them.
const START = 0;
const HEAD = 1;
const LENGTH = 2;
const CHUNK_FRAMING = 3;
const CHUNK_DATA = 4;
const UNTIL_CLOSE = 5;
/** What follows belongs to another protocol, or nothing follows. */
const OVER = 6;
/** Bytes that cannot be read; reading goes on where a packet surely begins a message. */
const LOST = 7;

const LF = 0x0a;
const CR = 0x0d;

/**
 * The HTTP/1 messages of one direction, from its bytes in order. What it tells does not depend on how the bytes were
 * cut into segments. It knows nothing of the other direction: how a response is framed, its sink decides.
 */
export class MessageReader implements MemoryHolder {
  readonly role: Role;
  readonly #sink: MessageSink;
  #state = START;

  /** Of the message being read: capture time, TTL and TCP sequence number of its first byte. */
  time: Micros = 0;
  ttl = 0;
  sequence = 0;
  /** Capture time of the last byte taken. */
  lastTime: Micros = 0;
  /** Bytes of the message so far, and of its body without framing. */
  bytes = 0;
  bodyBytes = 0;
  /** Bytes of the body or chunk that are still to come. */
  remaining = 0;
  /** Body bytes were missing. */
  #hasGap = false;

  readonly #pending: PendingHead;
  #isChecked = false;
  #isInTunnel = false;

  #chunks: ChunkFraming | null = null;

  constructor(role: Role, sink: MessageSink, headLimit: number, budget: MemoryBudget) {
    this.role = role;
    this.#sink = sink;
    this.#pending = new PendingHead(headLimit, budget, this);
  }

  data(bytes: Buffer, start: number, end: number, arrival: Arrival): void {
    this.lastTime = arrival.time;
    let at = start;
    while (at < end) {
      switch (this.#state) {
        case START:
          at = this.#start(bytes, at, end, start, arrival);
          break;
        case HEAD:
          at = this.#head(bytes, at, end);
          break;
        case LENGTH:
        case CHUNK_DATA:
          at = this.#body(bytes, at, end);
          break;
        case CHUNK_FRAMING:
          at = this.#chunkFraming(bytes, at, end);
          break;
        case UNTIL_CLOSE:
          this.#take(bytes, at, end);
          return;
        case LOST:
          at = this.#resynchronize(bytes, at, end, at === start);
          break;
        default:
          return;
      }
    }
  }

  /** `length` bytes were not captured. */
  gap(length: number, arrival: Arrival): void {
    this.lastTime = arrival.time;
    switch (this.#state) {
      case START:
        this.#state = LOST;
        return;
      case HEAD:
        this.bytes += length;
        this.#cutHead();
        return;
      case LENGTH:
      case CHUNK_DATA:
        this.#skipBody(length);
        return;
      case UNTIL_CLOSE:
        this.bytes += length;
        this.bodyBytes += length;
        this.#noteGap();
        return;
      case CHUNK_FRAMING:
        this.bytes += length;
        this.#noteGap();
        this.#lose();
        return;
      case LOST:
        this.bytes += length;
        return;
      default:
        return;
    }
  }

  /** No more bytes will come: `orderly` where the sender said so by FIN. */
  end(orderly: boolean): void {
    switch (this.#state) {
      case HEAD:
        this.#cutHead();
        this.#finish(false);
        break;
      case UNTIL_CLOSE:
        this.#finish(orderly && !this.#hasGap);
        break;
      case LENGTH:
      case CHUNK_FRAMING:
      case CHUNK_DATA:
        this.#sink.messageAnomaly(this, 'http_body_cut');
        this.#finish(false);
        break;
      case LOST:
        this.#finish(false);
        break;
      default:
        break;
    }
    this.#state = OVER;
  }

  /** What follows may be HTTP that begins anew, as after the answer to CONNECT, or anything else. */
  restartInTunnel(): void {
    this.#state = START;
    this.#isInTunnel = true;
  }

  /** Before a message: empty lines are passed over (RFC 9112 section 2.2). */
  #start(bytes: Buffer, from: number, end: number, segmentStart: number, arrival: Arrival): number {
    let at = from;
    while (at < end && (bytes[at] === CR || bytes[at] === LF)) at++;
    if (at > from && this.role === 'request') this.#sink.messageAnomaly(this, 'http_leading_empty_line');
    if (at === end) return end;
    this.time = arrival.time;
    this.ttl = arrival.ttl;
    this.sequence = (arrival.sequence + (at - segmentStart)) >>> 0;
    this.bytes = 0;
    this.bodyBytes = 0;
    this.#hasGap = false;
    this.#isChecked = false;
    this.#state = HEAD;
    return at;
  }

  #head(bytes: Buffer, at: number, end: number): number {
    if (this.#pending.length > 0) return this.#headContinued(bytes, at, end);
    if (!this.#mayStart(bytes, at, end)) {
      this.#isNotHttp();
      return end;
    }
    const text = findHead(bytes, at, end);
    if (text !== null) {
      this.bytes = text.length;
      this.#headFound(text);
      return at + text.length;
    }
    this.#isChecked = end - at > MAX_METHOD_LENGTH;
    if (this.#pending.add(bytes, at, end) < end - at) this.#headTooLong();
    return end;
  }

  #headContinued(bytes: Buffer, at: number, end: number): number {
    const pending = this.#pending;
    const before = pending.length;
    const taken = pending.add(bytes, at, end);
    if (!this.#isChecked) {
      if (!this.#mayStart(pending.bytes, 0, pending.length)) {
        this.#isNotHttp();
        return end;
      }
      this.#isChecked = pending.length > MAX_METHOD_LENGTH;
    }
    const headEnd = findHeadEnd(pending.bytes, Math.max(0, before - 2), pending.length);
    if (headEnd >= 0) {
      const text = pending.text(headEnd);
      pending.clear();
      this.bytes = headEnd;
      this.#headFound(text);
      return at + headEnd - before;
    }
    if (taken < end - at) this.#headTooLong();
    return at + taken;
  }

  /** The unfinished head takes memory that others need. */
  letGo(): void {
    this.#headTooLong();
  }

  #headTooLong(): void {
    this.#sink.messageAnomaly(this, 'http_head_limit');
    this.#cutHead();
  }

  #mayStart(bytes: Buffer, at: number, end: number): boolean {
    return this.role === 'request' ? mayStartRequest(bytes, at, end) : mayStartResponse(bytes, at, end);
  }

  #headFound(text: string): void {
    const lineEnd = text.indexOf('\n');
    if (text.charCodeAt(lineEnd - 1) !== CR) this.#sink.messageAnomaly(this, 'http_bare_lf');
    this.#enterBody(this.#sink.head(this, text, true));
  }

  /** A head of which only the start is known: what can be told of it is told, and the rest of the message is lost. */
  #cutHead(): void {
    const text = this.#pending.text();
    this.bytes += this.#pending.length;
    this.#pending.clear();
    if (this.#sink.head(this, text, false) !== null) {
      this.#sink.messageAnomaly(this, 'http_head_cut');
      this.#noteGap();
    }
    this.#lose();
  }

  #enterBody(framing: Framing | null): void {
    switch (framing) {
      case null:
        this.#isNotHttp();
        return;
      case 'none':
        this.#finish(true);
        return;
      case 'length':
        if (this.remaining === 0) this.#finish(true);
        else this.#state = LENGTH;
        return;
      case 'chunked':
        this.#chunks ??= new ChunkFraming();
        this.#chunks.begin();
        this.#state = CHUNK_FRAMING;
        return;
      case 'until_close':
        this.#state = UNTIL_CLOSE;
        return;
      case 'tunnel':
        this.#finish(true);
        return;
      default: {
        const unknown: never = framing;
        throw new Error(`framing ${String(unknown)}`);
      }
    }
  }

  #isNotHttp(): void {
    this.#pending.clear();
    if (this.#isInTunnel) {
      this.#state = OVER;
      return;
    }
    this.#sink.messageAnomaly(this, 'http_not_http');
    this.#lose();
  }

  #take(bytes: Buffer, start: number, end: number): void {
    this.bytes += end - start;
    this.bodyBytes += end - start;
    this.#sink.body(this, bytes, start, end);
  }

  #body(bytes: Buffer, at: number, end: number): number {
    const taken = Math.min(this.remaining, end - at);
    this.remaining -= taken;
    this.#take(bytes, at, at + taken);
    if (this.remaining === 0) this.#bodyTaken();
    return at + taken;
  }

  #bodyTaken(): void {
    if (this.#state === LENGTH) {
      this.#finish(!this.#hasGap);
    } else {
      this.#chunks?.endData();
      this.#state = CHUNK_FRAMING;
    }
  }

  #skipBody(length: number): void {
    const skipped = Math.min(length, this.remaining);
    this.remaining -= skipped;
    this.bytes += skipped;
    this.bodyBytes += skipped;
    this.#noteGap();
    if (this.remaining === 0) this.#bodyTaken();
    if (skipped < length) {
      if (this.#state === CHUNK_FRAMING) this.bytes += length - skipped;
      this.#lose();
    }
  }

  #chunkFraming(bytes: Buffer, from: number, end: number): number {
    const chunks = this.#chunks;
    if (chunks === null) return end;
    for (let at = from; at < end; at++) {
      this.bytes++;
      const step = chunks.take(bytes[at]);
      if (step === 'more') continue;
      if (step === 'bad') {
        this.#sink.messageAnomaly(this, 'http_bad_chunk');
        this.#noteGap();
        this.#lose();
        return end;
      }
      if (step === 'done') {
        this.#finish(!this.#hasGap);
      } else {
        this.remaining = chunks.size;
        this.#state = CHUNK_DATA;
      }
      return at + 1;
    }
    return end;
  }

  #noteGap(): void {
    if (this.#hasGap) return;
    this.#hasGap = true;
    this.#sink.bodyGap(this);
  }

  #lose(): void {
    this.#state = LOST;
  }

  /** Where a packet surely begins a message, what was lost ends. */
  #resynchronize(bytes: Buffer, at: number, end: number, isSegmentStart: boolean): number {
    const isSure =
      isSegmentStart &&
      (this.role === 'request' ? surelyStartsRequest(bytes, at, end) : surelyStartsResponse(bytes, at, end));
    if (!isSure) {
      this.bytes += end - at;
      return end;
    }
    this.#finish(false);
    this.#sink.messageAnomaly(this, 'http_resynchronized');
    return at;
  }

  #finish(complete: boolean): void {
    this.#state = START;
    this.#sink.message(this, complete);
  }
}
