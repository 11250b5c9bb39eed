import type { AnomalyCode } from '../base/anomaly.ts';
import type { CloseReason, Side } from '../stream/flow.ts';
import type { BodyCollector } from './body-collector.ts';
import type { Endpoints, Request, Response, Transaction } from './transaction.ts';

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

const NONE: readonly AnomalyCode[] = [];

/** A transaction in the making. */
export class Exchange implements Transaction {
  readonly endpoints: Endpoints;
  readonly request: Mutable<Request> | null;
  response: Mutable<Response> | null = null;
  ending: Transaction['ending'] = 'answered';
  anomalies: readonly AnomalyCode[] = NONE;

  /** Of the request; undefined without one. */
  method: string | undefined;
  /** The request's body is still being read. */
  isRequestOpen: boolean;
  /** The response has been read to its end. */
  isAnswered = false;
  /** It has been handed on, and changes no more. */
  isEmitted = false;
  body: BodyCollector | null = null;
  /** Whether the answer arrived matters: it is held until its receiver has acknowledged its first bytes. */
  isDeliveryWatched = false;
  /** Who answers. */
  answerSide: Side = 0;
  /** TCP sequence number of the answer's first byte. */
  answerSequence = 0;

  /** Neighbours in the list of those that await their response. */
  previous: Exchange | null = null;
  next: Exchange | null = null;

  /** The connection that it belongs to. */
  readonly owner: ExchangeOwner;

  constructor(owner: ExchangeOwner, endpoints: Endpoints, request: Request | null) {
    this.owner = owner;
    this.endpoints = endpoints;
    this.request = request;
    this.method = request?.method;
    this.isRequestOpen = request !== null;
  }

  addAnomaly(code: AnomalyCode): void {
    if (this.anomalies.includes(code)) return;
    this.anomalies = [...this.anomalies, code];
  }
}

export interface ExchangeOwner {
  /** Hands the exchange on without its response. One that still comes is passed over. */
  giveUp(exchange: Exchange, ending: Transaction['ending']): void;
}

/** Bytes that an exchange takes beside the text of its head; an estimate. */
const EXCHANGE_BYTES = 1024;

/** Exchanges that await the start of their response, oldest first. */
export class WaitingList {
  first: Exchange | null = null;
  #last: Exchange | null = null;
  /** What they take in memory. */
  bytes = 0;

  add(exchange: Exchange): void {
    this.bytes += sizeOf(exchange);
    exchange.previous = this.#last;
    if (this.#last === null) this.first = exchange;
    else this.#last.next = exchange;
    this.#last = exchange;
  }

  /** Does nothing where the exchange is not in the list. */
  remove(exchange: Exchange): void {
    const { previous, next } = exchange;
    if (previous === null && this.first !== exchange) return;
    this.bytes -= sizeOf(exchange);
    if (previous === null) this.first = next;
    else previous.next = next;
    if (next === null) this.#last = previous;
    else next.previous = previous;
    exchange.previous = null;
    exchange.next = null;
  }
}

function sizeOf({ request }: Exchange): number {
  return EXCHANGE_BYTES + (request?.head.text.length ?? 0);
}

/** How an exchange without a response ends with its connection. */
export function endingOf(reason: CloseReason): Transaction['ending'] {
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
