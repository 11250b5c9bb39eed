import type { FieldValue } from './field.ts';
import { leafValue } from './json-document.ts';
import { isSame } from './json-keys.ts';

interface KnownValue {
  readonly bytes: Uint8Array;
  readonly value: FieldValue;
  readonly next: KnownValue | null;
  /** Values in one slot, from here on. */
  readonly length: number;
}

const SLOTS = 1 << 14;
/** Bytes of the longest value that is remembered. */
const MAX_KNOWN_LENGTH = 128;
/** Values in one slot; one more takes the place of them all. */
const MAX_CHAIN = 8;

/** Makes values of JSON text; the same object for the same text, most times, so that it is made and hashed only once. */
export class JsonValues {
  readonly #known: (KnownValue | null)[] = new Array(SLOTS).fill(null);

  /** @param end of the JSON text of a string, number, array, true, false or null that starts at `start` */
  at(bytes: Buffer, start: number, end: number): FieldValue {
    if (end - start > MAX_KNOWN_LENGTH) return parse(bytes, start, end);
    const slot = slotOf(bytes, start, end);
    for (let known = this.#known[slot]; known !== null; known = known.next) {
      if (isSame(known.bytes, bytes, start, end)) return known.value;
    }
    const value = parse(bytes, start, end);
    this.#remember(slot, new Uint8Array(bytes.subarray(start, end)), value);
    return value;
  }

  #remember(slot: number, bytes: Uint8Array, value: FieldValue): void {
    const first = this.#known[slot];
    const next = first !== null && first.length >= MAX_CHAIN ? null : first;
    this.#known[slot] = { bytes, value, next, length: (next?.length ?? 0) + 1 };
  }
}

const QUOTE = 0x22;

function parse(bytes: Buffer, start: number, end: number): FieldValue {
  if (bytes[start] === QUOTE) {
    const text = bytes.toString('utf8', start + 1, end - 1);
    if (!text.includes('\\')) return text;
  }
  return leafValue(JSON.parse(bytes.toString('utf8', start, end)));
}

/** Of all bytes, or of every third where they are many. */
function slotOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  let hash = Math.imul(length, 0x9e3779b1);
  const step = length > 48 ? 3 : 1;
  for (let at = start; at < end; at += step) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  return (hash ^ (hash >>> 15)) & (SLOTS - 1);
}
