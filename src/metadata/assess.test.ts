import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import fc from 'fast-check';
import { MessageHead } from '../http/head.ts';
import type { Request, Response, Transaction } from '../http/transaction.ts';
import { accountOfKeyId } from './account.ts';
import { type Assessment, assess } from './assess.ts';
import { metadataBodyPolicy } from './body-policy.ts';

const ROLE = '/latest/meta-data/iam/security-credentials/role-1';
const LIST = '/latest/meta-data/iam/security-credentials/';
const TIME = Date.parse('2026-01-02T03:04:05Z') * 1000;

const TOKEN = `IQoJb3JpZ2luX2VjE${'Zq3xK9vBw7Lr2TnYc5Hd8MfJ4sPg6QaUe1Ri'.repeat(8)}==`;
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const KEYS = {
  Code: 'Success',
  LastUpdated: '2026-01-02T03:00:00Z',
  Type: 'AWS-HMAC',
  AccessKeyId: 'ASIA5FLZVX4OPVKKVBMX',
  SecretAccessKey: SECRET,
  Token: TOKEN,
  Expiration: '2026-01-02T09:30:00Z',
};
const JWT_CLAIMS = {
  uti: 'u73dEXBHbejev0ISNwnGyy',
  oid: 'o',
  appid: 'a',
  aud: 'https://management.azure.com/',
  exp: 1767325445,
};
const JWT = `eyJhbGciOiJSUzI1NiJ9.${Buffer.from(JSON.stringify({ ...JWT_CLAIMS, sub: 'hidden' })).toString('base64url')}.${'Zq3xK9vBw7Lr2TnYc5Hd8MfJ4sPg6QaUe1Ri'.repeat(4)}`;

interface Case {
  server?: string;
  port?: number;
  request?: string;
  headers?: string[];
  status?: number;
  body?: string | Uint8Array | object | null;
  /** Body bytes on the wire; those of `body` where absent. */
  bodyBytes?: number;
  /** The body was captured to this many bytes. */
  cut?: number;
  responseHeaders?: string[];
  ttl?: number;
  ending?: Transaction['ending'];
  noRequest?: boolean;
}

function transaction(given: Case): Transaction {
  const [method, target] = (given.request ?? `GET ${ROLE}`).split(' ');
  const base = { version: '1.1', time: TIME, endTime: TIME, bytes: 0, bodyBytes: 0, complete: true };
  const request: Request = {
    ...base,
    method,
    target,
    sequence: 1,
    head: new MessageHead([`${method} ${target} HTTP/1.1`, ...(given.headers ?? []), '', ''].join('\r\n')),
  };
  return {
    endpoints: {
      ipVersion: 4,
      clientAddress: '10.0.0.5',
      clientPort: 43210,
      serverAddress: given.server ?? '169.254.169.254',
      serverPort: given.port ?? 80,
    },
    request: given.noRequest ? null : request,
    response: given.status === undefined ? null : response(given, given.status, base),
    ending: given.ending ?? (given.status === undefined ? 'timeout' : 'answered'),
    anomalies: [],
  };
}

function response(
  given: Case,
  status: number,
  base: Omit<Request, 'head' | 'method' | 'target' | 'sequence'>,
): Response {
  const whole = bytesOf(given.body ?? null);
  const body = whole && given.cut !== undefined ? whole.subarray(0, given.cut) : whole;
  const bodyWhole = body !== null && given.cut === undefined;
  return {
    ...base,
    status,
    phrase: '',
    ttl: given.ttl ?? 64,
    head: new MessageHead(['HTTP/1.1 200 OK', ...(given.responseHeaders ?? []), '', ''].join('\r\n')),
    body,
    bodyWhole,
    bodyBytes: given.bodyBytes ?? whole?.length ?? 0,
    complete: given.cut === undefined,
  };
}

function bytesOf(body: Case['body'] & (string | Uint8Array | object | null)): Uint8Array | null {
  if (body === null || body instanceof Uint8Array) return body;
  return Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
}

function look(given: Case): Assessment {
  const found = assess(transaction(given));
  assert.ok(found);
  const text = JSON.stringify(found);
  for (const secret of [SECRET, TOKEN, JWT, 'hidden']) assert.ok(!text.includes(secret));
  return found;
}

const AZURE = 'GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=x';
const GCE = 'GET /computeMetadata/v1/instance/service-accounts/default/token';
const PEM = '-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n';

test('verdicts', () => {
  for (const [says, given, verdict] of [
    ['keys in the body', { status: 200, body: KEYS }, 'returned'],
    ['keys without Code', { status: 200, body: { ...KEYS, Code: undefined } }, 'returned'],
    [
      'short keys, as the test captures have them',
      {
        status: 200,
        body: '{"Code":"Success","AccessKeyId":"ASIAEXAMPLEEXAMPLE00","SecretAccessKey":"EXAMPLE/NOT/A/KEY","Token":"EXAMPLETOKEN"}',
      },
      'returned',
    ],
    ['keys from a listing path', { request: `GET ${LIST}`, status: 200, body: KEYS }, 'returned'],
    ['keys from a path of no known kind', { request: 'GET /x', status: 200, body: KEYS }, 'returned'],
    [
      'keys by a path that is disguised',
      { request: 'GET /latest//meta-data/x/../iam/security-credentials/role-1', status: 200, body: KEYS },
      'returned',
    ],
    ['keys whose request was not seen', { noRequest: true, status: 200, body: KEYS }, 'returned'],
    ['keys in an error status', { status: 500, body: KEYS }, 'returned'],
    [
      'keys through a proxy, inside a page',
      {
        server: '10.0.0.9',
        headers: ['Host: 169.254.169.254'],
        status: 200,
        body: `<pre>${JSON.stringify(KEYS).replaceAll('"', '&quot;')}</pre>`,
      },
      'returned',
    ],
    ['keys inside a JSON string', { status: 200, body: { result: JSON.stringify(KEYS) } }, 'returned'],
    ['keys cut after the secret began', { status: 200, body: KEYS, cut: 160 }, 'returned'],
    ['keys in UTF-16', { status: 200, body: Buffer.from(JSON.stringify(KEYS), 'utf16le') }, 'returned'],
    ['keys after a byte order mark', { status: 200, body: `\ufeff${JSON.stringify(KEYS)}` }, 'returned'],
    ['a short part of the keys', { status: 200, body: KEYS, cut: 60 }, 'likely'],
    ['a long body that was not kept', { status: 200, bodyBytes: 1200 }, 'likely'],
    ['a short body that was not kept', { status: 200, bodyBytes: 170 }, 'unknown'],
    ['a long body on a listing path', { request: `GET ${LIST}`, status: 200, bodyBytes: 1200 }, 'listing'],
    ['the list', { request: `GET ${LIST}`, status: 200, body: 'role-1\nrole-2' }, 'listing'],
    [
      'the list for a role path',
      { request: 'GET /latest/meta-data/iam/security%2Dcredentials/role-1', status: 200, body: 'role-1' },
      'listing',
    ],
    [
      'the accounts of a Google machine',
      {
        request: 'GET /computeMetadata/v1/instance/service-accounts/',
        status: 200,
        body: '1-compute@developer.gserviceaccount.com/\ndefault/\n',
      },
      'listing',
    ],
    [
      'an account of a Google machine',
      {
        request: 'GET /computeMetadata/v1/instance/service-accounts/default/?recursive=true',
        status: 200,
        body: { aliases: ['default'], email: 'a@b.c', scopes: [] },
      },
      'listing',
    ],
    ['a failure in a 200', { status: 200, body: { Code: 'AssumeRoleUnauthorizedAccess', Message: 'x' } }, 'denied'],
    ['keys that are marked as a failure', { status: 200, body: { ...KEYS, Code: 'Failed' } }, 'denied'],
    ['nothing in a 200', { status: 200, body: '' }, 'denied'],
    [
      'a page in a 200',
      { status: 200, body: '<?xml version="1.0"?><html><title>404 - Not Found</title></html>' },
      'denied',
    ],
    ['401', { status: 401, body: '' }, 'denied'],
    ['404', { status: 404, body: 'Not Found' }, 'denied'],
    ['a redirect', { status: 302 }, 'denied'],
    ['HEAD', { request: `HEAD ${ROLE}`, status: 200, responseHeaders: ['Content-Length: 1200'] }, 'unknown'],
    ['a document of no known shape', { status: 200, body: { a: 1 } }, 'unknown'],
    ['text of no known shape', { status: 200, body: 'well, hello there!' }, 'unknown'],
    ['no answer in time', {}, 'no_response'],
    ['a reset instead of an answer', { ending: 'reset' }, 'no_response'],
    ['the connection closed', { ending: 'closed' }, 'no_response'],
    ['the capture ended', { ending: 'capture_end' }, 'unknown'],
    ['a gap', { ending: 'gap' }, 'unknown'],
    ['an answer that nobody acknowledged', { status: 200, bodyBytes: 1200, ending: 'undelivered' }, 'not_delivered'],
    ['keys that nobody acknowledged', { status: 200, body: KEYS, ending: 'undelivered' }, 'not_delivered'],
    ['a session token', { request: 'PUT /latest/api/token', status: 200, body: null, bodyBytes: 56 }, null],
    ['a page about the machine', { request: 'GET /latest/meta-data/instance-id', status: 200, body: 'i-0abc' }, null],
    ['something else', { request: 'GET /big', status: 200, bodyBytes: 1_000_000 }, null],
    [
      'Azure',
      { request: AZURE, status: 200, body: { access_token: JWT, expires_on: '1767325445', token_type: 'Bearer' } },
      'returned',
    ],
    [
      'Azure: an error in a 200',
      { request: AZURE, status: 200, body: { error: 'invalid_request', error_description: 'x' } },
      'denied',
    ],
    ['Azure: no header', { request: AZURE, status: 400, body: { error: 'invalid_request' } }, 'denied'],
    [
      'Azure Arc, step one',
      {
        server: '127.0.0.1',
        port: 40342,
        request: AZURE,
        status: 401,
        responseHeaders: ['WWW-Authenticate: Basic realm=/var/opt/k'],
      },
      null,
    ],
    ['Azure Arc, refused', { server: '127.0.0.1', port: 40342, request: AZURE, status: 401 }, 'denied'],
    [
      'WireServer',
      {
        server: '168.63.129.16',
        request: 'GET /machine/a/b?comp=certificates',
        status: 200,
        body: '<?xml version="1.0"?><CertificateFile><Data>MIIC</Data></CertificateFile>',
      },
      'returned',
    ],
    ['Google', { request: GCE, status: 200, body: { access_token: 'ya29.x', expires_in: 3599 } }, 'returned'],
    [
      'Google: a JWT',
      {
        request: 'GET /computeMetadata/v1/instance/service-accounts/default/identity?audience=x',
        status: 200,
        body: JWT,
      },
      'returned',
    ],
    ['Google: no header', { request: GCE, status: 403, body: 'Missing Metadata-Flavor:Google header.' }, 'denied'],
    [
      'ECS',
      {
        server: '169.254.170.2',
        request: 'GET /v2/credentials/x',
        status: 200,
        body: { ...KEYS, Code: undefined, RoleArn: 'arn:aws:iam::123456789012:role/path/task' },
      },
      'returned',
    ],
    [
      'ECS: an error',
      {
        server: '169.254.170.2',
        request: 'GET /v2/credentials/x',
        status: 200,
        body: { code: 'InvalidIdInRequest', message: 'x' },
      },
      'denied',
    ],
    [
      'Alibaba',
      {
        server: '100.100.100.200',
        request: 'GET /latest/meta-data/ram/security-credentials/r',
        status: 200,
        body: { Code: 'Success', AccessKeyId: 'STS.x', AccessKeySecret: 's', SecurityToken: 't' },
      },
      'returned',
    ],
    [
      'Tencent',
      {
        server: '169.254.0.23',
        request: 'GET /latest/meta-data/cam/security-credentials/r',
        status: 200,
        body: { Code: 'Success', TmpSecretId: 'AKIDx', TmpSecretKey: 's', Token: 't', ExpiredTime: 1767325445 },
      },
      'returned',
    ],
    [
      'Huawei',
      {
        request: 'GET /openstack/latest/securitykey',
        status: 200,
        body: {
          credential: { access: 'a', secret: 's', securitytoken: 't', expires_at: '2026-01-02T09:30:00.000000Z' },
        },
      },
      'returned',
    ],
    ['Oracle', { request: 'GET /opc/v2/identity/key.pem', status: 200, body: PEM }, 'returned'],
    [
      'Oracle: the certificate',
      { request: 'GET /opc/v2/identity/cert.pem', status: 200, body: '-----BEGIN CERTIFICATE-----\nMII' },
      null,
    ],
    [
      'IBM',
      {
        request: 'POST /instance_identity/v1/iam_token',
        status: 200,
        body: { access_token: JWT, expires_at: '2026-01-02T09:30:00Z' },
      },
      'returned',
    ],
    [
      'a private key in user data',
      { request: 'GET /latest/user-data', status: 200, body: `#!/bin/sh\n${PEM}` },
      'returned',
    ],
  ] as [string, Case, Assessment['verdict']][]) {
    assert.equal(look(given).verdict, verdict, says);
  }
});

test('what is kept of a credential', () => {
  assert.deepEqual(look({ status: 200, body: KEYS }).credential, {
    role: 'role-1',
    type: 'access_key',
    accessKeyId: 'ASIA5FLZVX4OPVKKVBMX',
    expiry: '2026-01-02T09:30:00.000Z',
    tokenSha256: `sha256:${createHash('sha256').update(TOKEN).digest('hex')}`,
    account: accountOfKeyId('ASIA5FLZVX4OPVKKVBMX'),
  });
  assert.deepEqual(
    look({ request: AZURE, status: 200, body: { access_token: JWT, expires_on: '1767325445' } }).credential,
    {
      type: 'bearer_token',
      expiry: '2026-01-02T03:44:05.000Z',
      tokenSha256: `sha256:${createHash('sha256').update(JWT).digest('hex')}`,
      claims: JWT_CLAIMS,
    },
  );
  assert.deepEqual(
    look({ request: GCE, status: 200, body: { access_token: 'ya29.short', expires_in: 3599 } }).credential,
    {
      role: 'default',
      type: 'bearer_token',
      expiry: '2026-01-02T04:04:04.000Z',
    },
  );
  assert.deepEqual(
    look({
      server: '169.254.170.2',
      request: 'GET /v2/credentials/x',
      status: 200,
      body: { ...KEYS, RoleArn: 'arn:aws:iam::123456789012:role/p/task' },
    }).credential?.account,
    '123456789012',
  );
  assert.deepEqual(look({ status: 200, bodyBytes: 1200 }).credential, { type: 'access_key', role: 'role-1' });
  assert.equal(look({ status: 404 }).credential, null);
  // A role's name is whatever the request says.
  assert.equal(
    look({ request: `GET ${LIST}${SECRET.replaceAll('/', '%2F')}`, status: 200, body: KEYS }).credential?.role,
    undefined,
  );
  assert.equal(
    look({ request: `GET ${LIST}ghp_${'a1B2'.repeat(9)}`, status: 200, body: KEYS }).credential?.role,
    'REDACTED',
  );
});

test('an account is read from key ids that hold one', () => {
  assert.equal(accountOfKeyId('ASIATFQR7NSC36DZQP7P'), '218007301253');
  assert.equal(accountOfKeyId('ASIAEXAMPLEEXAMPLE00'), null);
  assert.equal(accountOfKeyId('AKIAIOSFODNN7EXAMPLE'), null);
  assert.equal(accountOfKeyId('AROA5FLZVX4OPVKKVBMX'), null);
});

test('v1 and v2 are told by the read itself', () => {
  const token = ['X-aws-ec2-metadata-token: AQAEAx=='];
  assert.equal(look({ status: 200, body: KEYS }).session, 'v1');
  assert.equal(look({ status: 200, body: KEYS, headers: token }).session, 'v2');
  assert.equal(look({ status: 200, body: KEYS, headers: ['x-aws-ec2-metadata-token:'] }).session, 'v1');
  assert.equal(look({ request: 'GET /latest/meta-data/instance-id', status: 200, headers: token }).session, 'v2');
  assert.equal(
    look({ request: 'PUT /latest/api/token', status: 200, headers: ['X-aws-ec2-metadata-token-ttl-seconds: 60'] })
      .session,
    null,
  );
  const { request, ...rest } = transaction({});
  assert.ok(request);
  const cut = { ...request, head: new MessageHead(`GET ${ROLE} HTTP/1.1\r\nHost: x`), complete: false };
  assert.equal(assess({ ...rest, request: cut })?.session, null);
  assert.equal(look({ request: 'GET /big', status: 200 }).session, null);
  assert.equal(look({ request: AZURE, status: 200 }).session, null);
});

test('the hop limit is the TTL of the answer to the token request', () => {
  const put = { request: 'PUT /latest/api/token', headers: ['X-aws-ec2-metadata-token-ttl-seconds: 60'] };
  assert.equal(look({ ...put, status: 200, ttl: 1 }).hopLimit, 1);
  assert.equal(look({ ...put, status: 200, ttl: 2 }).hopLimit, 2);
  assert.equal(look({ ...put, status: 200, ttl: 255 }).hopLimit, null);
  assert.equal(look({ ...put, status: 400, ttl: 1 }).hopLimit, null);
  assert.equal(look({ ...put }).hopLimit, null);
  assert.equal(look({ status: 200, ttl: 1, body: KEYS }).hopLimit, null);
});

test('other traffic is not assessed', () => {
  assert.equal(assess(transaction({ server: '203.0.113.7', request: 'GET /', status: 200, body: KEYS })), null);
});

test('bodies are kept where they may show a credential, and only there', () => {
  const keep = (given: Case) => {
    const { endpoints, request, response } = transaction({ status: 200, ...given });
    assert.ok(response);
    return metadataBodyPolicy(endpoints, request, response);
  };
  assert.equal(keep({}), 65536);
  assert.equal(keep({ request: 'GET /x' }), 65536);
  assert.equal(keep({ noRequest: true }), 65536);
  assert.equal(keep({ server: '10.0.0.9', headers: ['Host: 169.254.169.254'] }), 65536);
  assert.equal(keep({ request: 'PUT /latest/api/token' }), 0);
  assert.equal(keep({ server: '203.0.113.7', request: 'GET /index.html', headers: ['Host: example.com'] }), 0);
});

test('hostile bodies are answered, never thrown at', () => {
  const nested = (open: string, close: string) => open.repeat(30_000) + close.repeat(30_000);
  const bodies: (string | Uint8Array)[] = [
    nested('[', ']'),
    nested('{"a":', '}'),
    '{"a":'.repeat(12_000),
    `{"AccessKeyId":${'"'.repeat(60_000)}`,
    `{${'"AccessKeyId":"x",'.repeat(3000)}"a":1}`,
    '"AccessKeyId":"'.repeat(4000),
    `${'-----BEGIN '.repeat(6000)}PRIVATE`,
    '<'.repeat(65_536),
    ' '.repeat(65_536),
    'null',
    '0',
    '[]',
    '{}',
    '{"__proto__":{"AccessKeyId":"x"},"AccessKeyId":1,"Code":{}}',
    Buffer.from([0xff, 0xfe, 0x7b]),
    Buffer.from([0xfe, 0xff, 0x7b]),
    Buffer.from([0xc3, 0x28, 0xa0, 0xa1]),
    Buffer.alloc(65_536),
  ];
  for (const body of bodies) {
    const start = performance.now();
    assert.notEqual(look({ status: 200, body }).verdict, 'returned');
    assert.ok(performance.now() - start < 500);
  }
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (body, cut) => {
      look({ status: 200, body });
      look({ status: 200, body, cut });
    }),
  );
  fc.assert(fc.property(fc.json(), (body) => void look({ status: 200, body })));
});

test('a body cut at any place never says less than was seen, and never more', () => {
  const text = JSON.stringify(KEYS);
  const secretSeen = text.indexOf(SECRET) + 1;
  for (let cut = 1; cut < text.length; cut++) {
    const { verdict } = look({ status: 200, body: text, cut });
    assert.equal(verdict, cut >= secretSeen ? 'returned' : 'likely', `cut at ${cut}`);
  }
});
