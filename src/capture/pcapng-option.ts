import { u16 } from './byte-order.ts';

const END_OF_OPTIONS = 0;
const COMMENT = 1;

/**
 * Calls `each` with code, first byte and length of every option from `at` to `end`. Stops where one does not fit.
 * Source: draft-ietf-opsawg-pcapng, section 3.5.
 */
export function eachOption(
  bytes: Buffer,
  at: number,
  end: number,
  littleEndian: boolean,
  each: (code: number, start: number, length: number) => void,
): void {
  while (at + 4 <= end) {
    const code = u16(bytes, at, littleEndian);
    const length = u16(bytes, at + 2, littleEndian);
    const start = at + 4;
    if (code === END_OF_OPTIONS || start + length > end) return;
    each(code, start, length);
    at = start + ((length + 3) & ~3);
  }
}

/** All opt_comment among these options. */
export function readComments(bytes: Buffer, at: number, end: number, littleEndian: boolean): string[] {
  const comments: string[] = [];
  eachOption(bytes, at, end, littleEndian, (code, start, length) => {
    if (code === COMMENT) comments.push(bytes.toString('utf8', start, start + length));
  });
  return comments;
}
