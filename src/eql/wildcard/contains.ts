import { foldedAt } from '../values/text.ts';

/**
 * Finds any of several texts within a value: Wu and Manber's search ("A fast algorithm for multi-pattern searching",
 * TR-94-17) with blocks of two code units, so that most of a value is never looked at. Case bits are left out of the
 * hash; every candidate is compared in full.
 */
export class ContainsAny {
  /** The length of the shortest text: the window that moves along the value. */
  readonly #window: number;
  readonly #shift: Uint8Array;
  /** Texts whose window ends with the block of this hash. */
  readonly #candidates = new Map<number, string[]>();
  readonly #insensitive: boolean;

  /** @param texts none empty; in lower case where `insensitive` */
  constructor(texts: readonly string[], insensitive: boolean) {
    this.#insensitive = insensitive;
    this.#window = texts.reduce((least, text) => Math.min(least, text.length), Number.POSITIVE_INFINITY);
    const blocks = Math.max(1, this.#window - 1);
    this.#shift = new Uint8Array(HASHES).fill(Math.min(blocks, 255));
    for (const text of texts) this.#add(text, blocks);
  }

  #add(text: string, blocks: number): void {
    for (let i = 0; i < blocks; i++) {
      for (const code of this.#hashesAt(text, i)) this.#shift[code] = Math.min(this.#shift[code], blocks - 1 - i);
    }
    for (const code of this.#hashesAt(text, blocks - 1)) {
      const texts = this.#candidates.get(code);
      if (texts) texts.push(text);
      else this.#candidates.set(code, [text]);
    }
  }

  /** Hashes of the block at `at`. A window of one code unit has a block whose second half may be anything. */
  #hashesAt(text: string, at: number): number[] {
    const first = text.charCodeAt(at);
    if (this.#window > 1) return [hash(first, text.charCodeAt(at + 1))];
    return Array.from({ length: 32 }, (_, second) => hash(first, second));
  }

  matches(value: string): boolean {
    const shift = this.#shift;
    const blocks = Math.max(1, this.#window - 1);
    // `at` is where the last block of the window starts.
    for (let at = blocks - 1; at < value.length; ) {
      const code = hash(value.charCodeAt(at), at + 1 < value.length ? value.charCodeAt(at + 1) : 0);
      const distance = shift[code];
      if (distance > 0) {
        at += distance;
        continue;
      }
      if (this.#candidateAt(value, at - blocks + 1, code)) return true;
      at++;
    }
    return false;
  }

  #candidateAt(value: string, start: number, code: number): boolean {
    const texts = this.#candidates.get(code);
    if (texts === undefined) return false;
    for (const text of texts) {
      if (start + text.length > value.length) continue;
      if (this.#insensitive ? foldedAt(value, start, text) : value.startsWith(text, start)) return true;
    }
    return false;
  }
}

const HASHES = 1024;

/** Five bits of each; the bit that tells a from A is not among them. */
function hash(first: number, second: number): number {
  return ((first & 31) << 5) | (second & 31);
}
