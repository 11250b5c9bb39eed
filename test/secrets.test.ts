import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { pcapOf } from './support/capture-file.ts';
import { answer, ask, type ExchangeText, packetsOfExchanges } from './support/exchange.ts';
import { hoplimit } from './support/program.ts';
import { readCaptures } from './support/read-captures.ts';
import { EVERYTHING } from './support/rule.ts';
import { shared, WITHOUT_SHARED } from './support/shared.ts';
import { temporaryFolder } from './support/temporary.ts';

/** No piece of a secret as long as this may be seen. */
const PIECE = 16;

/** Secrets that were given to the program, by what they are. Each is new on every run. */
class Secrets {
  readonly #values = new Map<string, string>();

  add(name: string, value: string): string {
    this.#values.set(name, value);
    return value;
  }

  base64(name: string, bytes: number): string {
    return this.add(name, randomBytes(bytes).toString('base64').replace(/=+$/, ''));
  }

  base64url(name: string, bytes: number): string {
    return this.add(name, randomBytes(bytes).toString('base64url'));
  }

  hex(name: string, bytes: number): string {
    return this.add(name, randomBytes(bytes).toString('hex'));
  }

  /** Letters and digits, one of each kind at least. */
  word(name: string, length: number): string {
    const text = randomBytes(length * 2)
      .toString('base64')
      .replace(/[^A-Za-z0-9]/g, '');
    return this.add(name, `${text.slice(0, length - 3)}x7Q`);
  }

  /** 40 small letters and digits, as a host name's label may have. */
  label(name: string): string {
    return this.add(
      name,
      BigInt(`0x1${randomBytes(30).toString('hex')}`)
        .toString(36)
        .slice(0, 40),
    );
  }

  /** The secrets that the output shows, as they are or in an encoding, whole or a piece of them. */
  leaksIn(output: string): string[] {
    const leaks: string[] = [];
    for (const [name, value] of this.#values) {
      for (const form of formsOf(value)) {
        const at = output.indexOf(form);
        if (at < 0) continue;
        leaks.push(`${name} (${value}) as ${form}: …${output.slice(Math.max(0, at - 80), at + form.length + 20)}…`);
        break;
      }
    }
    return leaks;
  }
}

/** What must not be seen of a secret: it and each piece of it, plain, percent-encoded, as base64 and as JSON. */
function* formsOf(secret: string): Generator<string> {
  const forms = [secret, encodeURIComponent(secret), everyByteEncoded(secret), JSON.stringify(secret).slice(1, -1)];
  // What base64 makes of the secret depends on how many bytes stand before it.
  for (const before of ['', ' ', '  ']) {
    const coded = Buffer.from(before + secret, 'latin1').toString('base64');
    forms.push(coded.slice(before === '' ? 0 : 4, -4));
  }
  for (const form of new Set(forms)) {
    for (let at = 0; at === 0 || at + PIECE <= form.length; at++) yield form.slice(at, at + PIECE);
  }
}

function everyByteEncoded(text: string): string {
  return Buffer.from(text, 'latin1').toString('hex').toUpperCase().replace(/../g, '%$&');
}

const IMDS = '169.254.169.254';
const ROLE = '/latest/meta-data/iam/security-credentials/web';

/** Traffic with a secret at every place where one may be. */
function exchangesWith(secrets: Secrets): ExchangeText[] {
  const host = 'Host: api.example.com';
  const get = (target: string, ...fields: string[]) => ask(`GET ${target} HTTP/1.1`, host, ...fields);
  const form = `grant_type=password&client_secret=${secrets.word('client_secret of a form', 32)}`;
  const basic = Buffer.from(`alice:${secrets.word('password of Basic', 24)}`).toString('base64');
  const token = secrets.base64url('token of IMDSv2', 40);
  const twice = everyByteEncoded(everyByteEncoded(secrets.base64url('token in a query, encoded twice', 30)));
  const pem = secrets.base64('private key', 600).replace(/.{64}/g, '$&\n');
  const access = `ya29.${secrets.base64url('access_token of Google', 120)}`;
  const jwt = ['{"alg":"RS256","typ":"JWT"}', '{"aud":"https://management.azure.com","exp":1999999999}']
    .map((part) => Buffer.from(part).toString('base64url'))
    .join('.');
  return [
    { request: get('/a', `Authorization: Basic ${basic}`), response: answer('') },
    { request: get('/b', `Authorization: Bearer ${secrets.base64url('bearer token', 32)}`) },
    { request: get('/c', `Proxy-Authorization: Bearer ${secrets.base64url('bearer token for a proxy', 32)}`) },
    {
      request: get('/d', `Cookie: theme=dark; session=${secrets.base64url('cookie', 24)}`),
      response: answer('', `Set-Cookie: session=${secrets.hex('set cookie', 20)}; Path=/; HttpOnly`),
    },
    { request: get('/e', `X-Api-Key: ${secrets.word('API key', 32)}`) },
    { request: get('/f', `X-Unheard-Of: ${secrets.base64url('value of an unknown header', 32)}`) },
    { request: get('/g', `X-${secrets.base64url('header name', 30)}: 1`) },
    { request: get(`/h?token=${secrets.base64url('token in a query', 30)}&page=2`) },
    { request: get(`/i?token=${twice}`) },
    { request: get(`/j?X-Amz-Signature=${secrets.hex('signature of a URL', 32)}&X-Amz-Expires=60`) },
    { request: get(`/k?q=${secrets.base64url('value of an unknown parameter', 32)}`) },
    { request: get(`/bot123456789:${secrets.base64url('token in a path', 26)}/getMe`) },
    { request: get(`/reset/${secrets.base64url('token in a path without a name', 30)}`) },
    { request: get(`/l#access_token=${secrets.base64url('token in a fragment', 30)}`) },
    { request: get(`http://bob:${secrets.word('password in a URL', 24)}@api.example.com/m`) },
    { request: get('/n', `User-Agent: tool/1.0 (key=${secrets.word('key in a user agent', 32)})`) },
    { request: get('/o', `User-Agent: ${secrets.base64url('user agent', 32)}`) },
    { request: get('/p', `Referer: https://example.com/x?code=${secrets.base64url('code in a referrer', 32)}`) },
    { request: ask('GET /q HTTP/1.1', `Host: ${secrets.label('host name')}.example.com`) },
    { request: ask(`${secrets.word('method', 28)} /r HTTP/1.1`, host) },
    {
      request: get('/s'),
      response: `HTTP/1.1 200 ${secrets.base64url('status phrase', 32)}\r\nContent-Length: 0\r\n\r\n`,
    },
    { request: ask(`GET /t HTTP/1.${secrets.word('version', 28)}`, host) },
    {
      request: ask('POST /u HTTP/1.1', host, `Content-Length: ${form.length}`) + form,
      response: answer('', `Location: /v?code=${secrets.base64url('code in a redirect', 30)}`),
    },
    {
      request: ask('PUT /latest/api/token HTTP/1.1', `Host: ${IMDS}`, 'X-aws-ec2-metadata-token-ttl-seconds: 60'),
      response: answer(token),
      server: IMDS,
    },
    {
      request: ask(
        `GET ${ROLE} HTTP/1.1`,
        `Host: ${IMDS}`,
        'User-Agent: curl/8.5.0',
        `X-aws-ec2-metadata-token: ${token}`,
      ),
      response: answer(
        JSON.stringify({
          Code: 'Success',
          AccessKeyId: 'ASIAEXAMPLEEXAMPLE00',
          SecretAccessKey: secrets.base64('SecretAccessKey', 30),
          Token: `IQoJb3JpZ2luX2Vj${secrets.base64('Token', 300)}`,
          Expiration: '2030-01-01T00:00:00Z',
        }),
      ),
      server: IMDS,
    },
    {
      request: ask(
        'GET /computeMetadata/v1/instance/service-accounts/default/token HTTP/1.1',
        'Host: metadata.google.internal',
        'Metadata-Flavor: Google',
      ),
      response: answer(JSON.stringify({ access_token: access, expires_in: 3599, token_type: 'Bearer' })),
      server: IMDS,
    },
    {
      request: ask('GET /metadata/identity/oauth2/token?resource=x HTTP/1.1', `Host: ${IMDS}`, 'Metadata: true'),
      response: answer(JSON.stringify({ access_token: `${jwt}.${secrets.base64url('signature of a JWT', 256)}` })),
      server: IMDS,
    },
    {
      request: ask('GET /opc/v2/identity/key.pem HTTP/1.1', `Host: ${IMDS}`, 'Authorization: Bearer Oracle'),
      response: answer(`-----BEGIN RSA PRIVATE KEY-----\n${pem}\n-----END RSA PRIVATE KEY-----\n`),
      server: IMDS,
    },
  ];
}

/** Events of other programs with secrets in process arguments, URLs and texts. */
function documentsWith(secrets: Secrets): object[] {
  const bearer = `Authorization: Bearer ${secrets.base64url('bearer token in arguments', 32)}`;
  const password = secrets.word('password in arguments', 20);
  const cloudTrail = {
    eventName: 'AssumeRole',
    responseElements: {
      credentials: {
        accessKeyId: 'ASIAEXAMPLEEXAMPLE00',
        secretAccessKey: secrets.base64('secretAccessKey in an audit log', 30),
        sessionToken: secrets.base64('sessionToken in an audit log', 200),
      },
    },
  };
  return [
    {
      event: { category: ['process'], id: '1' },
      process: {
        name: 'curl',
        args: ['curl', '-H', bearer, '--user', `bob:${password}`, 'https://example.com/'],
        command_line: `curl -H '${bearer}' --user bob:${password} https://example.com/`,
        env_vars: [`AWS_SECRET_ACCESS_KEY=${secrets.base64('key in the environment', 30)}`],
      },
    },
    {
      event: { category: ['network'], id: '2' },
      url: {
        query: `page=1&access_token=${secrets.base64url('token in url.query', 30)}`,
        full: `https://x.example/?sig=${secrets.base64('signature in url.full', 32)}`,
      },
      http: { request: { body: { content: `{"password":"${secrets.word('password in a body', 24)}"}` } } },
    },
    {
      event: { category: ['network'], id: '3', original: JSON.stringify(cloudTrail) },
      message: JSON.stringify(cloudTrail),
    },
    { event: { category: ['network'], id: '4' }, tags: [`token=${secrets.base64url('token in a tag', 30)}`] },
    { event: { category: ['network'], id: '5' }, labels: { api_key: secrets.word('label', 32) } },
  ];
}

describe('no secret that goes in comes out', () => {
  const folder = temporaryFolder();
  const rule = folder.write('everything.toml', EVERYTHING);

  async function search(secrets: Secrets, ...commands: string[][]): Promise<void> {
    const outcomes = await Promise.all(commands.map((command) => hoplimit(command)));
    for (const [index, { stdout, stderr, status }] of outcomes.entries()) {
      assert.equal(status, 0, `${commands[index].join(' ')}: ${stderr}`);
      assert.ok(stdout.length > 100, `${commands[index].join(' ')} prints ${stdout.length} characters`);
      assert.deepEqual(secrets.leaksIn(stdout + stderr), [], commands[index].join(' '));
    }
  }

  const onCaptures = (files: readonly string[]) => [
    ['decode', '--any-port', ...files],
    ['analyze', '--any-port', '--explain', '--rules', rule, ...files],
    ['analyze', '--any-port', '--json', '--explain', '--rules', rule, ...files],
    ['detect', '--any-port', '--json', '--rules', rule, ...files],
    ['query', '--any-port', '--json', '--size', '1000', 'any where true', ...files],
    [
      'query',
      '--any-port',
      '--explain',
      '--size',
      '1000',
      'any where url.original != "/" and user_agent.original != "x"',
      ...files,
    ],
  ];

  it('of traffic with a secret at every place', async () => {
    const secrets = new Secrets();
    const exchanges = exchangesWith(secrets);
    const file = folder.write('secrets.pcap', pcapOf(packetsOfExchanges(exchanges)));
    const { events } = await readCaptures([file]);
    assert.equal(events.length, exchanges.length, 'all of it is read');
    await search(secrets, ...onCaptures([file]));
  });

  it('of events from elsewhere', async () => {
    const secrets = new Secrets();
    const lines = documentsWith(secrets).map((document) => JSON.stringify(document));
    lines.push(`{"token": ${secrets.word('piece of a broken line', 24)}`, `"${secrets.base64url('broken line', 24)}`);
    const file = folder.write('secrets.ndjson', lines.join('\n'));
    await search(
      secrets,
      ['detect', '--json', '--rules', rule, file],
      ['detect', '--rules', rule, file],
      ['query', '--json', '--size', '1000', 'any where true', file],
      ['query', '--explain', '--size', '1000', 'any where process.command_line != "x" or url.query != "x"', file],
    );
  });

  it('of the captures made for this project', { skip: WITHOUT_SHARED }, async () => {
    const names = readdirSync(shared('captures/own')).filter((name) => /\.pcap(?:ng)?$/.test(name));
    const files = names.map((name) => shared(`captures/own/${name}`));
    const secrets = new Secrets();
    const text = files.map((file) => readFileSync(file, 'latin1')).join('\n');
    const found = text.matchAll(
      /("SecretAccessKey"|"Token"|"access_token"|x-aws-ec2-metadata-token):\s*"?([\w+/=.-]{16,})/gi,
    );
    for (const [, name, value] of found) secrets.add(`${name} ${value}`, value);
    await search(secrets, ...onCaptures(files));
  });
});
