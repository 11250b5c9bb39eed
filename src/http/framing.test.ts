import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { bodyLength, bodyLengthOfFields } from './framing.ts';
import { MessageHead } from './head.ts';

const line = fc.oneof(
  fc.constantFrom(
    'Host: x',
    'X-Content-Length: 7',
    'Content-Type: text/plain',
    ' folded',
    '\tfolded',
    'Content-Length',
  ),
  fc
    .tuple(
      fc.constantFrom('Content-Length', 'content-length', 'CONTENT-LENGTH', 'Transfer-Encoding', 'transfer-encoding'),
      fc.constantFrom(':', ': ', ' :', '\t: \t'),
      fc.constantFrom(
        '5',
        '05',
        '5, 5',
        '5, 6',
        '-1',
        '',
        '9'.repeat(16),
        'chunked',
        'gzip, chunked',
        'chunked, gzip',
        'xchunked',
      ),
      fc.constantFrom('', ' ', '\t'),
    )
    .map((parts) => parts.join('')),
);
const end = fc.constantFrom('\r\n', '\n');

it('a glance at the head gives what all its fields give', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(line, end), { maxLength: 5 }), end, (lines, last) => {
      const head = `GET / HTTP/1.1\r\n${lines.flat().join('')}${last}`;
      assert.deepEqual(bodyLength(head), bodyLengthOfFields(new MessageHead(head)));
    }),
    { numRuns: 3000 },
  );
});
