import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { HttpEvent } from '../src/ecs/http-event.ts';
import { accountOfKeyId } from '../src/metadata/account.ts';
import { readCaptures } from './support/read-captures.ts';
import { shared, WITHOUT_SHARED } from './support/shared.ts';
import { parseTable } from './support/table.ts';

/** What the fake metadata service hands out. */
const KEY_ID = 'ASIAEXAMPLEEXAMPLE00';
const KEY_EXPIRES = '2030-01-01T00:00:00.000Z';
const BEARER_SECONDS = 3600;

const FOLDER = 'captures/own/';
const TRANSACTIONS = 'transactions, in order';

interface Expected {
  readonly method: string;
  /** The whole target, or its beginning where the table ends it in an ellipsis. */
  readonly target: string;
  readonly isCut: boolean;
  /** Null where the table does not say. */
  readonly status: number | null;
}

/** "GET /a 200; GET /b 404; (a remark)". */
function parseTransactions(text: string): Expected[] {
  return text
    .split('; ')
    .filter((part) => !part.startsWith('('))
    .map((part) => {
      const match = /^(?<method>[A-Z]+) (?<target>\S+?)(?<cut>…?)(?: (?<status>\d{3}))?(?: \(.*\))?$/.exec(part);
      assert.ok(match?.groups, `the table has no transaction in "${part}"`);
      const { method, target, cut, status } = match.groups;
      return { method, target, isCut: cut !== '', status: status === undefined ? null : Number(status) };
    });
}

/** "returned (the GET)", "likely or unknown", "none: no credential path": the verdicts that may be, of each transaction. */
function parseVerdicts(text: string, transactions: readonly Expected[]): (string | null)[][] {
  const allowed = /^[a-z]+(?: or [a-z]+)?/.exec(text)?.[0].split(' or ') ?? [];
  const concerns = (index: number): boolean => {
    if (text.includes('(the GET)')) return transactions[index].method === 'GET';
    if (text.includes('(first two)')) return index < 2;
    if (text.includes('(the second)')) return index === 1;
    return true;
  };
  return transactions.map((_, index) => (concerns(index) && allowed[0] !== 'none' ? allowed : [null]));
}

/**
 * "v1", "v2", or "-" for none. The table says what was sent. Where the packets were cut, what is left of the head ends
 * before it is known whether a token follows, so an event may not say.
 */
function sessionOf(row: { readonly session: string; readonly [TRANSACTIONS]: string }): string {
  return row[TRANSACTIONS].includes('(packets cut ') ? '-' : row.session;
}

function check(event: HttpEvent, expected: Expected, verdicts: readonly (string | null)[], session: string): void {
  const { request } = event;
  assert.ok(request, 'the request was seen');
  assert.equal(request.method, expected.method);
  if (expected.isCut) assert.ok(request.target.startsWith(expected.target), request.target);
  else assert.equal(request.target, expected.target);
  if (expected.status !== null) assert.equal(event.get('http.response.status_code'), expected.status);
  const verdict = event.get('hoplimit.verdict') ?? null;
  assert.ok(
    verdicts.some((allowed) => allowed === verdict),
    `the verdict is ${verdict}, and should be ${verdicts.join(' or ')}`,
  );
  const kind = String(event.get('hoplimit.class'));
  const hasSession = session !== '-' && kind !== 'token' && kind !== 'other';
  assert.equal(event.get('hoplimit.session') ?? '-', hasSession ? session : '-');
  assert.equal(event.get('hoplimit.credential.account') ?? null, null);
  if (verdict === 'returned') checkCredential(event, session);
  else assert.equal(event.get('hoplimit.credential.id') ?? null, null);
}

function checkCredential(event: HttpEvent, session: string): void {
  const expires = event.get('hoplimit.credential.expires');
  if (session !== '-') {
    assert.equal(event.get('hoplimit.credential.id'), KEY_ID);
    assert.equal(expires, KEY_EXPIRES);
    return;
  }
  assert.equal(event.get('hoplimit.credential.id') ?? null, null);
  const seconds = (Date.parse(String(expires)) - event.time / 1000) / 1000;
  assert.ok(Math.abs(seconds - BEARER_SECONDS) < 10, `a bearer token of ${seconds} s`);
}

describe('captures made for this project', { skip: WITHOUT_SHARED }, () => {
  const text = WITHOUT_SHARED ? 'file' : readFileSync(shared(`${FOLDER}TRUTH.tsv`), 'utf8');
  const rows = WITHOUT_SHARED ? [] : parseTable(text, ['file', TRANSACTIONS, 'verdict', 'session']);

  for (const row of rows) {
    it(`${row.file}: ${row[TRANSACTIONS]} is ${row.verdict}`, async () => {
      const anyPort = row.verdict.includes('--any-port');
      const { events } = await readCaptures([shared(FOLDER + row.file)], { anyPort });
      const transactions = parseTransactions(row[TRANSACTIONS]);
      const verdicts = parseVerdicts(row.verdict, transactions);
      const session = sessionOf(row);
      assert.equal(events.length, transactions.length);
      for (const [index, event] of events.entries()) check(event, transactions[index], verdicts[index], session);
    });
  }
});

describe('captures of which the project has a copy', () => {
  const verdicts = async (name: string, options: { ports?: readonly number[]; anyPort?: boolean } = {}) => {
    const path = fileURLToPath(new URL(`captures/${name}`, import.meta.url));
    return (await readCaptures([path], options)).events.map((event) => event.get('hoplimit.verdict'));
  };

  it('a request to another port is seen where that port is named, or every port is looked at', async () => {
    assert.deepEqual(await verdicts('port3128.pcap'), []);
    assert.deepEqual(await verdicts('port3128.pcap', { ports: [3128] }), ['returned']);
    assert.deepEqual(await verdicts('port3128.pcap', { anyPort: true }), ['returned']);
  });

  it('a request captured on two interfaces is one event', async () => {
    assert.deepEqual(await verdicts('two_interfaces.pcapng'), ['returned']);
  });
});

it('the key id of these captures is of no account', () => {
  assert.equal(accountOfKeyId(KEY_ID), null);
});
