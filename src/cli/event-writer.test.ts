import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { Transaction } from '../http/transaction.ts';
import { readCaptures } from './captures.ts';
import { EventLines } from './event-lines.ts';
import { EventWriter, type EventWriterOptions } from './event-writer.ts';

const SAMPLE = fileURLToPath(new URL('../../samples/credential-theft.pcap', import.meta.url));

/** The sample's transactions, again and again at other times, so that no two events are the same. */
async function manyTransactions(count: number): Promise<Transaction[]> {
  const found: Transaction[] = [];
  await readCaptures([SAMPLE], {}, (transaction) => found.push(transaction));
  return Array.from({ length: count }, (_, index) => {
    const transaction = found[index % found.length];
    const request = transaction.request && { ...transaction.request, time: transaction.request.time + index };
    return { ...transaction, request };
  });
}

async function written(
  transactions: readonly Transaction[],
  options: Partial<EventWriterOptions>,
  pause: (index: number) => Promise<void> | null,
): Promise<string> {
  const pieces: Buffer[] = [];
  const writer = new EventWriter((lines) => pieces.push(Buffer.from(lines)), options);
  for (const [index, transaction] of transactions.entries()) {
    writer.add(transaction);
    await pause(index);
  }
  writer.finish();
  return Buffer.concat(pieces).toString();
}

describe('events come out whole and in order', async () => {
  const transactions = await manyTransactions(3000);
  const expected = Buffer.from(new EventLines().of(transactions)).toString();
  const never = () => null;
  /** Time for the other thread to answer. */
  const nowAndThen = (index: number) => (index % 100 === 99 ? setTimeout(5) : null);
  const cases: [string, Partial<EventWriterOptions>, (index: number) => Promise<void> | null][] = [
    ['without a second thread', { worthThread: Infinity }, never],
    ['with one that comes too late', { worthThread: 0, batch: 7, waiting: 2 }, never],
    ['with one from the start', { worthThread: 0, batch: 16 }, nowAndThen],
    ['with one that starts on the way', { worthThread: 20, batch: 32, inFlight: 1 }, nowAndThen],
    ['with the usual limits', {}, nowAndThen],
  ];
  for (const [name, options, pause] of cases) {
    it(name, async () => assert.equal(await written(transactions, options, pause), expected));
  }

  it('none for none', async () => assert.equal(await written([], {}, never), ''));
});
