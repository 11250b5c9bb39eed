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

    it('something else: bad, or nothing', () => {
      const { bytes, whole } = decodeContent(Buffer.from('<html>not compressed</html>'), coding, true, MOST);
      assert.equal(whole, false);
      assert.equal(bytes.length, 0);
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

it('unknown, and too many, are bad', () => {
  assert.equal(decodeContent(Buffer.from('x'), 'compress', true, MOST).bad, true);
  assert.equal(decodeContent(gzipSync('x'), 'gzip, gzip, gzip, gzip, gzip', true, MOST).bad, true);
});
