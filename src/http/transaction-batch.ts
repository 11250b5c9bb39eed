import type { AnomalyCode } from '../base/anomaly.ts';
import { latin1 } from '../base/latin1.ts';
import { MessageHead } from './head.ts';
import type { Endpoints, Request, Response, Transaction } from './transaction.ts';

/**
 * Transactions for another thread, in a form that takes little to send: all texts in one, all numbers in one array. It
 * holds secrets as the transactions do, and must not leave the process.
 */
export interface TransactionBatch {
  /** Texts one behind the other, one character a byte (latin-1). */
  readonly text: string;
  readonly numbers: Float64Array<ArrayBuffer>;
  /** What few have, by their place in the batch. */
  readonly anomalies: ReadonlyMap<number, readonly AnomalyCode[]>;
  readonly bodies: ReadonlyMap<number, Uint8Array>;
}

/** The most numbers that a transaction takes. */
const MAX_NUMBERS = 25;

// What there is, as bits of a transaction's first number.
const REQUEST = 1;
const RESPONSE = 2;
const REQUEST_COMPLETE = 4;
const RESPONSE_COMPLETE = 8;
const BODY_WHOLE = 16;

const ENDINGS: readonly Transaction['ending'][] = [
  'answered',
  'undelivered',
  'timeout',
  'reset',
  'closed',
  'capture_end',
  'gap',
];

export function packTransactions(transactions: readonly Transaction[]): TransactionBatch {
  const writer = new Writer(transactions.length * MAX_NUMBERS);
  const anomalies = new Map<number, readonly AnomalyCode[]>();
  const bodies = new Map<number, Uint8Array>();
  for (let index = 0; index < transactions.length; index++) {
    const transaction = transactions[index];
    const { request, response } = transaction;
    writer.number(flagsOf(transaction));
    writer.number(ENDINGS.indexOf(transaction.ending));
    writer.endpoints(transaction.endpoints);
    if (request) writer.request(request);
    if (response) writer.response(response);
    if (transaction.anomalies.length > 0) anomalies.set(index, transaction.anomalies);
    if (response?.body) bodies.set(index, response.body);
  }
  return { text: writer.text, numbers: writer.numbers, anomalies, bodies };
}

function flagsOf({ request, response }: Transaction): number {
  return (
    (request ? REQUEST : 0) |
    (response ? RESPONSE : 0) |
    (request?.complete ? REQUEST_COMPLETE : 0) |
    (response?.complete ? RESPONSE_COMPLETE : 0) |
    (response?.bodyWhole ? BODY_WHOLE : 0)
  );
}

class Writer {
  text = '';
  readonly numbers: Float64Array<ArrayBuffer>;
  #at = 0;

  constructor(size: number) {
    this.numbers = new Float64Array(size);
  }

  number(value: number): void {
    this.numbers[this.#at++] = value;
  }

  endpoints(endpoints: Endpoints): void {
    this.number(endpoints.ipVersion);
    this.#string(endpoints.clientAddress);
    this.number(endpoints.clientPort);
    this.#string(endpoints.serverAddress);
    this.number(endpoints.serverPort);
  }

  request(request: Request): void {
    this.#string(request.method);
    this.#string(request.target);
    this.number(request.sequence);
    this.#message(request);
  }

  response(response: Response): void {
    this.number(response.status);
    this.#string(response.phrase);
    this.number(response.ttl);
    this.#message(response);
  }

  #message(message: Request | Response): void {
    this.#string(message.version);
    this.#string(message.head.text);
    this.number(message.time);
    this.number(message.endTime);
    this.number(message.bytes);
    this.number(message.bodyBytes);
  }

  #string(value: string): void {
    this.number(value.length);
    this.text += value;
  }
}

/** The transactions of a batch, as they were when it was packed. */
export function unpackTransactions(batch: TransactionBatch): Transaction[] {
  const reader = new Reader(batch);
  const transactions: Transaction[] = [];
  // Behind the last transaction there are zeros, and none has none of the two messages.
  for (let flags = reader.number(); flags > 0; flags = reader.number()) {
    const index = transactions.length;
    const body = batch.bodies.get(index) ?? null;
    transactions.push({
      ending: ENDINGS[reader.number()],
      endpoints: reader.endpoints(),
      request: flags & REQUEST ? reader.request((flags & REQUEST_COMPLETE) > 0) : null,
      response:
        flags & RESPONSE ? reader.response((flags & RESPONSE_COMPLETE) > 0, body, (flags & BODY_WHOLE) > 0) : null,
      anomalies: batch.anomalies.get(index) ?? [],
    });
  }
  return transactions;
}

/** Properties are read in the order in which `Writer` wrote them. */
class Reader {
  /** Bytes, since a part of a text would keep the text of the whole batch in memory. */
  readonly #text: Buffer;
  readonly #numbers: Float64Array;
  #textAt = 0;
  #at = 0;

  constructor({ text, numbers }: TransactionBatch) {
    this.#text = Buffer.from(text, 'latin1');
    this.#numbers = numbers;
  }

  /** 0 at the end. */
  number(): number {
    return this.#at < this.#numbers.length ? this.#numbers[this.#at++] : 0;
  }

  endpoints(): Endpoints {
    const ipVersion = this.number() === 4 ? 4 : 6;
    const clientAddress = this.#string();
    const clientPort = this.number();
    const serverAddress = this.#string();
    const serverPort = this.number();
    return shared({ ipVersion, clientAddress, clientPort, serverAddress, serverPort });
  }

  request(complete: boolean): Request {
    return {
      method: this.#string(),
      target: this.#string(),
      sequence: this.number(),
      version: this.#string(),
      head: new MessageHead(this.#string()),
      time: this.number(),
      endTime: this.number(),
      bytes: this.number(),
      bodyBytes: this.number(),
      complete,
    };
  }

  response(complete: boolean, body: Uint8Array | null, bodyWhole: boolean): Response {
    return {
      status: this.number(),
      phrase: this.#string(),
      ttl: this.number(),
      version: this.#string(),
      head: new MessageHead(this.#string()),
      time: this.number(),
      endTime: this.number(),
      bytes: this.number(),
      bodyBytes: this.number(),
      complete,
      body,
      bodyWhole,
    };
  }

  #string(): string {
    const start = this.#textAt;
    this.#textAt += this.number();
    return latin1(this.#text, start, this.#textAt);
  }
}

/** Transactions of one connection share their endpoints, also when they come in several batches. */
const MAX_REMEMBERED = 16_384;
const remembered = new Map<number, Endpoints>();

function shared(endpoints: Endpoints): Endpoints {
  const key = endpoints.clientPort * 0x10000 + endpoints.serverPort;
  const known = remembered.get(key);
  if (known?.clientAddress === endpoints.clientAddress && known.serverAddress === endpoints.serverAddress) return known;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  remembered.set(key, endpoints);
  return endpoints;
}
