import assert from 'node:assert/strict';
import { test } from 'node:test';
import { eventOf } from './fixtures.test.ts';
import { reasonOf } from './reason.ts';

const REQUEST = {
  process: { name: 'curl' },
  user: { name: 'www-data' },
  host: { name: 'web-1' },
  source: { ip: '10.0.0.7' },
  destination: { ip: '169.254.169.254', port: 80 },
  http: { request: { method: 'GET' }, response: { status_code: 200 } },
  url: { path: '/latest/meta-data/iam/security-credentials/app' },
  user_agent: { original: 'curl/8.5.0' },
};

const CASES: readonly [string, Record<string, unknown>, string][] = [
  [
    'a credential was given',
    {
      ...REQUEST,
      hoplimit: { service: 'ec2', class: 'credential', verdict: 'returned', credential: { id: 'ASIAEXAMPLE' } },
    },
    `curl run by www-data on web-1 from 10.0.0.7 asked AWS's metadata service at 169.254.169.254 for a credential (GET /latest/meta-data/iam/security-credentials/app, as "curl/8.5.0") and was given one: ASIAEXAMPLE.`,
  ],
  [
    'no process is known, and it was refused',
    {
      ...REQUEST,
      process: {},
      user: {},
      http: { request: { method: 'GET' }, response: { status_code: 401 } },
      hoplimit: { service: 'ec2', class: 'listing', verdict: 'denied' },
    },
    `A client that calls itself "curl/8.5.0" on web-1 from 10.0.0.7 asked AWS's metadata service at 169.254.169.254 for the names of its roles (GET /latest/meta-data/iam/security-credentials/app) and was refused with status 401.`,
  ],
  [
    "Elastic's own shipper, which says nothing of metadata services",
    { ...REQUEST, user: {}, host: {}, user_agent: {} },
    'curl from 10.0.0.7 asked 169.254.169.254:80 (GET /latest/meta-data/iam/security-credentials/app) and got status 200.',
  ],
  [
    'IPv6',
    {
      destination: { ip: 'fd00:ec2::254', port: 80 },
      http: { request: { method: 'PUT' } },
      url: { path: '/latest/api/token' },
    },
    'An unnamed client asked [fd00:ec2::254]:80 (PUT /latest/api/token).',
  ],
  [
    'a process',
    {
      event: { category: ['process'], action: 'exec' },
      process: { name: 'sh', parent: { name: 'nginx' } },
      host: { name: 'web-1' },
    },
    'sh on web-1 was seen to exec, as a child of nginx.',
  ],
  [
    'a lookup',
    { process: { name: 'dig' }, dns: { question: { name: 'metadata.google.internal' } } },
    'dig looked up metadata.google.internal.',
  ],
  [
    'a file',
    { process: { name: 'cp' }, file: { path: '/tmp/x' }, event: { action: 'creation' } },
    'cp acted on /tmp/x (creation).',
  ],
  [
    'a connection',
    { process: { name: 'nc' }, destination: { ip: '203.0.113.5', port: 4444 } },
    'nc connected to 203.0.113.5:4444.',
  ],
  [
    'an audit log',
    {
      user: { name: 'app-role' },
      source: { ip: '203.0.113.5' },
      event: { action: 'GetCallerIdentity', provider: 'sts.amazonaws.com', outcome: 'success' },
      user_agent: { original: 'aws-cli/2' },
    },
    'app-role (as "aws-cli/2") from 203.0.113.5 called GetCallerIdentity of sts.amazonaws.com (success).',
  ],
  ['nothing at all', {}, 'An unnamed client did what this rule looks for.'],
];

for (const [name, event, sentence] of CASES) {
  test(`the sentence where ${name}`, () => assert.equal(reasonOf([eventOf(event)]), sentence));
}

test('nothing that a terminal obeys comes through, and no value fills the page', () => {
  const sentence = reasonOf([
    eventOf({
      process: { name: 'cu\u001b[31mrl\u202e' },
      http: { request: { method: 'GET' } },
      url: { path: `/${'a'.repeat(10_000)}` },
    }),
  ]);
  assert.match(sentence, /^cu\ufffd\[31mrl\ufffd asked a server \(GET \/a+…\)\.$/);
  assert.ok(sentence.length < 200);
});

test('of several events, how many and the last', () => {
  const events = [eventOf({ process: { name: 'a' } }), eventOf(REQUEST)];
  assert.equal(reasonOf(events), `2 events, of which the last: ${reasonOf([events[1]])}`);
});
