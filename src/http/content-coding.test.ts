import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib';
import { decodeContent } from './content-coding.ts';

const TEXT = JSON.stringify({ AccessKeyId: 'ASIAEXAMPLE', Filler: Array.from({ length: 500 }, (_, i) => i * 7919) });
const MOST = 1 << 16;

const codings: Record<string, (text: string) => Buffer> = {
  gzip: gzipSync,
  'x-gzip': gzipSync,
  deflate: deflateSync,
  br: brotliCompressSync,
  zstd: zstdCompressSync,
};

for (const [coding, encode] of Object.entries(codings)) {
  describe(coding, () => {
    it('whole', () => {
      const { bytes, whole, bad } = decodeContent(encode(TEXT), coding, true, MOST);
      assert.equal(Buffer.from(bytes).toString(), TEXT);
      assert.deepEqual({ whole, bad }, { whole: true, bad: false });
    });

    it('cut anywhere: what comes out is the start of the text, and never called whole', () => {
      const encoded = encode(TEXT);
      for (let length = 1; length < encoded.length; length += 7) {
        const { bytes, whole } = decodeContent(encoded.subarray(0, length), coding, false, MOST);
        assert.equal(whole, false);
        assert.ok(TEXT.startsWith(Buffer.from(bytes).toString()));
      }
    });

    it('larger than wanted: no more than that comes out', () => {
      const { bytes, whole } = decodeContent(encode('a'.repeat(1_000_000)), coding, true, MOST);
      assert.ok(bytes.length <= MOST);
      assert.equal(whole, false);
    });

    it('plain text: bad, and left as it is', () => {
      // As raw deflate the last of them would be a byte, and then the end.
      for (const text of ['<html>not compressed</html>', 'role', '{}', '{\n  "Code" : "Success"}', 'ä']) {
        for (const complete of text.length < 4 ? [true] : [true, false]) {
          const { bytes, whole, bad } = decodeContent(Buffer.from(text), coding, complete, MOST);
          assert.equal(Buffer.from(bytes).toString(), text);
          assert.deepEqual({ whole, bad }, { whole: complete, bad: true });
        }
      }
    });
  });
}

it('deflate without its zlib wrapper, as some servers send it', () => {
  const { bytes, whole } = decodeContent(deflateRawSync(TEXT), 'deflate', true, MOST);
  assert.equal(Buffer.from(bytes).toString(), TEXT);
  assert.equal(whole, true);
});

it('several codings, the last one undone first', () => {
  const { bytes } = decodeContent(gzipSync(deflateSync(TEXT)), 'deflate, GZIP', true, MOST);
  assert.equal(Buffer.from(bytes).toString(), TEXT);
});

it('identity', () => {
  const { bytes, whole } = decodeContent(Buffer.from('plain'), 'identity', true, MOST);
  assert.equal(Buffer.from(bytes).toString(), 'plain');
  assert.equal(whole, true);
});

it('gzip with a header and a trailer that are wrong, or a header with everything in it', () => {
  const gzip = gzipSync(TEXT);
  const reservedFlag = Buffer.from(gzip);
  reservedFlag[3] = 0x40;
  const wrongLength = Buffer.from(gzip);
  wrongLength[wrongLength.length - 4] ^= 0xff;
  const header = Buffer.from('\x1f\x8b\x08\x1e\0\0\0\0\0\xff\x03\0abcname\0comment\0\x12\x34', 'latin1');
  const wrongHeaderCheck = Buffer.concat([header, gzip.subarray(10)]);
  for (const body of [reservedFlag, wrongLength, wrongHeaderCheck]) {
    const { bytes, bad } = decodeContent(body, 'gzip', true, MOST);
    assert.equal(Buffer.from(bytes).toString(), TEXT);
    assert.equal(bad, false);
  }
});

it('a header that only a lenient client understands is bad', () => {
  for (const coding of ['gzip x', ': gzip', 'gzip\0', 'gzip, gzip', 'compress, gzip', 'gzip, deflate']) {
    const { bytes, whole, bad } = decodeContent(gzipSync(TEXT), coding, true, MOST);
    assert.equal(Buffer.from(bytes).toString(), TEXT, coding);
    assert.deepEqual({ whole, bad }, { whole: true, bad: true });
  }
});

it('unknown, and too many, are bad', () => {
  assert.equal(decodeContent(Buffer.from('x'), 'compress', true, MOST).bad, true);
  assert.equal(decodeContent(gzipSync('x'), 'gzip, gzip, gzip, gzip, gzip', true, MOST).bad, true);
});
