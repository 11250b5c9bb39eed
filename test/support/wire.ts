import { readFileSync } from 'node:fs';
import { HttpEvent } from '../../src/ecs/http-event.ts';
import { run, segmentsOf } from './conversation.ts';

/** A request as a client put it on the wire. */
export interface Recorded {
  /** What was special about it, where the file says so; else empty. */
  readonly remark: string;
  readonly bytes: Buffer;
}

/** Reads a file of requests. Each begins after a line of dashes; a line `## …` before that is a remark on it. */
export function readRecorded(path: string): Recorded[] {
  const [, ...parts] = readFileSync(path, 'utf8').split(/^(?:## (.*)\r?\n)?-----\r?\n/m);
  const recorded: Recorded[] = [];
  for (let at = 0; at < parts.length; at += 2) {
    const text = parts[at + 1];
    const head = text.slice(0, text.indexOf('\r\n\r\n') + 4);
    recorded.push({ remark: parts[at] ?? '', bytes: Buffer.from(head, 'latin1') });
  }
  return recorded;
}

/** The event of a request to `serverAddress`, without an answer. */
export function eventOfRequest(bytes: Buffer, serverAddress: string): HttpEvent | null {
  const { transactions } = run(segmentsOf([{ from: 'client', bytes }], (all) => [all]).flat());
  if (transactions.length !== 1) return null;
  const [transaction] = transactions;
  return new HttpEvent({ ...transaction, endpoints: { ...transaction.endpoints, serverAddress } });
}
