import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { ANOMALIES, type AnomalyCode } from '../base/anomaly.ts';
import { MessageHead } from './head.ts';
import type { Transaction } from './transaction.ts';
import { packTransactions, unpackTransactions } from './transaction-batch.ts';

const latin1Text = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'));
const time = fc.double({ min: 0, max: 4e15, noNaN: true });
const message = {
  head: latin1Text.map((text) => new MessageHead(text)),
  version: latin1Text,
  time,
  endTime: time,
  bytes: fc.nat(),
  bodyBytes: fc.nat(),
  complete: fc.boolean(),
};
const request = fc.record({ ...message, method: latin1Text, target: latin1Text, sequence: fc.nat(0xffffffff) });
const response = fc.record({
  ...message,
  status: fc.nat(999),
  phrase: latin1Text,
  ttl: fc.nat(255),
  body: fc.option(fc.uint8Array({ maxLength: 20 })),
  bodyWhole: fc.boolean(),
});
const endpoints = fc
  .tuple(
    fc.constantFrom(
      { ipVersion: 4 as const, clientAddress: '10.0.0.1', serverAddress: '169.254.169.254' },
      { ipVersion: 4 as const, clientAddress: '10.0.0.2', serverAddress: '169.254.169.254' },
      { ipVersion: 6 as const, clientAddress: '2001:db8::1', serverAddress: 'fd00:ec2::254' },
    ),
    fc.record({ clientPort: fc.nat(3), serverPort: fc.constantFrom(80, 443) }),
  )
  .map(([addresses, ports]) => ({ ...addresses, ...ports }));
const rest = {
  endpoints,
  ending: fc.constantFrom<Transaction['ending']>(
    'answered',
    'undelivered',
    'timeout',
    'reset',
    'closed',
    'capture_end',
    'gap',
  ),
  anomalies: fc.subarray(Object.keys(ANOMALIES) as AnomalyCode[], { maxLength: 3 }),
};
const transaction: fc.Arbitrary<Transaction> = fc.oneof(
  fc.record({ ...rest, request, response }),
  fc.record({ ...rest, request, response: fc.constant(null) }),
  fc.record({ ...rest, request: fc.constant(null), response }),
);

it('a batch gives back the transactions that were packed, also from another thread', () => {
  fc.assert(
    fc.property(fc.array(transaction, { maxLength: 6 }), (transactions) => {
      const sent = structuredClone(packTransactions(transactions));
      assert.deepEqual(comparable(unpackTransactions(sent)), comparable(transactions));
    }),
    { numRuns: 500 },
  );
});

/** Heads compare by their text. */
function comparable(transactions: readonly Transaction[]): unknown {
  const plain = <M extends { head: MessageHead }>(one: M | null) => one && { ...one, head: one.head.text };
  return transactions.map((one) => ({
    ...one,
    endpoints: { ...one.endpoints },
    request: plain(one.request),
    response: plain(one.response),
  }));
}
