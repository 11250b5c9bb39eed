import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { redactUrl } from '../redact/url.ts';
import { analyzeTarget, namesOtherHost, normalizeTarget, pathExtension, splitHostPort } from './target.ts';

const CASES = new URL('../../../shared/data/flagship-rule-cases.tsv', import.meta.url);

// The shipper never sees a request line in these: they are of the request's framing, not of its target.
const FRAMING = new Set(['HTTP/0.9', 'bare LF line ends', 'leading CRLF before request line']);

test('path is what the field shipper gives, for every flagship rule case', (t) => {
  if (!existsSync(CASES)) return t.skip('flagship-rule-cases.tsv is not here');
  const rows = readFileSync(CASES, 'utf8').trimEnd().split('\n').slice(1);
  assert.equal(rows.length, 61);
  for (const row of rows) {
    const [, name, , , , , sent, , , shipped] = row.split('\t');
    if (FRAMING.has(name)) continue;
    const target = sent.replaceAll('\\x01', '\x01');
    // The table writes `uuid` for the id of the ECS case.
    const expected = shipped === '' ? null : shipped.replace(/uuid$/, '0a1b2c3d-1111-2222-3333-444455556666');
    assert.equal(normalizeTarget(target).path, expected, name);
  }
});

const CREDENTIALS = '/latest/meta-data/iam/security-credentials/role';

test('every disguise has the plain normal form, and is named', () => {
  for (const [target, ...tricks] of [
    [CREDENTIALS],
    ['/latest/meta%2ddata/iam/security-credentials/role', 'url_encoded_unreserved'],
    ['/latest%2Fmeta-data%2fiam/security-credentials/role', 'url_encoded_slash'],
    ['/latest/meta%252ddata/iam/security-credentials/role', 'url_encoded_twice', 'url_encoded_unreserved'],
    ['/latest/meta%25252ddata/iam/security-credentials/role', 'url_encoded_twice', 'url_encoded_unreserved'],
    ['//latest/meta-data/iam/security-credentials/role', 'url_double_slash'],
    ['/latest///meta-data/iam/security-credentials/role', 'url_double_slash'],
    ['/latest/./meta-data/iam/security-credentials/role', 'url_dot_segments'],
    ['/x/../latest/meta-data/iam/security-credentials/role', 'url_dot_segments'],
    ['/../latest/meta-data/iam/security-credentials/role', 'url_dot_segments'],
    ['/x/%2e%2e/latest/meta-data/iam/security-credentials/role', 'url_encoded_unreserved', 'url_dot_segments'],
    ['/x/..;a=b/latest/meta-data/iam/security-credentials/role', 'url_dot_segments', 'url_path_parameters'],
    ['/latest;v=1/meta-data/iam/security-credentials/role;x', 'url_path_parameters'],
    ['http://169.254.169.254/latest/meta-data/iam/security-credentials/role', 'url_absolute_form'],
    ['HTTP://169.254.169.254//latest/meta-data/iam/security-credentials/role', 'url_double_slash', 'url_absolute_form'],
    ['/latest/meta-data/iam/security-credentials/role#x', 'url_fragment'],
    [' /latest/meta-data/iam/security-credentials/role'],
  ]) {
    const found = normalizeTarget(target);
    assert.equal(found.normalized, CREDENTIALS, target);
    assert.deepEqual(found.tricks, tricks, target);
  }
});

test('broken escapes and control bytes are named and kept', () => {
  const bad = normalizeTarget('/a%zz/b');
  assert.deepEqual([bad.path, bad.normalized, bad.tricks], [null, '/a%zz/b', ['url_bad_escape']]);
  const control = normalizeTarget('/a\x01b');
  assert.deepEqual([control.path, control.normalized, control.tricks], [null, '/a\x01b', ['url_control_byte']]);
  const encoded = normalizeTarget('/a%00b');
  assert.deepEqual([encoded.path, encoded.tricks], ['/a\x00b', ['url_control_byte']]);
});

test('ordinary targets have no tricks', () => {
  for (const target of [
    '/',
    '/latest/meta-data/iam/security-credentials/',
    '/.well-known/security.txt',
    '/caf%C3%A9/a%20b',
    '/machine/?comp=goalstate',
    '/metadata/identity/oauth2/token?resource=https%3A%2F%2Fmanagement.azure.com%2F..//x',
    '/a:b@c/d,e!f',
    '*',
    'example.com:443',
  ]) {
    assert.deepEqual(normalizeTarget(target).tricks, [], target);
  }
});

test('the parts of each form', () => {
  const parts = (target: string) => {
    const { form, host, port, path, query, normalized } = normalizeTarget(target);
    return [form, host, port, path, query, normalized];
  };
  assert.deepEqual(parts('/a/?'), ['origin', null, null, '/a/', '', '/a/']);
  assert.deepEqual(parts('/a?b?c'), ['origin', null, null, '/a', 'b?c', '/a']);
  assert.deepEqual(parts('http://H.example'), ['absolute', 'h.example', null, '', null, '/']);
  assert.deepEqual(parts('http://u:p@h:8080/a?q'), ['absolute', 'h', 8080, '/a', 'q', '/a']);
  assert.deepEqual(parts('http://[FD00:EC2::254]:80/a'), ['absolute', 'fd00:ec2::254', 80, '/a', null, '/a']);
  assert.deepEqual(parts('h.example:443'), ['authority', 'h.example', 443, '', null, '']);
  assert.deepEqual(parts('169.254.169.254:80'), ['authority', '169.254.169.254', 80, null, null, '']);
  assert.deepEqual(parts('[::1]:80'), ['authority', '::1', 80, null, null, '']);
  assert.deepEqual(parts('*'), ['asterisk', null, null, '*', null, '*']);
  assert.deepEqual(parts(''), ['origin', null, null, '', null, '/']);
  assert.deepEqual(parts('/caf\xc3\xa9'), ['origin', null, null, '/café', null, '/café']);
  assert.deepEqual(parts('/caf%C3%A9'), ['origin', null, null, '/café', null, '/café']);
  assert.deepEqual(parts('/a%FF'), ['origin', null, null, '/a\ufffd', null, '/a\ufffd']);
});

test('hosts are compared without case and port', () => {
  const target = normalizeTarget('http://A.example:81/');
  assert.equal(namesOtherHost(target, 'a.EXAMPLE'), false);
  assert.equal(namesOtherHost(target, 'b.example'), true);
  assert.equal(namesOtherHost(target, undefined), false);
  assert.equal(namesOtherHost(normalizeTarget('/'), 'a.example'), false);
  assert.deepEqual(splitHostPort('[::1]:80'), { host: '::1', port: 80 });
  assert.deepEqual(splitHostPort('::1'), { host: '::1', port: null });
});

test('the extension is what follows the last dot', () => {
  assert.equal(pathExtension('/a/key.pem'), 'pem');
  assert.equal(pathExtension('/1.0/meta-data'), '0/meta-data');
  assert.equal(pathExtension('/a'), null);
});

// Pieces that make tricks likely.
const target = fc
  .array(
    fc.oneof(
      { weight: 3, arbitrary: fc.constantFrom('a', 'latest', '/', '.', '..', '?', ';', '#', ':', '@', '[', ']', '=') },
      fc.constantFrom('%', '%2e', '%2F', '%25', '%zz', '%C3%A9', 'http://', '//', ' ', '*', '\x00', '\x7f', '\xe9'),
      fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)), maxLength: 4 }),
    ),
    { maxLength: 14 },
  )
  .map((pieces) => pieces.join(''));

test('the fast path says what the whole analysis says', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        target,
        target.map((text) => `/${text}`),
      ),
      (text) => {
        assert.deepEqual(normalizeTarget(text), analyzeTarget(text));
      },
    ),
    { numRuns: 5000 },
  );
});

test('a normal form is its own normal form', () => {
  fc.assert(
    fc.property(target, (text) => {
      const { form, normalized } = normalizeTarget(`/${text}`);
      // Text that decoding or UTF-8 brought forth may be a trick anew; a lenient server decodes once.
      fc.pre(form === 'origin' && !/[^\x21-\x7e]|[%?#;]/.test(normalized));
      assert.equal(normalizeTarget(normalized).normalized, normalized);
    }),
    { numRuns: 2000 },
  );
});

test('what is redacted does not hide the path from rules', () => {
  const path = '/latest/meta-data/iam/security-credentials/role';
  const token = `ghp_${'a1B2c3D4e5'.repeat(4)}`;
  for (const url of [
    `/password=x/..${path}`,
    `/password=x%2F..${path.replaceAll('/', '%2F')}`,
    `/x;token=abc/..${path}`,
    `/${token}/..${path}`,
    `/wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY/../../..${path}`,
    `${path}?password=/../../x`,
    `${path};password=x`,
    `http://user:password@169.254.169.254${path}`,
    `http://user:password@169.254.169.254${path}/@x/..`,
    `http://user:password@169.254.169.254${path}?a:b@c`,
  ]) {
    const redacted = redactUrl(url);
    assert.notEqual(redacted, url);
    assert.equal(normalizeTarget(redacted).normalized, normalizeTarget(url).normalized, `${url} as ${redacted}`);
  }
});
