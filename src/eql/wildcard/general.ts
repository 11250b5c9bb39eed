import { lower } from '../values/text.ts';

export type TextTest = (value: string) => boolean;

/** Stands for `?` among the code units of a segment. */
const ANY_ONE = -1;

/**
 * A test for any wildcard pattern: `*` is any text, `?` any one character, nothing is escaped, the whole value must
 * match. Each stretch between stars is found as early as it can be, which decides the match without trying again, so
 * the time is at most the length of the value times that of the pattern.
 */
export function generalPattern(pattern: string, insensitive: boolean): TextTest {
  const segments = pattern.split('*').map((segment) => codesOf(segment, insensitive));
  const read = insensitive ? lower : same;
  const matcher = new GeneralPattern(segments, read);
  if (!pattern.includes('?')) return (value) => matcher.matches(value);
  return (value) => {
    const found = matcher.matches(value);
    return matcher.metSurrogate ? matchesCodePoints(value, pattern, insensitive) : found;
  };
}

function codesOf(segment: string, insensitive: boolean): Int32Array {
  return Int32Array.from(
    Array.from({ length: segment.length }, (_, at) => segment.charCodeAt(at)),
    (code) => (code === 0x3f ? ANY_ONE : insensitive ? lower(code) : code),
  );
}

function same(code: number): number {
  return code;
}

class GeneralPattern {
  /**
   * The last call saw half of a surrogate pair where `?` stands, which takes two code units to be one character: its
   * answer is not to be used.
   */
  metSurrogate = false;
  readonly #head: Int32Array;
  readonly #middle: readonly Int32Array[];
  /** Null where the pattern has no star. */
  readonly #tail: Int32Array | null;
  readonly #least: number;
  readonly #read: (code: number) => number;
  readonly #hasAnyOne: boolean;

  constructor(segments: readonly Int32Array[], read: (code: number) => number) {
    this.#head = segments[0];
    this.#middle = segments.slice(1, -1).filter((segment) => segment.length > 0);
    this.#tail = segments.length > 1 ? segments[segments.length - 1] : null;
    this.#least = segments.reduce((sum, segment) => sum + segment.length, 0);
    this.#read = read;
    this.#hasAnyOne = segments.some((segment) => segment.includes(ANY_ONE));
  }

  matches(value: string): boolean {
    this.metSurrogate = false;
    if (value.length < this.#least) return false;
    if (this.#tail === null && value.length !== this.#head.length) {
      this.metSurrogate = this.#hasAnyOne && /[\ud800-\udfff]/.test(value);
      return false;
    }
    if (!this.#standsAt(value, 0, this.#head)) return false;
    if (this.#tail === null) return true;
    const end = value.length - this.#tail.length;
    if (!this.#standsAtEnd(value, end, this.#tail)) return false;
    let at = this.#head.length;
    for (const segment of this.#middle) {
      at = this.#find(value, at, end, segment);
      if (at < 0) return false;
      at += segment.length;
    }
    return true;
  }

  #find(value: string, from: number, end: number, segment: Int32Array): number {
    for (let at = from; at + segment.length <= end; at++) {
      if (this.#standsAt(value, at, segment)) return at;
      if (this.metSurrogate) return -1;
    }
    return -1;
  }

  #standsAt(value: string, at: number, segment: Int32Array): boolean {
    for (let i = 0; i < segment.length; i++) {
      if (!this.#fits(value.charCodeAt(at + i), segment[i])) return false;
    }
    return true;
  }

  /** From the back, so that everything compared before a surrogate pair is in its true place. */
  #standsAtEnd(value: string, at: number, segment: Int32Array): boolean {
    for (let i = segment.length - 1; i >= 0; i--) {
      if (!this.#fits(value.charCodeAt(at + i), segment[i])) return false;
    }
    return true;
  }

  #fits(code: number, wanted: number): boolean {
    if (wanted !== ANY_ONE) return this.#read(code) === wanted;
    if ((code & 0xf800) !== 0xd800) return true;
    this.metSurrogate = true;
    return false;
  }
}

/** The plain matcher, on characters instead of code units: for values with surrogate pairs, and as the reference. */
export function matchesCodePoints(value: string, pattern: string, insensitive: boolean): boolean {
  const fold = (char: string) => (insensitive ? lower(char.codePointAt(0) ?? 0) : (char.codePointAt(0) ?? 0));
  const chars = Array.from(value, fold);
  // reached[n]: the pattern up to here can match the first n characters.
  let reached = chars.map(() => false);
  reached.unshift(true);
  for (const part of pattern) {
    const next = chars.map(() => false);
    next.unshift(part === '*' && reached[0]);
    for (let n = 1; n <= chars.length; n++) {
      next[n] =
        part === '*' ? reached[n] || next[n - 1] : reached[n - 1] && (part === '?' || fold(part) === chars[n - 1]);
    }
    reached = next;
  }
  return reached[chars.length];
}
