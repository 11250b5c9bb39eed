import { latin1 } from '../base/latin1.ts';

/** Bytes looked at in one go: most heads are shorter. */
const WINDOW_BYTES = 1024;

/** An empty line, lines ending in CRLF or in LF alone. */
const EMPTY_LINE = /\n\r?\n/g;

/** Bytes of an empty line that may lie in the window before. */
const OVERLAP = 2;

/**
 * Where the head that starts at `start` ends: behind the empty line (RFC 9112 section 2.1); -1 where it does not end
 * before `end`. The regular expression engine looks for it several times faster than a loop over the bytes.
 */
export function findHeadEnd(bytes: Buffer, start: number, end: number): number {
  let from = start;
  for (;;) {
    const to = Math.min(end, from + WINDOW_BYTES);
    EMPTY_LINE.lastIndex = 0;
    if (EMPTY_LINE.test(latin1(bytes, from, to))) return from + EMPTY_LINE.lastIndex;
    if (to === end) return -1;
    from = to - OVERLAP;
  }
}
