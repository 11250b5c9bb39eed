import { MessageHead } from '../http/head.ts';
import type { Endpoints, Request } from '../http/transaction.ts';
import { classify } from './classify.ts';

const ROUNDS = 500_000;

function endpoints(serverAddress: string): Endpoints {
  return { ipVersion: 4, clientAddress: '10.0.0.5', clientPort: 43210, serverAddress, serverPort: 80 };
}

/** Each time a new request, as the decoder would make it: nothing of it has been parsed before. */
function request(target: string, host: string): Request {
  const head = new MessageHead(
    `GET ${target} HTTP/1.1\r\nHost: ${host}\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64)\r\nAccept: */*\r\n` +
      'Accept-Encoding: gzip, deflate, br\r\nAccept-Language: en-US,en;q=0.5\r\nConnection: keep-alive\r\n\r\n',
  );
  const message = { head, time: 0, endTime: 0, bytes: 0, bodyBytes: 0, complete: true };
  return { ...message, method: 'GET', target, version: '1.1', sequence: 1 };
}

const CASES: [string, Endpoints, () => Request][] = [
  ['no metadata service', endpoints('203.0.113.7'), () => request('/products/1234/reviews?page=2', 'shop.example.com')],
  ['by address', endpoints('169.254.169.254'), () => request('/latest/meta-data/iam/security-credentials/r', 'x')],
  ['by host', endpoints('10.0.0.9'), () => request('/latest/meta-data/iam/security-credentials/r', '169.254.169.254')],
];

/** Prints what it costs to tell what a request is, in nanoseconds; making the request is not counted. */
export async function bench(): Promise<void> {
  for (const [name, server, make] of CASES) {
    const making = measure(() => make());
    const both = measure(() => classify(server, make()));
    console.log(`classify ${name.padEnd(20)} ${(both - making).toFixed(0).padStart(6)} ns`);
  }
}

function measure(run: () => unknown): number {
  for (let i = 0; i < ROUNDS / 10; i++) run();
  const start = performance.now();
  for (let i = 0; i < ROUNDS; i++) run();
  return ((performance.now() - start) * 1e6) / ROUNDS;
}

if (import.meta.main) await bench();
