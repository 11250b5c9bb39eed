import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { catalogue } from '../src/ecs/catalogue.ts';
import { HttpEvent, httpEventReader } from '../src/ecs/http-event.ts';
import { compile } from '../src/eql/index.ts';
import { loadRule } from '../src/rules/load-rule.ts';
import { run, segmentsOf, type Turn } from './support/conversation.ts';
import { quoted, rows, section } from './support/markdown.ts';
import { shared, WITHOUT_SHARED } from './support/shared.ts';
import { parseTable } from './support/table.ts';

/** What docs/flagship-rule.md says that the public rule matches, sent through the decoder byte for byte. */

const PAGE = readFileSync(new URL('../docs/flagship-rule.md', import.meta.url), 'utf8');
const RULE = new URL('../rules/elastic/credential_access_cloud_imds_credential_http_request.toml', import.meta.url);

/** The process of the event; packets do not name it. */
let processName: string | null = null;

const { rule } = loadRule(readFileSync(RULE, 'utf8'), RULE.pathname);
assert.ok(rule?.supported);
const { matcher } = compile(rule.query, {
  reader: { field: (name) => (name === 'process.name' ? () => processName : httpEventReader.field(name)) },
  catalogue,
});
assert.ok(matcher);

const ANSWER = Buffer.from('HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n');

interface Sending {
  readonly address?: string;
  readonly port?: number;
  /** Cut the first request here, and send its second part first. */
  readonly swapAt?: number;
}

/** The events of requests that are sent one after the other on one connection. */
function eventsOf(requests: readonly string[], sending: Sending = {}): HttpEvent[] {
  const { address = '169.254.169.254', port = 80, swapAt = 0 } = sending;
  const turns = requests.map((text): Turn => ({ from: 'client', bytes: Buffer.from(text, 'latin1') }));
  const [handshake, first, ...others] = segmentsOf(
    [...turns, { from: 'server', bytes: ANSWER, fin: true }],
    (bytes, turn) => (turn === 0 && swapAt > 0 ? [bytes.subarray(0, swapAt), bytes.subarray(swapAt)] : [bytes]),
  );
  const segments = [...handshake, ...first.reverse(), ...others.flat()];
  return run(segments).transactions.map(
    (transaction) =>
      new HttpEvent({
        ...transaction,
        endpoints: { ...transaction.endpoints, serverAddress: address, serverPort: port },
      }),
  );
}

describe('docs/flagship-rule.md', () => {
  const REQUEST = 'GET /latest/meta-data/iam/security-credentials/role HTTP/1.1\r\nUser-Agent: curl/8.5.0\r\n\r\n';

  it('tells of requests whether the rule matches them, and what is strange about them', () => {
    const table = rows(section(PAGE, "## Where it matches more here than on Packetbeat's events"));
    assert.equal(table.length, 7);
    for (const [request, , here, anomaly] of table) {
      const text = quoted(request)[0].replaceAll('\\r', '\r').replaceAll('\\n', '\n');
      const [event] = eventsOf([text]);
      assert.equal(matcher.matches(event), here === 'matches', request);
      const anomalies = event.anomalies.filter((code) => code !== 'http_response_without_request');
      assert.deepEqual(anomalies, quoted(anomaly), request);
    }
  });

  it('tells of a request in segments out of order, and of one after bytes that are no HTTP', () => {
    assert.ok(matcher.matches(eventsOf([REQUEST], { swapAt: 70 })[0]));
    const [event] = eventsOf(['hello\r\n\r\n', REQUEST]);
    assert.ok(matcher.matches(event));
    assert.ok(event.anomalies.includes('http_resynchronized'));
  });

  it('counts right: of 61 requests 16 match there, and these and three more here', { skip: WITHOUT_SHARED }, () => {
    const text = readFileSync(shared('flagship-rule-cases.tsv'), 'utf8');
    const cases = parseTable(text, [
      'flagship rule',
      'case',
      'destination.ip',
      'port',
      'method',
      'target as sent',
      'user_agent.original',
      'process.name',
    ]);
    assert.equal(cases.length, 61);
    const more: string[] = [];
    for (const one of cases) {
      processName = one['process.name'] || null;
      const [event] = eventsOf([requestOf(one)], { address: one['destination.ip'], port: Number(one.port) });
      const matches = matcher.matches(event);
      if (one['flagship rule'] === 'HIT') assert.ok(matches, one.case);
      else if (matches) more.push(one.case);
    }
    processName = null;
    assert.equal(cases.filter((one) => one['flagship rule'] === 'HIT').length, 16);
    assert.deepEqual(more, ['bare LF line ends', 'leading CRLF before request line', 'two spaces before URI']);
  });
});

/** The bytes of a case, whose name says what is odd about its framing. */
function requestOf(one: Record<'case' | 'method' | 'target as sent' | 'user_agent.original', string>): string {
  const target = one['target as sent'].replace('\\x01', '\x01');
  const agent = one['user_agent.original'];
  const head = `${one.method} ${target} HTTP/1.1\r\n${agent ? `User-Agent: ${agent}\r\n` : ''}\r\n`;
  if (one.case.startsWith('HTTP/1.0')) return head.replace('HTTP/1.1', 'HTTP/1.0');
  if (one.case.startsWith('HTTP/0.9')) return `${one.method} ${target}\r\n`;
  if (one.case.startsWith('bare LF')) return head.replaceAll('\r\n', '\n');
  if (one.case.startsWith('leading CRLF')) return `\r\n${head}`;
  if (one.case.startsWith('tab')) return head.replace(' ', '\t').replace(' HTTP', '\tHTTP');
  return head;
}
