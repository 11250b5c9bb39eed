import { availableParallelism } from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { MessageChannel, type MessagePort, receiveMessageOnPort, Worker } from 'node:worker_threads';
import type { Transaction } from '../http/transaction.ts';
import { packTransactions, type TransactionBatch } from '../http/transaction-batch.ts';
import { EventLines } from './event-lines.ts';

/** What the second thread is asked. */
export interface Job {
  readonly number: number;
  readonly batch: TransactionBatch;
}

/** What it answers: the lines of the job's events. */
export interface Result {
  readonly number: number;
  readonly lines: Uint8Array;
}

export interface EventWriterOptions {
  /** Transactions that are handed over at once. */
  readonly batch: number;
  /** Jobs that the second thread has at most. */
  readonly inFlight: number;
  /** Batches at most that wait for the oldest job before this thread does that one itself. */
  readonly waiting: number;
  /** Batches from which a second thread is worth its start. */
  readonly worthThread: number;
}

const DEFAULTS: EventWriterOptions = { batch: 64, inFlight: 4, waiting: 64, worthThread: 64 };

/** From the bundle, the worker lies beside the folder of its parts; from the source, beside this file. */
const WORKER = import.meta.url.endsWith('.ts') ? './event-worker.ts' : '../event-worker.js';

/** A batch on its way out. */
interface Entry {
  readonly transactions: readonly Transaction[];
  /** Null while the second thread has it. */
  lines: Uint8Array | null;
}

/**
 * Writes the events of transactions as lines of JSON, in the order in which they come. That takes twice as long as it
 * takes to decode them, so a second thread helps: it gets what it can take, and this thread does the rest. Nothing waits for
 * it: what is not back when it is needed, for whatever reason, is done here.
 */
export class EventWriter {
  readonly #write: (lines: Uint8Array) => void;
  readonly #options: EventWriterOptions;
  readonly #own = new EventLines();
  #batch: Transaction[] = [];
  /** Oldest first; the first has the number `#first`. */
  readonly #entries: Entry[] = [];
  #first = 0;
  #inFlight = 0;
  #port: MessagePort | null = null;

  /** @param write takes lines; the bytes are good until it returns */
  constructor(write: (lines: Uint8Array) => void, options: Partial<EventWriterOptions> = {}) {
    this.#write = write;
    this.#options = { ...DEFAULTS, ...options };
  }

  add(transaction: Transaction): void {
    this.#batch.push(transaction);
    if (this.#batch.length >= this.#options.batch) this.#passBatch();
  }

  /** Writes what has not been written yet. */
  finish(): void {
    this.#passBatch();
    while (this.#entries.length > 0) this.#settleOldest();
    this.#port?.close();
  }

  #passBatch(): void {
    const transactions = this.#batch;
    this.#batch = [];
    const number = this.#first + this.#entries.length;
    if (number === this.#options.worthThread && availableParallelism() > 1) this.#port = startWorker();
    this.#collect();
    if (this.#port !== null && this.#inFlight < this.#options.inFlight) {
      const batch = packTransactions(transactions);
      this.#port.postMessage({ number, batch } satisfies Job, [batch.numbers.buffer]);
      this.#inFlight++;
      this.#entries.push({ transactions, lines: null });
    } else if (this.#entries.length === 0) {
      this.#write(this.#own.of(transactions));
      this.#first++;
    } else {
      this.#entries.push({ transactions, lines: new Uint8Array(this.#own.of(transactions)) });
    }
    if (this.#entries.length > this.#options.waiting) this.#settleOldest();
  }

  /** Takes what the second thread has done. */
  #collect(): void {
    if (this.#port === null) return;
    for (let got = receiveMessageOnPort(this.#port); got !== undefined; got = receiveMessageOnPort(this.#port)) {
      const { number, lines }: Result = got.message;
      this.#inFlight--;
      // What came too late has been written.
      if (number >= this.#first) this.#entries[number - this.#first].lines = lines;
    }
    this.#writeReady();
  }

  #settleOldest(): void {
    this.#collect();
    const oldest = this.#entries.at(0);
    if (oldest === undefined) return;
    oldest.lines ??= new Uint8Array(this.#own.of(oldest.transactions));
    this.#writeReady();
  }

  #writeReady(): void {
    for (let entry = this.#entries.at(0); entry?.lines; entry = this.#entries.at(0)) {
      this.#write(entry.lines);
      this.#entries.shift();
      this.#first++;
    }
  }
}

function startWorker(): MessagePort {
  // In megabytes. V8 reads it when a thread starts, and what this one makes is soon gone.
  setFlagsFromString('--max-semi-space-size=4');
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(new URL(WORKER, import.meta.url), {
    workerData: port2,
    transferList: [port2],
  });
  // Without it all is done here.
  worker.on('error', () => {});
  worker.unref();
  return port1;
}
