import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import fc from 'fast-check';
import { goPath, goQuery } from './go-url.ts';

test('paths as url.Parse gives them', () => {
  for (const [url, path] of [
    ['//latest/meta-data/x', '/meta-data/x'],
    ['//latest', ''],
    ['///latest/x', '///latest/x'],
    ['//a b/x', null],
    ['//user:pa%zz@h/x', null],
    ['//h:80a/x', null],
    ['//[::1]:80/x', '/x'],
    ['//[::1%25eth0]/x', '/x'],
    ['//[fe80::1%25%C3]/x', null],
    ['//[fe80::1%25\xc3%20]/x', '/x'],
    ['//[1.2.3.4]/x', null],
    ['http:opaque', ''],
    ['http://a:1:2/x', null],
    ['ftp://a:1:2/x', '/x'],
    [':a', null],
    ['a:b', ''],
    ['1:b', null],
    ['/a%2Fb', '/a/b'],
    ['/a%2', null],
    ['/a?%zz', '/a'],
    ['/a#%zz', null],
    ['/a?\x00', null],
    ['/a#\x00', '/a'],
    ['*', '*'],
    ['', ''],
    ['?x', ''],
  ] as const) {
    assert.equal(goPath(url), path, url);
  }
});

test('queries as Values.Encode gives them', () => {
  for (const [query, encoded] of [
    ['', ''],
    ['b=2&a=1', 'a=1&b=2'],
    ['a=2&a=1&A=0', 'A=0&a=2&a=1'],
    ['a', 'a='],
    ['=x', '=x'],
    ['&&a=1&', 'a=1'],
    ['a=b=c', 'a=b%3Dc'],
    ['a=%zz&b=1', 'b=1'],
    ['a;b=1&c=2', 'c=2'],
    ['a=x+y%20z', 'a=x+y+z'],
    ['q=\xc3\xa9', 'q=%C3%A9'],
    ["a=~-_.!*'()", 'a=~-_.%21%2A%27%28%29'],
    ['api-version=2018-02-01&resource=https://m/', 'api-version=2018-02-01&resource=https%3A%2F%2Fm%2F'],
    [Array(10_000).fill('a').join('&'), Array(10_000).fill('a=').join('&')],
    [Array(10_001).fill('a').join('&'), ''],
  ]) {
    assert.equal(goQuery(query), encoded, query.slice(0, 80));
  }
});

const GO = 'go';

/** Reads base64 lines; prints for each the path ("!" for an error) and the encoded query, both in base64. */
const GO_PROGRAM = `package main
import ("bufio"; "encoding/base64"; "fmt"; "net/url"; "os")
func main() {
	in := bufio.NewScanner(os.Stdin)
	for in.Scan() {
		text, _ := base64.StdEncoding.DecodeString(in.Text())
		path := "!"
		if u, err := url.Parse(string(text)); err == nil { path = base64.StdEncoding.EncodeToString([]byte(u.Path)) }
		values, _ := url.ParseQuery(string(text))
		fmt.Println(path, base64.StdEncoding.EncodeToString([]byte(values.Encode())))
	}
}`;

const piece = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom('a', 'B', '1', '/', '.', '?', ';', '#', ':', '@', '[', ']', '=', '&', '+') },
  fc.constantFrom(
    '%',
    '%2e',
    '%25',
    '%zz',
    '%C3',
    '%20',
    'http://',
    'x://',
    '//',
    '//[',
    '[::1',
    'fe80::1%25',
    ' ',
    '*',
  ),
  fc.constantFrom(
    '::ffff:1.2.3.4',
    '1.2.3.4',
    '01',
    '"',
    '<',
    '\\',
    '^',
    '|',
    '`',
    '{',
    '\x00',
    '\x7f',
    '\xe9',
    '\xff',
  ),
);
const url = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));

test('the same as Go, where Go is installed', (t) => {
  if (spawnSync(GO, ['version']).status !== 0) return t.skip('go is not on the PATH');
  const urls = fc.sample(
    fc.oneof(
      url,
      url.map((text) => `//${text}`),
      url.map((text) => `//[${text}`),
    ),
    20_000,
  );
  const folder = mkdtempSync(join(tmpdir(), 'hoplimit-go-'));
  try {
    writeFileSync(join(folder, 'main.go'), GO_PROGRAM);
    const input = urls.map((text) => Buffer.from(text, 'latin1').toString('base64')).join('\n');
    const run = spawnSync(GO, ['run', 'main.go'], {
      cwd: folder,
      input: `${input}\n`,
      encoding: 'latin1',
      maxBuffer: 1 << 26,
    });
    assert.equal(run.status, 0, run.stderr);
    const lines = run.stdout.split('\n');
    for (const [index, text] of urls.entries()) {
      const [path, query] = lines[index]
        .split(' ')
        .map((field) => (field === '!' ? null : Buffer.from(field, 'base64').toString('latin1')));
      assert.equal(goPath(text), path, JSON.stringify(text));
      assert.equal(goQuery(text), query ?? '', JSON.stringify(text));
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});
