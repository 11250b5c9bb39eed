import type { AnomalyCode } from '../base/anomaly.ts';
import type { Side } from '../stream/flow.ts';
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

  /** The request's body is still being read. */
  isRequestOpen: boolean;
  /** The response has been read to its end. */
  isAnswered = false;
  /** It has been handed on, so a response that still comes is passed over. */
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

  constructor(endpoints: Endpoints, request: Request | null) {
    this.endpoints = endpoints;
    this.request = request;
    this.isRequestOpen = request !== null;
  }

  addAnomaly(code: AnomalyCode): void {
    if (this.anomalies.includes(code)) return;
    this.anomalies = [...this.anomalies, code];
  }
}

/** Exchanges that await the start of their response, oldest first. */
export class WaitingList {
  first: Exchange | null = null;
  #last: Exchange | null = null;

  add(exchange: Exchange): void {
    exchange.previous = this.#last;
    if (this.#last === null) this.first = exchange;
    else this.#last.next = exchange;
    this.#last = exchange;
  }

  /** Does nothing where the exchange is not in the list. */
  remove(exchange: Exchange): void {
    const { previous, next } = exchange;
    if (previous === null && this.first !== exchange) return;
    if (previous === null) this.first = next;
    else previous.next = next;
    if (next === null) this.#last = previous;
    else next.previous = previous;
    exchange.previous = null;
    exchange.next = null;
  }
}
