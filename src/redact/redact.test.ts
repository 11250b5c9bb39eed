import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { redactArguments, redactCommandLine } from './arguments.ts';
import { redactDocument } from './document.ts';
import { base64Text, percentDecode } from './encoding.ts';
import { redactHeaderValue } from './header.ts';
import { redactText, redactThoroughly } from './text.ts';
import { redactUrl } from './url.ts';

// --- Secrets must not come out -------------------------------------------------------------------------------------

const BASE62 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

function drawn(alphabet: string, minLength: number, maxLength = minLength): fc.Arbitrary<string> {
  return fc.noShrink(fc.noBias(fc.string({ unit: fc.constantFrom(...alphabet), minLength, maxLength })));
}

const base64 = (length: number) => drawn(`${BASE62}+/`, length);
const base64url = (length: number) => drawn(`${BASE62}-_`, length);

/** Secrets that are known wherever they stand. */
const shaped = fc.oneof(
  base64(40), // AWS secret access key
  base64(400).map((rest) => `IQoJb3JpZ2luX2VjE${rest}==`), // AWS session token
  base64url(56).map((rest) => `AQAEA${rest}==`), // IMDSv2 token
  drawn(`${BASE62}-_`, 20, 180).map((rest) => `ya29.${rest}`), // Google access token
  fc.tuple(base64url(40), base64url(200), base64url(43)).map(([a, b, c]) => `eyJ${a}.eyJ${b}.${c}`), // JWT
  base64(86).map((rest) => `${rest}==`), // Azure storage key
  base64url(64),
  drawn(BASE62, 36).map((rest) => `ghp_${rest}`),
  fc.array(base64(64), { minLength: 3, maxLength: 6 }).map((lines) => privateKey(lines)),
);

function privateKey(lines: readonly string[]): string {
  return `-----BEGIN RSA PRIVATE KEY-----\n${lines.join('\n')}\n-----END RSA PRIVATE KEY-----`;
}

/** Secrets that only the name they stand under gives away. */
const named = fc.oneof(
  shaped,
  fc.tuple(drawn(BASE62, 1), drawn(`${BASE62}!_.^*~-`, 6, 24), drawn(BASE62, 1)).map((parts) => parts.join('')),
  drawn('0123456789abcdef', 32),
  drawn('0123456789abcdef', 64),
);

const secretName = fc.constantFrom(
  'password',
  'PASSWORD',
  'access_token',
  'accessToken',
  'client_secret',
  'SecretAccessKey',
  'aws_secret_access_key',
  'X-Amz-Security-Token',
  'api_key',
  'refresh-token',
  'db.password',
  'sig',
);

const once = encodeURIComponent;
const twice = (text: string) => once(once(text));
const upper = (text: string) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).toUpperCase()}`).join('');
const encoding = fc.constantFrom(once, twice, upper, (text: string) => once(twice(text)));

/** Every way to read a text that a curious person would try. */
function readings(text: string): string[] {
  const unescaped = text
    .replace(/\\u([0-9a-f]{4})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/\\n/g, '\n')
    .replace(/\\(.)/g, '$1');
  const decoded = [text, percentDecode(text), unescaped, percentDecode(unescaped)];
  const held = decoded.flatMap((reading) =>
    (reading.match(/[\w+/-]{8,}=*/g) ?? []).map((run) => base64Text(run) ?? ''),
  );
  return [...decoded, ...held];
}

function assertAbsent(out: string, secret: string): void {
  const needles = [secret.replaceAll('\n', ''), ...Array.from(secret, (_, i) => secret.slice(i, i + 16))].filter(
    (needle, i) => i === 0 || (needle.length === 16 && !/^-+|-+$|PRIVATE/.test(needle)),
  );
  for (const reading of readings(out)) {
    for (const needle of needles) assert.ok(!reading.includes(needle), `${needle} of ${secret} in ${out}`);
  }
}

/** A fixed seed: what is drawn at random can look like a name, if seldom; a test must not fail by such luck. */
const SETTINGS = { numRuns: 1500, seed: 20260102, endOnFailure: true };

test('no secret comes out of a header', () => {
  const line = named.filter((secret) => !secret.includes('\n'));
  fc.assert(
    fc.property(line, fc.constantFrom('Bearer ', 'Token ', ''), (secret, scheme) => {
      for (const name of ['Authorization', 'proxy-authorization', 'X-Goog-IAM-Authorization']) {
        assertAbsent(redactHeaderValue(name, scheme + secret), secret);
      }
      assertAbsent(redactHeaderValue('Authorization', `Basic ${btoa(`user:${secret}`)}`), secret);
      assertAbsent(redactHeaderValue('Cookie', `a=${secret}; theme=${secret}`), secret);
      assertAbsent(redactHeaderValue('Set-Cookie', `a=${secret}; Path=/; HttpOnly, b=${secret}; Secure`), secret);
      for (const name of TOKEN_HEADERS) assertAbsent(redactHeaderValue(name, secret), secret);
    }),
    SETTINGS,
  );
  fc.assert(
    fc.property(shaped, (secret) => assertAbsent(redactHeaderValue('X-Anything', `v=1 ${secret} tail`), secret)),
    SETTINGS,
  );
});

const TOKEN_HEADERS = [
  'X-aws-ec2-metadata-token',
  'X-Aws-Ec2-Metadata-Token',
  'X-aliyun-ecs-metadata-token',
  'Metadata-Token',
  'X-Metadata-Token',
  'X-IDENTITY-HEADER',
  'secret',
  'X-Vault-Token',
  'X-Api-Key',
  'X-Amz-Security-Token',
  'PRIVATE-TOKEN',
  'X-Auth-Token',
  'x-functions-key',
  'Ocp-Apim-Subscription-Key',
  'X-Goog-Api-Key',
  'X-CSRF-Token',
];

/** From AWS's documentation, and the like: with words in them, so that chance alone does not explain them. */
const EXAMPLES = [
  'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  'je7MtGbClwBF/2Zp9Utk/h3yCo8nvbEXAMPLEKEY',
  'AQoDYXdzEPT//////////wEXAMPLEtc764bNrC9SAPBSM22wDOk4x4HIZ8j4FZTwdQWLWsKWHGBuFqwAeMicRXmxfpSPfIeoIYRqTflfKD8YUuwthAx7mSEI/qkPpKPi/kMcGdQrmGdeehM4IC1NtBmUpp2wUE8phUZampKsburEDy0KPkyQDYwT7WZ0wq5VSXDvp75YU9HFvlRd8Tx6q6fE8YQcHNVXAkiY9q6d==',
  'ya29.EXAMPLE',
  'AQAEAEXAMPLETOKEN==',
  'IQoJb3JpZ2luX2VjEXAMPLETOKENEXAMPLE',
];

test('no example of a secret comes out of anything', () => {
  for (const secret of EXAMPLES) {
    for (const out of [
      redactText(`got ${secret} from`),
      redactText(`x=${secret}`),
      redactText(`tool/${secret}`),
      redactText(JSON.stringify({ x: secret })),
      redactText(btoa(`got ${secret} from`)),
      redactUrl(`/a/${secret}/b`),
      redactUrl(`http://h.example/${secret}`),
      redactUrl(`/a?x=${secret}`),
      redactUrl(`/a?${secret}`),
      redactUrl(`/a#${secret}`),
      redactUrl(`/a/${once(secret)}/b`),
      redactUrl(`/a?x=${twice(secret)}`),
      redactArguments(['tool', secret, `--x=${secret}`]).join(' '),
      redactHeaderValue('X-Anything', secret),
      JSON.stringify(redactDocument({ a: { b: [secret] } })),
    ]) {
      assertAbsent(out, secret);
    }
  }
});

test('no secret comes out of a URL', () => {
  fc.assert(
    fc.property(named, secretName, encoding, (secret, name, encode) => {
      const value = encode(secret);
      assertAbsent(redactUrl(`/a?${name}=${value}&x=1`), secret);
      assertAbsent(redactUrl(`/a?x=1&${name.toUpperCase()}=${value}`), secret);
      assertAbsent(redactUrl(`/a?${upper(name)}=${value}`), secret);
      assertAbsent(redactUrl(`/a/b;${name}=${value}/c`), secret);
      assertAbsent(redactUrl(`/a#x=1&${name}=${value}`), secret);
      assertAbsent(redactUrl(`https://user:${value}@host.example/a`), secret);
      assertAbsent(redactUrl(`/a?next=${once(`https://h/?${name}=${value}&y=1`)}`), secret);
      assertAbsent(redactUrl(`/a?next=${twice(`https://user:${value}@h/`)}`), secret);
      assertAbsent(redactUrl(upper(`/a?${name}=${value}`)), secret);
    }),
    SETTINGS,
  );
  fc.assert(
    fc.property(shaped, encoding, (secret, encode) => {
      const value = encode(secret);
      assertAbsent(redactUrl(`/files/${value}/x`), secret);
      if (secret.length === 40) assertAbsent(redactUrl(`/files/${secret}/x`), secret);
      assertAbsent(redactUrl(`/a?x=${value}&y=1`), secret);
      assertAbsent(redactUrl(`/a?${value}`), secret);
      assertAbsent(redactUrl(`/a#${value}`), secret);
      assertAbsent(redactUrl(`http://h.example/a;v=${value}`), secret);
    }),
    SETTINGS,
  );
});

test('no secret comes out of text', () => {
  const line = named.filter((secret) => !secret.includes('\n'));
  fc.assert(
    fc.property(line, secretName, (secret, name) => {
      const json = JSON.stringify({ a: 1, [name]: secret, b: { [name]: secret } });
      for (const text of [
        `${name}=${secret}`,
        `failed: ${name}: ${secret}; retry`,
        `${name} = "${secret}"`,
        json,
        JSON.stringify(json),
        JSON.stringify(JSON.stringify(json)),
        json.replaceAll('"', '&quot;'),
        json.replaceAll('/', '\\/'),
        json.replace(/[+=&<>]/g, (char) => `\\u00${char.charCodeAt(0).toString(16)}`),
        `user=a&${name}=${once(secret)}&b=1`,
        `<r><ns:${name} type="x">${secret}</ns:${name}></r>`,
        `GET / HTTP/1.1\r\nAuthorization: Bearer ${secret}\r\nCookie: a=${secret}\r\nHost: h\r\n\r\n`,
        `Basic ${btoa(`user:${secret}`)}`,
        `see https://user:${once(secret)}@host.example/a`,
        btoa(`${name}=${secret}; path=/a/b`),
      ]) {
        assertAbsent(redactText(text), secret);
      }
    }),
    SETTINGS,
  );
  fc.assert(
    fc.property(shaped, (secret) => {
      for (const text of [
        `got ${secret} from`,
        `"x":"${secret}"`,
        JSON.stringify(`x ${secret}`),
        btoa(`my ${secret}`),
        once(secret),
      ]) {
        assertAbsent(redactText(text), secret);
      }
    }),
    SETTINGS,
  );
});

test('no secret comes out of arguments', () => {
  const line = named.filter((secret) => !secret.includes('\n'));
  fc.assert(
    fc.property(line, secretName, (secret, name) => {
      const commands = [
        ['curl', '-H', `Authorization: Bearer ${secret}`, 'http://h/'],
        ['curl', `-HX-Vault-Token: ${secret}`],
        ['curl', `--header=X-aws-ec2-metadata-token: ${secret}`],
        ['/usr/bin/curl', '-u', `user:${secret}`],
        ['curl', `-uuser:${secret}`],
        ['curl', '-su', `user:${secret}`, '-b', `sid=${secret}`],
        ['curl', '-d', `user=a&${name}=${once(secret)}`],
        ['sudo', 'wget', `--password=${secret}`],
        ['tool', '--password', secret],
        ['tool', '--api-key', secret, '--verbose'],
        ['mysql', '-uroot', `-p${secret}`],
        ['sshpass', '-p', secret, 'ssh', 'h'],
        ['redis-cli', '-a', secret],
        ['docker', 'login', '-u', 'u', '-p', secret, 'r.example'],
        ['env', `${name}=${secret}`, 'run'],
        ['git', 'clone', `https://user:${once(secret)}@host.example/r.git`],
        ['aws', 'configure', 'set', 'aws_secret_access_key', secret],
        ['secretsdump.py', `corp/user:${secret.replaceAll('/', 'x')}@10.0.0.1`],
        ['openssl', 'enc', '-pass', `pass:${secret}`],
      ];
      for (const command of commands) {
        const out = redactArguments(command);
        assert.equal(out.length, command.length);
        assertAbsent(out.join('\n'), secret);
        const text = command.map((arg) => (/[^\w@:=/.+-]/.test(arg) ? `'${arg}'` : arg)).join(' ');
        assertAbsent(redactCommandLine(text), secret);
        assertAbsent(redactArguments(['sh', '-c', `x=1; ${text} && echo ok`]).join('\n'), secret);
      }
    }),
    SETTINGS,
  );
});

test('no secret comes out of a document', () => {
  fc.assert(
    fc.property(named, shaped, secretName, (secret, token, name) => {
      const out = JSON.stringify(
        redactDocument({
          [name]: secret,
          deep: [{ [name]: [secret, secret] }, { value: token, list: [token] }],
          http: { request: { headers: { authorization: `Bearer ${secret}`, 'x-api-key': [secret] } } },
          'http.request.headers.x-vault-token': secret,
          process: { args: ['curl', '-u', `user:${secret}`], command_line: `curl -u 'user:${secret}' http://h` },
          url: {
            full: `http://h/?${name}=${once(secret)}`,
            query: `${name}=${once(secret)}`,
            original: `/x/${once(token)}`,
          },
          message: JSON.stringify({ [name]: secret }),
          [token]: 1,
        }),
      );
      assertAbsent(out, secret);
      assertAbsent(out, token);
    }),
    SETTINGS,
  );
});

// --- What is no secret must come out as it went in -----------------------------------------------------------------

const ORDINARY_URLS = [
  '/',
  '/latest/meta-data/iam/security-credentials/role-1',
  '/latest/meta-data/iam/security-credentials/MyStack-InstanceRole-1GX5AJ2K4Q9ZL',
  '/latest/meta-data/iam/security-credentials/AmazonSSMRoleForInstancesQuickSetup',
  '/latest/meta-data/iam/security-credentials/AWSReservedSSO_AdministratorAccess_1a2b3c4d5e6f7a8b',
  '/v2/credentials/0a1b2c3d-1111-2222-3333-444455556666',
  '/computeMetadata/v1/instance/service-accounts/123456789012-compute@developer.gserviceaccount.com/token',
  '/computeMetadata/v1/?recursive=true&wait_for_change=true&last_etag=4d94ac0ab29d4d3c&alt=json',
  '/metadata/identity/oauth2/token/?api-version=2018-02-01&resource=https%3A%2F%2Fmanagement.azure.com%2F',
  '/instance_identity/v1/token?version=2022-03-01',
  '/subscriptions/0a1b2c3d-1111-2222-3333-444455556666/resourceGroups/MC_group_cluster_westeurope/providers/Microsoft.Compute/virtualMachineScaleSets/aks-nodepool1-12345678-vmss',
  '/repos/torvalds/linux/git/commits/e5eb28f6d1afebed4bb7d740a797d0390bd3a357',
  '/search?q=red+shoes&page=2&code=404&key=name&session=new&sort=asc#results',
  'https://bucket.s3.us-east-1.amazonaws.com/a/b.tar.gz?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20260101%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20260101T000000Z&X-Amz-Expires=3600&X-Amz-SignedHeaders=host',
  'http://[fd00:ec2::254]:80/latest/meta-data/',
  '/x/../latest/%2e%2e/meta%252ddata;v=1/iam//security-credentials/%zz',
  '/products/ABC-12345-XL/reviews?tokenized=false&token_type=bearer&secretary=bob',
];

const ORDINARY_TEXTS = [
  'i-0abcd1234ef567890 in us-east-1a has ami-0123456789abcdef0, eni-0123456789abcdef0',
  'arn:aws:iam::123456789012:role/service-role/AWSLambdaBasicExecutionRole-1a2b3c',
  'arn:aws:sts::123456789012:assumed-role/MyRole/i-0abcd1234ef567890',
  'AROA5FLZVX4OPVKKVBMXQ:i-0abcd1234ef567890 used ASIA5FLZVX4OPVKKVBMX',
  'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'ip-10-0-12-34.eu-central-1.compute.internal',
  'k8s-default-ingress-1234567890-0a1b2c3d4e5f.elb.us-east-1.amazonaws.com',
  'a1b2c3d4e5f6g7.cloudfront.net',
  'web-7d9f8b6c5d-x2k4p/kube-system/system:serviceaccount:default:builder',
  'Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0',
  'Mozilla/5.0 (iPhone; CPU iPhone OS 16_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.5 Mobile/15E148 Safari/604.1',
  'azsdk-js-identity/4.13.1 core-rest-pipeline/1.24.0 Node/20.20.2 (Linux 6.1.0-generic-x; x64)',
  'aws-cli/2.15.30 Python/3.11.8 Linux/6.1.0 exe/x86_64.ubuntu.22 prompt/off command/sts.get-caller-identity',
  'Invalid token: expired',
  'Basic authentication failed; Bearer token missing',
  'PWD=/root HOME=/root SSH_AUTH_SOCK=/tmp/ssh-XXXXabc123/agent.1 LANG=en_US.UTF-8',
  'C:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe -NoProfile -ExecutionPolicy Bypass',
  '/usr/lib/jvm/java-11-openjdk-amd64/lib/security/cacerts',
  '/System/Library/Frameworks/CoreServices.framework/Versions/A/Frameworks/LaunchServices.framework',
  'S-1-5-21-3623811015-3361044348-30300820-1013',
  'TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 com.amazonaws.services.securitytoken.model.GetCallerIdentityRequest',
  'T=$(curl -X PUT http://169.254.169.254/latest/api/token -H "X-aws-ec2-metadata-token-ttl-seconds: 60")',
  'curl -s -H "X-aws-ec2-metadata-token: $TOKEN" http://169.254.169.254/latest/meta-data/',
  `powershell -enc ${Buffer.from('Get-Process | Out-File x.txt', 'utf16le').toString('base64')}`,
  '2026-01-02T03:04:05.006Z 1:LREAuuDqOAxXEbzF064U0QX5FBs= 10.0.0.1:43210 > 169.254.169.254:80',
];

test('ordinary URLs stay as they are', () => {
  for (const url of ORDINARY_URLS) {
    assert.equal(redactUrl(url), url);
    assert.equal(redactUrl(`http://169.254.169.254${url}`), `http://169.254.169.254${url}`);
  }
});

test('ordinary text stays as it is', () => {
  for (const text of ORDINARY_TEXTS) assert.equal(redactText(text), text);
});

test('ordinary arguments stay as they are', () => {
  for (const command of [
    ['docker', 'run', '-p', '80:80', '-u', '1000:1000', '-v', '/a:/b', 'nginx:1.25'],
    ['kubectl', 'create', 'secret', 'generic', 'name'],
    ['vault', 'token', 'lookup'],
    ['gcloud', 'auth', 'print-access-token', '--account', 'a@b.example'],
    ['aws', 'sts', 'get-session-token', '--duration-seconds', '900'],
    ['aws', 'secretsmanager', 'get-secret-value', '--secret-id', 'prod/db'],
    ['passwd', 'alice'],
    ['mysql', '-uroot', '-p'],
    ['ps', '-p', '1234'],
    ['scp', 'a.txt', 'user@host:/tmp'],
    ['curl', '-s', '-u', 'alice', '-o', '/dev/null', 'http://169.254.169.254/latest/meta-data/'],
    ['xdg-open', 'mailto:bob@example.com'],
  ]) {
    assert.deepEqual(redactArguments(command), command);
  }
});

test('what an event may keep stays in a document', () => {
  const document = {
    event: { id: '0123456789abcdef0123456789abcdef', module: 'network_traffic', duration: 141490400 },
    network: { community_id: '1:LREAuuDqOAxXEbzF064U0QX5FBs=' },
    agent: { ephemeral_id: '6f3a9c1e-0a1b-4c2d-8e3f-aabbccddeeff' },
    process: {
      entity_id: 'NjAwYzQ1Y2UtYTg3Zi0zYzM5LTAxYjEtODg4ZTAyMWUzMzJmLTQyMTctMTY2NDQ2',
      Ext: { token: { elevation: true } },
    },
    hoplimit: {
      class: 'token',
      credential: {
        id: 'ASIA5FLZVX4OPVKKVBMX',
        type: 'bearer_token',
        sha256: 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
        claims: { uti: 'u73dEXBHbejev0ISNwnGyy', exp: 1767325445 },
      },
    },
    http: {
      request: {
        headers: {
          'x-aws-ec2-metadata-token-ttl-seconds': '21600',
          host: '169.254.169.254',
          etag: '"W8fEWq3fjSf2O3Yx1kpLmZ0q"',
        },
      },
    },
    azure: {
      signinlogs: { properties: { unique_token_identifier: 'YTA4ODY5YTgtM2IxNS00NmU0LThkZTMtMjczODQ5ZTYwMTAw' } },
    },
    aws: {
      cloudtrail: {
        user_identity: { access_key_id: 'ASIA5FLZVX4OPVKKVBMX', session_context: { mfa_authenticated: 'false' } },
      },
    },
    password: 'HIDDEN_DUE_TO_SECURITY_REASONS',
  };
  assert.deepEqual(redactDocument(document), document);
});

const SHARED = new URL('../../../shared/data/', import.meta.url);

test('the requests of real clients stay as they are, but for their tokens', (t) => {
  if (!existsSync(SHARED)) return t.skip('the shared data are not here');
  for (const file of readdirSync(new URL('wire/', SHARED))) {
    for (const line of readFileSync(new URL(`wire/${file}`, SHARED), 'latin1').split(/\r?\n/)) {
      const request = /^[A-Z]+ (\S+) HTTP/.exec(line);
      if (request) assert.equal(redactUrl(request[1]), request[1], file);
      const header = /^([\w-]+): (.*)$/.exec(line);
      if (!header || /^(?:authorization|x-aws-ec2-metadata-token)$/i.test(header[1])) continue;
      assert.equal(redactHeaderValue(header[1], header[2]), header[2], file);
      assert.equal(redactText(line), line, file);
    }
  }
  for (const row of readFileSync(new URL('flagship-rule-cases.tsv', SHARED), 'utf8').trimEnd().split('\n')) {
    const cells = row.split('\t');
    assert.equal(redactUrl(cells[6]), cells[6]);
    for (const cell of cells) assert.equal(redactText(cell), cell);
  }
});

test('commands of the captures stay as they are, but for their passwords', (t) => {
  const truth = new URL('captures/own/TRUTH.tsv', SHARED);
  if (!existsSync(truth)) return t.skip('TRUTH.tsv is not here');
  for (const row of readFileSync(truth, 'utf8').trimEnd().split('\n')) {
    const command = row.split('\t').at(-1) ?? '';
    assert.equal(redactCommandLine(command), command.replace('password=secret', 'password=REDACTED'));
  }
});

// --- The gate as a whole -------------------------------------------------------------------------------------------

const anything = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 80 }),
  fc
    .array(
      fc.oneof(
        fc.constantFrom(
          'password',
          '=',
          ':',
          '"',
          '\\',
          '%',
          '%25',
          '&',
          ';',
          '/',
          '@',
          '://',
          ' ',
          '-u',
          'eyJ',
          '<',
          '</',
          "'",
          '{',
          '$(',
        ),
        shaped,
      ),
      {
        maxLength: 12,
      },
    )
    .map((pieces) => pieces.join('')),
);

test('the fast path changes nothing that the whole way would', () => {
  fc.assert(
    fc.property(anything, (text) => assert.equal(redactText(text), redactThoroughly(text))),
    { numRuns: 3000, seed: 3 },
  );
});

test('what was redacted once stays as it is', () => {
  fc.assert(
    fc.property(named, shaped, secretName, encoding, (secret, token, name, encode) => {
      const text = redactText(`got ${token} and ${name}="${secret}"`);
      assert.equal(redactText(text), text);
      const url = redactUrl(
        `http://user:${encode(secret)}@h/${encode(token)}/x?${name}=${encode(secret)}&y=${encode(token)}`,
      );
      assert.equal(redactUrl(url), url);
      const args = redactArguments(['curl', '-u', `user:${secret}`, '-H', `Authorization: Bearer ${token}`]);
      assert.deepEqual(redactArguments(args), args);
    }),
    SETTINGS,
  );
});

test('long and hostile text takes time in proportion to its length', () => {
  for (const piece of [
    'a',
    '=',
    '"',
    '\\',
    '%25',
    'password',
    'password=',
    '<a>',
    '://',
    ':',
    '@',
    '-u a:',
    'eyJ',
    '-----BEGIN PRIVATE KEY-----',
    '{"a":',
    "'",
    'Basic ',
    '; ',
  ]) {
    const text = piece.repeat(Math.ceil(100_000 / piece.length));
    const start = performance.now();
    redactText(text);
    redactUrl(`/${text}`);
    redactArguments(['curl', text]);
    redactDocument({ a: text });
    const took = performance.now() - start;
    assert.ok(took < 2000, `${piece} took ${took} ms`);
  }
});

test('documents are bounded in depth and size', () => {
  let deep: Record<string, unknown> = { leaf: 1 };
  for (let i = 0; i < 10_000; i++) deep = { a: deep };
  assert.match(JSON.stringify(redactDocument(deep)), /REDACTED/);
  const wide = redactDocument({ a: Array(200_000).fill('x') });
  assert.ok(JSON.stringify(wide).includes('REDACTED'));
  const polluted = redactDocument(JSON.parse('{"__proto__":{"password":"hunter2"}}'));
  assert.equal(JSON.stringify(polluted), '{"__proto__":{"password":"REDACTED"}}');
});
