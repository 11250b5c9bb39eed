import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { findHead, findHeadEnd } from './head-end.ts';

/** What `findHeadEnd` must give, plainly. */
function reference(text: string, start: number): number {
  const match = /\n\r?\n/.exec(text.slice(start));
  return match ? start + match.index + match[0].length : -1;
}

it('finds the first empty line, also across windows', () => {
  const parts = fc.constantFrom('a', 'bc', '\r', '\n', '\r\n', '\n\r', 'x'.repeat(510), 'x'.repeat(509));
  const lines = fc.array(parts, { maxLength: 24 });
  fc.assert(
    fc.property(lines, fc.nat({ max: 4 }), (pieces, start) => {
      const text = `    ${pieces.join('')}`;
      const bytes = Buffer.from(`${text}\n\n`);
      const headEnd = reference(text, start);
      assert.equal(findHeadEnd(bytes, start, text.length), headEnd);
      assert.equal(findHead(bytes, start, text.length), headEnd < 0 ? null : text.slice(start, headEnd));
    }),
    { numRuns: 5000 },
  );
});
