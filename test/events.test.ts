import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { escapeControls } from '../src/base/controls.ts';
import type { FieldType } from '../src/base/field.ts';
import { JsonBytes } from '../src/base/json-bytes.ts';
import { catalogue } from '../src/ecs/catalogue.ts';
import { HttpEvent } from '../src/ecs/http-event.ts';
import { metadataBodyPolicy } from '../src/metadata/body-policy.ts';
import { packetsOf, pcapngOf, pcapOf } from './support/capture-file.ts';
import { run, segmentsOf, type Turn } from './support/conversation.ts';
import { readCaptures } from './support/read-captures.ts';
import { shared, WITHOUT_SHARED } from './support/shared.ts';
import { temporaryFolder } from './support/temporary.ts';

/** Leaves of a nested document by dotted name. */
function* leaves(value: unknown, name = ''): Generator<[name: string, value: unknown]> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    yield [name, value];
    return;
  }
  for (const [key, below] of Object.entries(value)) yield* leaves(below, name === '' ? key : `${name}.${key}`);
}

function check(event: HttpEvent): void {
  checkJson(event);
  for (const [name, value] of leaves(event.toJSON())) {
    const type = catalogue.type(name);
    assert.ok(type !== undefined, `${name} is not in the catalogue`);
    // What lies below a flattened field counts as text, whatever the document shows.
    if (isFlattened(name)) {
      assert.equal(String(event.get(name)), String(value), name);
      continue;
    }
    assert.deepEqual(event.get(name), value, name);
    const values: unknown[] = Array.isArray(value) ? value : [value];
    for (const one of values) assert.ok(isOfType(one, type), `${name} is ${typeof one} ${one}, and its type ${type}`);
  }
}

/** The bytes that are written hold the same document. */
function checkJson(event: HttpEvent): void {
  const json = new JsonBytes(1);
  event.writeJson(json);
  const text = json.content.toString();
  assert.deepEqual(JSON.parse(text), JSON.parse(JSON.stringify(event)));
  assert.equal(text, escapeControls(text));
}

function isFlattened(name: string): boolean {
  const parts = name.split('.');
  return parts.some((_, end) => catalogue.type(parts.slice(0, end).join('.')) === 'flattened');
}

function isOfType(value: unknown, type: FieldType): boolean {
  switch (type) {
    case 'long':
    case 'integer':
    case 'short':
    case 'byte':
    case 'unsigned_long':
      return Number.isSafeInteger(value);
    case 'double':
    case 'float':
    case 'half_float':
    case 'scaled_float':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
    case 'date_nanos':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3,9}Z$/.test(value);
    case 'ip':
      return typeof value === 'string' && /^[\da-f.:]+$/.test(value);
    case 'object':
    case 'nested':
      return false;
    default:
      return typeof value === 'string';
  }
}

const token = fc.stringMatching(/^[A-Za-z][A-Za-z-]{0,12}$/);
const method = fc.oneof(fc.constantFrom('GET', 'PUT', 'POST', 'HEAD', 'CONNECT'), token);
const target = fc.oneof(
  fc.constantFrom(
    '/',
    '*',
    'http://a.example:8080/x?y=1#z',
    '/latest/meta-data/iam/security-credentials/role',
    '/metadata/identity/oauth2/token?resource=https%3A%2F%2Fa',
    '//a/../b%252f?q=%zz&&r',
  ),
  fc.stringMatching(/^\/[!-~]{0,40}$/),
);
const field = fc.tuple(
  fc.oneof(
    fc.constantFrom(
      'host',
      'user-agent',
      'referer',
      'authorization',
      'content-type',
      'content-length',
      '__proto__',
      'a.b',
    ),
    token,
  ),
  fc.oneof(
    fc.constantFrom('a.example', '[::1]:80', 'Basic YTpi', '12', '0', '', 'http://b.example/c?d'),
    fc.string({ maxLength: 30 }),
  ),
);
const head = (line: string, fields: readonly (readonly [string, string])[]) =>
  `${[line, ...fields.map(([name, value]) => `${name}: ${value.replace(/[\r\n]/g, '')}`)].join('\r\n')}\r\n\r\n`;
const fields = fc.array(field, { maxLength: 5 });
const request = fc.tuple(method, target, fields).map(([m, t, f]) => head(`${m} ${t} HTTP/1.1`, f));
const response = fc
  .tuple(fc.integer({ min: 200, max: 599 }), fc.string({ maxLength: 10 }), fields, fc.string({ maxLength: 40 }))
  .map(([status, phrase, f, body]) => head(`HTTP/1.1 ${status} ${phrase.replace(/[\r\n]/g, '')}`, f) + body);

function turns(asked: string, answered: string | null): Turn[] {
  const client: Turn = { from: 'client', bytes: Buffer.from(asked) };
  return answered === null ? [client] : [client, { from: 'server', bytes: Buffer.from(answered), fin: true }];
}

describe('an event says the same field by field as in its document, in the types of the catalogue', () => {
  it('for any transaction', () => {
    let events = 0;
    const property = fc.property(request, fc.option(response), (asked, answered) => {
      const segments = segmentsOf(turns(asked, answered), (bytes) => [bytes]).flat();
      for (const transaction of run(segments, { policy: metadataBodyPolicy }).transactions) {
        check(new HttpEvent(transaction));
        const serverAddress = '169.254.169.254';
        check(new HttpEvent({ ...transaction, endpoints: { ...transaction.endpoints, serverAddress } }));
        events++;
      }
    });
    fc.assert(property, { numRuns: 500 });
    assert.ok(events > 300, `${events} events`);
  });

  it('for the captures made for this project', { skip: WITHOUT_SHARED }, async () => {
    const names = readdirSync(shared('captures/own')).filter((name) => /\.pcap(?:ng)?$/.test(name));
    for (const name of names) {
      const { events } = await readCaptures([shared(`captures/own/${name}`)], { anyPort: true });
      for (const event of events) check(event);
    }
  });
});

describe('event.id', () => {
  const folder = temporaryFolder();
  const original = fileURLToPath(new URL('captures/curl_imdsv2.pcap', import.meta.url));
  const ids = async (...paths: string[]) => (await readCaptures(paths)).events.map(({ id }) => id);

  it('is the same from a file, compressed, as pcapng, from two files with half of the packets each, and from two with all of them', async () => {
    const expected = await ids(original);
    assert.equal(expected.length, 2);
    assert.equal(new Set(expected).size, 2);
    for (const id of expected) assert.match(id, /^[0-9a-f]{32}$/);
    const packets = await packetsOf(original);
    const half = (rest: number) => pcapOf(packets.filter((_, index) => index % 2 === rest));
    assert.deepEqual(await ids(folder.write('again.pcap', pcapOf(packets))), expected);
    assert.deepEqual(await ids(folder.write('compressed', gzipSync(pcapOf(packets)))), expected);
    assert.deepEqual(await ids(folder.write('again.pcapng', pcapngOf(packets))), expected);
    assert.deepEqual(await ids(folder.write('odd.pcap', half(1)), folder.write('even.pcap', half(0))), expected);
    assert.deepEqual(await ids(original, original), expected);
  });

  it('is another for every transaction of a connection', async () => {
    const asked = 'GET / HTTP/1.1\r\nHost: x\r\n\r\n'.repeat(3);
    const { transactions } = run(segmentsOf(turns(asked, null), (bytes) => [bytes]).flat());
    assert.equal(new Set(transactions.map((transaction) => new HttpEvent(transaction).id)).size, 3);
  });
});
