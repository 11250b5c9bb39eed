import { type MessagePort, workerData } from 'node:worker_threads';
import { unpackTransactions } from '../http/transaction-batch.ts';
import { EventLines } from './event-lines.ts';
import type { Job, Result } from './event-writer.ts';

// The second thread of an `EventWriter`, which is at the other end of the port.

const port = workerData as MessagePort;
const events = new EventLines();

port.on('message', ({ number, batch }: Job) => {
  const lines = new Uint8Array(events.of(unpackTransactions(batch)));
  port.postMessage({ number, lines } satisfies Result, [lines.buffer]);
});
