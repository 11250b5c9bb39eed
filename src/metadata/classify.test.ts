import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { MessageHead } from '../http/head.ts';
import type { Endpoints, Request } from '../http/transaction.ts';
import { classify, classifyElsewhere, mayBeElsewhere } from './classify.ts';
import { hostAddress } from './host-address.ts';
import { SERVICES } from './services.ts';

function endpoints(server: string): Endpoints {
  const { address, port } = /^(?<address>.*?)(?:#(?<port>\d+))?$/.exec(server)?.groups ?? {};
  return {
    ipVersion: address.includes(':') ? 6 : 4,
    clientAddress: '10.0.0.5',
    clientPort: 43210,
    serverAddress: address,
    serverPort: Number(port ?? 80),
  };
}

function request(line: string, ...headers: string[]): Request {
  const [method, target] = line.split(' ');
  const head = new MessageHead([`${line} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
  return {
    head,
    method,
    target,
    version: '1.1',
    sequence: 1,
    time: 0,
    endTime: 0,
    bytes: 0,
    bodyBytes: 0,
    complete: true,
  };
}

function describe(server: string, line: string, ...headers: string[]): string | null {
  const found = classify(endpoints(server), request(line, ...headers));
  return (
    found &&
    [found.service?.service ?? '?', found.class, found.via, ...(found.role === null ? [] : [found.role])].join(' ')
  );
}

const IMDS = '169.254.169.254';
const ELSEWHERE = '203.0.113.7';
const ROLE = '/latest/meta-data/iam/security-credentials/role';

test('every service is known by its address and path', () => {
  for (const [server, line, expected, ...headers] of [
    [IMDS, `GET ${ROLE}`, 'ec2 credential address role'],
    [IMDS, `GET ${ROLE}/`, 'ec2 credential address role'],
    [IMDS, 'GET /2021-07-15/meta-data/iam/security-credentials/role', 'ec2 credential address role'],
    [IMDS, 'GET /1.0/meta-data/iam/security-credentials/role', 'ec2 credential address role'],
    [IMDS, 'GET /latest/meta-data/iam/security-credentials', 'ec2 listing address'],
    [IMDS, 'GET /latest/meta-data/iam/security-credentials/', 'ec2 listing address'],
    [IMDS, 'get /LATEST/META-DATA/IAM/SECURITY-CREDENTIALS/Role', 'ec2 credential address Role'],
    [IMDS, 'GET //latest/x/..;a/meta%252ddata/./iam/security-credentials/role', 'ec2 credential address role'],
    [IMDS, 'PUT /latest/api/token', 'ec2 token address'],
    [IMDS, 'GET /latest/api/token', '? other address'],
    [
      IMDS,
      'GET /latest/meta-data/identity-credentials/ec2/security-credentials/ec2-instance',
      'ec2 credential address ec2-instance',
    ],
    [IMDS, 'GET /latest/user-data', 'ec2 recon address'],
    [IMDS, 'GET /latest/dynamic/instance-identity/document', 'ec2 recon address'],
    [IMDS, 'GET /latest/meta-data/instance-id', 'ec2 recon address'],
    ['fd00:ec2::254', `GET ${ROLE}`, 'ec2 credential address role'],
    ['fd00:ec2::254', 'GET /x', 'ec2 other address'],
    ['169.254.170.2', 'GET /v2/credentials/0a1b2c3d-1111-2222-3333-444455556666', 'ecs credential address'],
    ['169.254.170.2', 'GET /v1/credentials?id=0a1b2c3d-1111-2222-3333-444455556666', 'ecs credential address'],
    ['169.254.170.2', 'GET /v4/0a1b2c3d/task', 'ecs recon address'],
    ['169.254.170.23', 'GET /v1/credentials', 'eks-pod-identity credential address'],
    ['fd00:ec2::23', 'GET /v1/credentials', 'eks-pod-identity credential address'],
    [IMDS, 'GET /metadata/identity/oauth2/token?api-version=2018-02-01&resource=x', 'azure-vm credential address'],
    [IMDS, 'GET /metadata/identity/oauth2/token/?resource=x', 'azure-vm credential address'],
    [IMDS, 'GET /metadata//identity/oauth2/token', 'azure-vm credential address'],
    [IMDS, 'GET /metadata/instance?api-version=2021-02-01', 'azure-vm recon address'],
    [IMDS, 'GET /metadata/attested/document', 'azure-vm recon address'],
    ['127.0.0.1#40342', 'GET /metadata/identity/oauth2/token?resource=x', 'azure-arc credential address'],
    ['127.0.0.1#50342', 'POST /oauth2/token', 'azure-cloud-shell credential address'],
    ['127.0.0.1#41741', 'GET /msi/token?resource=x&api-version=2019-08-01', 'azure-app-service credential path'],
    ['168.63.129.16', 'GET /machine/?comp=goalstate', 'azure-wireserver recon address'],
    ['168.63.129.16', 'GET /machine/0a1b/c.d?comp=certificates&incarnation=1', 'azure-wireserver credential address'],
    ['168.63.129.16#32526', 'GET /vmSettings', 'azure-wireserver recon address'],
    [IMDS, 'GET /computeMetadata/v1/instance/service-accounts/default/token', 'gce credential address default'],
    [
      IMDS,
      'GET /computeMetadata/v1beta1/instance/service-accounts/a@b.c/token?scopes=x',
      'gce credential address a@b.c',
    ],
    [
      IMDS,
      'GET /computeMetadata/v1/instance/service-accounts/default/oauth2/access_token',
      'gce credential address default',
    ],
    [
      IMDS,
      'GET /computeMetadata/v1/instance/service-accounts/default/identity?audience=x',
      'gce identity address default',
    ],
    [IMDS, 'GET /computeMetadata/v1/instance/service-accounts/', 'gce listing address'],
    [IMDS, 'GET /computeMetadata/v1/instance/service-accounts/default/?recursive=true', 'gce listing address default'],
    [IMDS, 'GET /computeMetadata/v1/instance/credentials/mds-client-certificate', 'gce credential address'],
    [IMDS, 'GET /computeMetadata/v1/instance/attributes/kube-env', 'gce recon address'],
    [IMDS, 'GET /0.1/meta-data/service-accounts/default/acquire', 'gce credential address default'],
    [
      '127.0.0.1#988',
      'GET /computeMetadata/v1/instance/service-accounts/default/token',
      'gce credential address default',
    ],
    ['100.100.100.200', 'GET /latest/meta-data/ram/security-credentials/', 'alibaba-ecs listing address'],
    ['100.100.100.200', 'GET /latest/meta-data/ram/security-credentials/role', 'alibaba-ecs credential address role'],
    ['100.100.100.200', 'PUT /latest/api/token', 'alibaba-ecs token address'],
    [IMDS, 'GET /opc/v2/identity/key.pem', 'oci credential address'],
    [IMDS, 'GET /opc/v1/identity/cert.pem', 'oci recon address'],
    ['192.0.0.192', 'GET /latest/', 'oci other address'],
    [IMDS, 'PUT /instance_identity/v1/token?version=2022-03-01', 'ibm-vpc token address'],
    [IMDS, 'PUT /identity/v1/token?version=2025-07-15', 'ibm-vpc token address'],
    [IMDS, 'POST /instance_identity/v1/iam_token?version=2022-03-01', 'ibm-vpc credential address'],
    [IMDS, 'POST /identity/v1/iam_tokens', 'ibm-vpc credential address'],
    ['169.254.0.23', 'GET /latest/meta-data/cam/security-credentials/role', 'tencent-cvm credential address role'],
    ['169.254.0.23', 'GET /meta-data/cam/security-credentials/role', 'tencent-cvm credential address role'],
    [IMDS, 'GET /openstack/latest/securitykey', 'huawei-ecs credential address'],
    [IMDS, 'PUT /meta-data/latest/api/token', 'huawei-ecs token address'],
    [IMDS, 'GET /openstack/latest/meta_data.json', 'openstack-nova recon address'],
    [IMDS, 'GET /metadata/v1.json', 'digitalocean-droplet recon address'],
    [IMDS, 'GET /metadata/v1/instance?version=2022-03-01', 'ibm-vpc recon address'],
    [IMDS, 'GET /hetzner/v1/userdata', 'hetzner-server recon address'],
    ['fe80::a9fe:a9fe', 'GET /hetzner/v1/metadata', 'hetzner-server recon address'],
    [IMDS, 'PUT /v1/token', 'linode token address', 'Metadata-Token-Expiry-Seconds: 3600'],
    [IMDS, 'GET /v1/user-data', 'linode recon address'],
    [IMDS, 'GET /v1.json', 'vultr-instance recon address'],
    ['169.254.42.42', 'GET /conf?format=json', 'scaleway-instance recon address'],
    ['100.96.0.96', 'GET /latest/meta-data/security-credentials/role', 'volcengine-ecs credential address role'],
    [IMDS, 'GET /v9/meta-data/iam/role', 'naver-server credential address role'],
    // What several clouds share is told apart by headers, or not at all.
    [IMDS, 'GET /', '? other address'],
    [IMDS, 'GET /unheard-of', 'gce other address', 'Metadata-Flavor: Google'],
    [IMDS, 'GET /unheard-of', 'ec2 other address', 'X-Aws-Ec2-Metadata-Token: x'],
  ]) {
    assert.equal(describe(server, line, ...headers), expected, `${server} ${line}`);
    const rule = classify(endpoints(server), request(line, ...headers))?.rule;
    const elsewhere = classify(endpoints(ELSEWHERE), request(line));
    if (rule?.unmistakable) assert.deepEqual([elsewhere?.rule, elsewhere?.via], [rule, 'path'], line);
    else assert.notEqual(elsewhere?.rule, rule ?? null, line);
  }
});

test('a request line that was cut counts as the credential path that it may begin', () => {
  const cut = (target: string) => {
    const whole = request(`GET ${target}`);
    const found = classify(endpoints(IMDS), { ...whole, head: new MessageHead(`GET ${target}`), complete: false });
    return found && `${found.service?.service} ${found.class}`;
  };
  assert.equal(cut('/latest/meta-data/iam/secu'), 'ec2 credential');
  assert.equal(cut('/2021-07-15/meta-data/iam/security-credentials/'), 'ec2 credential');
  assert.equal(cut('/latest/meta-data/iam/security-credentials/role'), 'ec2 credential');
  assert.equal(cut('/computeMetadata/v1/inst'), 'gce credential');
  assert.equal(cut('/metadata/ide'), 'azure-vm credential');
  assert.equal(cut('/latest/meta-data/inst'), 'ec2 recon');
  assert.equal(cut('/'), 'undefined other');
});

test('requests that go elsewhere are known by host or path', () => {
  for (const [server, line, expected, ...headers] of [
    ['10.0.0.9', `GET ${ROLE}`, 'ec2 credential host role', 'Host: 169.254.169.254'],
    ['10.0.0.9', `GET ${ROLE}`, 'ec2 credential host role', 'HOST:169.254.169.254:80'],
    ['10.0.0.9#3128', `GET http://169.254.169.254${ROLE}`, 'ec2 credential host role'],
    ['10.0.0.9#3128', `GET http://169.254.169.254${ROLE}`, 'ec2 credential host role', 'Host: example.com'],
    ['10.0.0.9#3128', 'CONNECT 169.254.169.254:80', '? other host'],
    ['10.0.0.9', 'GET /x', '? other host', 'Host: 2852039166'],
    ['10.0.0.9', 'GET /x', '? other host', 'Host: 0xa9fea9fe:8080'],
    ['10.0.0.9', 'GET /x', '? other host', 'Host: 0251.0376.0251.0376'],
    ['10.0.0.9', 'GET /x', '? other host', 'Host: [::ffff:a9fe:a9fe]'],
    ['10.0.0.9', 'GET /', 'ec2 other host', 'Host: [fd00:ec2::254]'],
    ['10.0.0.9', 'GET /', 'gce other host', 'Host: metadata.google.internal.'],
    ['10.0.0.9', 'GET /', 'tencent-cvm other host', 'Host: Metadata.TencentYun.com'],
    ['127.0.0.1#8080', `GET ${ROLE}`, 'ec2 credential path role', 'Host: 127.0.0.1:8080'],
    ['127.0.0.1#8080', 'PUT /latest/api/token', 'ec2 token path'],
    [ELSEWHERE, 'GET /latest%2fmeta-data/iam/security-credentials/role', 'ec2 credential path role'],
    [ELSEWHERE, 'GET /computeMetadata/v1/instance/service-accounts/default/token', 'gce credential path default'],
    [ELSEWHERE, 'GET /latest/meta-data/ram/security-credentials/role', 'alibaba-ecs credential path role'],
    [ELSEWHERE, 'GET /latest/meta-data/cam/security-credentials/role', 'tencent-cvm credential path role'],
    [ELSEWHERE, 'GET /metadata/identity/oauth2/token', 'azure-vm credential path'],
  ]) {
    assert.equal(describe(server, line, ...headers), expected, `${server} ${line} ${headers}`);
  }
});

test('ordinary requests are none of ours', () => {
  for (const [server, line, ...headers] of [
    [ELSEWHERE, 'GET /'],
    [ELSEWHERE, 'GET /latest/', 'Host: example.com'],
    [ELSEWHERE, 'GET /api/token', 'Host: example.com'],
    [ELSEWHERE, 'POST /oauth2/token', 'Host: login.example.com'],
    [ELSEWHERE, 'GET /v1/credentials', 'Host: api.example.com'],
    [ELSEWHERE, 'GET /metadata/instance', 'Host: api.example.com'],
    [ELSEWHERE, 'GET /docs/latest/meta-data/', 'Host: docs.example.com'],
    [ELSEWHERE, 'GET /a%20b', 'Host: metadata.example.com'],
    ['127.0.0.1#8080', 'GET /', 'Host: 127.0.0.1'],
    ['127.0.0.1#40343', 'GET /', 'Host: localhost'],
    [ELSEWHERE, 'GET /', 'Host: 12345'],
  ]) {
    assert.equal(describe(server, line, ...headers), null, `${server} ${line}`);
  }
  assert.equal(classify(endpoints(ELSEWHERE), null), null);
});

test('without a request the address alone tells', () => {
  const found = classify(endpoints('169.254.170.2'), null);
  assert.deepEqual([found?.service?.service, found?.class, found?.via], ['ecs', 'other', 'address']);
  assert.equal(classify(endpoints(IMDS), null)?.service, null);
});

test('addresses in every spelling', () => {
  for (const [host, address] of [
    ['2852039166', IMDS],
    ['0xA9FEA9FE', IMDS],
    ['0251.0376.0251.0376', IMDS],
    ['0xa9.0xfe.43518', IMDS],
    ['169.254.43518', IMDS],
    ['169.16689662', IMDS],
    ['169.254.169.254.', IMDS],
    ['::ffff:169.254.169.254', IMDS],
    ['::FFFF:a9fe:a9fe', IMDS],
    ['127.1', '127.0.0.1'],
    ['256.1.1.1', null],
    ['4294967296', null],
    ['089', null],
    ['1.2.3.4.5', null],
    ['example.com', null],
    ['', null],
  ]) {
    assert.equal(hostAddress(host ?? ''), address, host ?? '');
  }
});

test('the table is consistent', () => {
  for (const { service, addresses, hosts, headers, paths, reference } of SERVICES) {
    for (const name of [...hosts, ...headers]) assert.equal(name, name.toLowerCase(), service);
    for (const address of addresses)
      assert.equal(
        new URL(`http://${address.includes(':') ? `[${address}]` : address}`).hostname.replace(/[[\]]/g, ''),
        address,
      );
    for (const rule of paths) {
      assert.ok(rule.path.ignoreCase && rule.path.source.startsWith('^'), service);
      if (rule.example !== undefined) assert.match(rule.example, /^\/[a-z0-9/.-]+$/);
      if (rule.example !== undefined)
        assert.match(
          /\/$/.test(rule.example) ? `${rule.example}0a1b2c3d-1111-2222-3333-444455556666` : rule.example,
          service === 'gce' ? /service-accounts/ : rule.path,
          service,
        );
      assert.equal(rule.answer !== undefined, rule.class === 'credential' || rule.class === 'identity', service);
    }
    assert.ok(URL.canParse(reference), service);
  }
});

const WIRE = new URL('../../../shared/data/wire/', import.meta.url);

test('what real clients send is classified, all of it', (t) => {
  if (!existsSync(WIRE)) return t.skip('the shared data are not here');
  const counts: Record<string, number> = {};
  for (const file of readdirSync(WIRE)) {
    for (const text of readFileSync(new URL(file, WIRE), 'latin1')
      .split(/^-----\r?\n/m)
      .slice(1)) {
      const [line, ...headers] = text.split('\r\n');
      const asked = describe(IMDS, line.replace(/ HTTP.*/, ''), ...headers);
      assert.ok(asked, `${file}: ${line}`);
      const kind = asked.split(' ').slice(0, 2).join(' ');
      counts[kind] = (counts[kind] ?? 0) + 1;
      // The same to a relay: EKS's path alone could be anyone's, and `//latest//meta-data/x` asks for nothing.
      const relayed = describe('127.0.0.1#1338', line.replace(/ HTTP.*/, ''), ...headers);
      if (!/\/v1\/credentials|meta-data\/x/.test(line)) assert.ok(relayed, `${file}: ${line}`);
    }
  }
  assert.deepEqual(counts, {
    'ec2 token': 6,
    'ec2 listing': 22,
    'ec2 credential': 28,
    'ec2 recon': 1,
    'azure-vm credential': 3,
    'gce credential': 4,
    // EKS's path, asked at the address of virtual machines.
    'vultr-instance recon': 2,
  });
});

test('what the glance says no to, the closer look finds nothing in', () => {
  const hosts = SERVICES.flatMap((service) => [...service.hosts, ...service.addresses]);
  const paths = SERVICES.flatMap((service) => service.paths.flatMap(({ example }) => example ?? []));
  const spelt = (text: fc.Arbitrary<string>) =>
    fc.oneof(
      text,
      text.map((one) => one.toUpperCase()),
      text.map((one) => one.replaceAll('-', '%2d')),
    );
  const path = fc
    .tuple(
      fc.constantFrom('', '/', '/x/..', '/.', 'http://a', 'http://169.254.169.254', '//a'),
      fc.oneof(
        spelt(fc.constantFrom(...paths)),
        fc.constantFrom('/', '/index.html', '/metadata', '/v1/x', '/identity'),
      ),
      fc.constantFrom('', '?a=b', ';x', '/', '#f'),
    )
    .map((parts) => parts.join(''));
  const header = fc
    .tuple(
      fc.constantFrom('Host', 'host', 'HOST ', 'X-Host', 'Accept'),
      fc.constantFrom(': ', ':', ':\r\n '),
      fc.oneof(spelt(fc.constantFrom(...hosts)), fc.constantFrom('example.com', '2852039166', '0xa9fea9fe', '[::1]')),
      fc.constantFrom('', ':80', '.'),
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(path, fc.array(header, { maxLength: 3 }), (target, headers) => {
      const asked = request(`GET ${target}`, ...headers);
      if (!mayBeElsewhere(asked)) assert.equal(classifyElsewhere(asked), null);
    }),
    { numRuns: 5000 },
  );
});
