import { latin1 } from '../base/latin1.ts';

/** Bytes looked at in one go: most heads are shorter. */
const WINDOW_BYTES = 512;

/** An empty line, lines ending in CRLF or in LF alone. */
const EMPTY_LINE = /\n\r?\n/g;

/** Bytes of an empty line that may lie in the window before. */
const OVERLAP = 2;

/** The head that starts at `start`, as text, latin-1; null where it does not end before `end`. */
export function findHead(bytes: Buffer, start: number, end: number): string | null {
  const windowEnd = Math.min(end, start + WINDOW_BYTES);
  const text = latin1(bytes, start, windowEnd);
  const length = endOfHead(text);
  // Most requests are a head and nothing else.
  if (length > 0) return length === text.length ? text : latin1(bytes, start, start + length);
  if (windowEnd === end) return null;
  const headEnd = findHeadEnd(bytes, windowEnd - OVERLAP, end);
  return headEnd < 0 ? null : latin1(bytes, start, headEnd);
}

/** Where a head ends of which bytes from `start` on are still to be looked at; -1 where it does not end before `end`. */
export function findHeadEnd(bytes: Buffer, start: number, end: number): number {
  for (let from = start; ; from += WINDOW_BYTES - OVERLAP) {
    const to = Math.min(end, from + WINDOW_BYTES);
    const length = endOfHead(latin1(bytes, from, to));
    if (length > 0) return from + length;
    if (to === end) return -1;
  }
}

/**
 * Behind the empty line that ends a head (RFC 9112 section 2.1); 0 where there is none. The regular expression engine
 * looks for it in half the time of a loop over the bytes.
 */
function endOfHead(text: string): number {
  EMPTY_LINE.lastIndex = 0;
  return EMPTY_LINE.test(text) ? EMPTY_LINE.lastIndex : 0;
}
