import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { mayStartRequest, mayStartResponse, parseRequestLine, parseStatusLine } from './start-line.ts';

describe('request line', () => {
  const cases: [line: string, expected: [method: string, target: string, version: string, strict: boolean] | null][] = [
    ['GET / HTTP/1.1\r\n', ['GET', '/', '1.1', true]],
    ['PUT /latest/api/token HTTP/1.0\n', ['PUT', '/latest/api/token', '1.0', true]],
    ['get /a HTTP/1.1\r\n', ['get', '/a', '1.1', true]],
    ['GET  /a HTTP/1.1\r\n', ['GET', '/a', '1.1', false]],
    ['GET\t/a\tHTTP/1.1\r\n', ['GET', '/a', '1.1', false]],
    ['GET /a b HTTP/1.1\r\n', ['GET', '/a b', '1.1', false]],
    ['GET /a HTTP/1.1 \r\n', ['GET', '/a', '1.1', false]],
    ['GET /a HTTP/1\r\n', ['GET', '/a', '1', false]],
    ['GET /a\r\n', null],
    ['GET HTTP/1.1\r\n', null],
    ['GET /a HTTP/x\r\n', null],
    ['GET /a http/1.1\r\n', null],
  ];
  for (const [line, expected] of cases) {
    it(JSON.stringify(line), () => {
      const parsed = parseRequestLine(line);
      assert.deepEqual(parsed && [parsed.method, parsed.target, parsed.version, parsed.strict], expected);
    });
  }

  it('takes no longer for much white space', () => {
    const line = `GET ${' '.repeat(60_000)}x${' \t'.repeat(30_000)}\r\n`;
    assert.equal(parseRequestLine(line), null);
  });
});

describe('status line', () => {
  it('with a phrase, without one, and with an empty one', () => {
    assert.deepEqual(parseStatusLine('HTTP/1.1 404 Not Found\r\n'), {
      status: 404,
      phrase: 'Not Found',
      version: '1.1',
    });
    assert.deepEqual(parseStatusLine('HTTP/1.0 200 OK\r\n'), { status: 200, phrase: 'OK', version: '1.0' });
    assert.deepEqual(parseStatusLine('HTTP/1.1 200\r\n'), { status: 200, phrase: '', version: '1.1' });
    assert.deepEqual(parseStatusLine('HTTP/1.1 200 \n'), { status: 200, phrase: '', version: '1.1' });
  });

  it('is none without three digits', () => {
    for (const line of ['HTTP/1.1 20\r\n', 'HTTP/1.1 OK\r\n', 'HTTP/1.1\r\n', 'HTTP/1.1 099\r\n', 'HTTP 200 OK\r\n']) {
      assert.equal(parseStatusLine(line), null, line);
    }
  });
});

describe('the first bytes', () => {
  it('tell the same however many there are', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 60 }), fc.nat({ max: 60 }), (text, length) => {
        const bytes = Buffer.from(text, 'latin1');
        for (const mayStart of [mayStartRequest, mayStartResponse]) {
          // Once the bytes are refused, more of them do not change that.
          if (!mayStart(bytes, 0, Math.min(length, bytes.length)))
            assert.equal(mayStart(bytes, 0, bytes.length), false);
        }
      }),
    );
  });
});
