import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { redactArguments, redactCommandLine } from './arguments.ts';
import { redactDocument } from './document.ts';
import { redactHeaderValue } from './header.ts';
import { redactText } from './text.ts';
import { redactUrl } from './url.ts';

// What is no secret must come out as it went in.

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
  'key: HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet1 code=0a1b2c3d-1111-2222-3333-444455556666',
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

test('what shells fill in stays as it is', () => {
  for (const value of ['$TOKEN', `$${'{token}'}`, '$t', '$1', '%PASSWORD%', '$(cat file)', '']) {
    assert.equal(redactText(`password=${value}`), `password=${value}`);
  }
  assert.equal(redactText('password=$ecr3tP4ss'), 'password=REDACTED');
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
    ['mysql', '-uroot', '-p', 'database'],
    ['openssl', 'req', '-key', 'server.key', '-keyout', 'x'],
    ['constructor', '__proto__', 'toString', '-p', 'x'],
    ['az', 'vm', 'create', '-p', 'x'],
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

test('identifiers by the name of their ECS field stay, but for known secrets', () => {
  const endpoint = 'MTx+3kzdG5cNEwQA+++++/C7';
  const token = 'q7ZkQwzPt3Xv9LbN/2mRs8Ty+KdF4hGj5Wc6EuAo=';
  const document = {
    _id: endpoint,
    'event.id': token,
    event: { hash: token },
    agent: { id: token },
    host: { id: token },
    transaction: { id: token },
    trace: { id: token },
    file: { hash: { sha256: token } },
    process: { parent: { hash: { ssdeep: token } }, Ext: { ancestry: [token] } },
  };
  assert.deepEqual(redactDocument(document), document);
  for (const secret of [
    { event: { id: 'ghp_abcdefghijklmnopqrstuvwxyz0123456789' } },
    { event: { id: `password=${token}` } },
    { id: token },
    { event: { reason: token } },
    { host: { name: token } },
  ]) {
    assert.match(JSON.stringify(redactDocument(secret)), /REDACTED/);
  }
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
