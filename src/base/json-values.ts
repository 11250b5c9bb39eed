import type { FieldValue } from './field.ts';
import { leafValue } from './json-document.ts';

interface KnownValue {
  /** The JSON text, a character for each of its bytes. */
  readonly text: string;
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

/** Makes values of JSON text: those that come again and again are made once. */
export class JsonValues {
  readonly #known: (KnownValue | null)[] = new Array(SLOTS).fill(null);
  /** By slot, the hash of the value that was made last: it is remembered once it has come twice. */
  readonly #once = new Int32Array(SLOTS);

  /** @param end of the JSON text of a string, number, array, true, false or null that starts at `start` */
  at(bytes: Buffer, start: number, end: number): FieldValue {
    if (end - start > MAX_KNOWN_LENGTH) return parse(bytes, start, end);
    const hash = hashOf(bytes, start, end);
    const slot = (hash ^ (hash >>> 15)) & (SLOTS - 1);
    for (let known = this.#known[slot]; known !== null; known = known.next) {
      if (isText(known.text, bytes, start, end)) return known.value;
    }
    const value = parse(bytes, start, end);
    if (this.#once[slot] !== hash) this.#once[slot] = hash;
    else this.#remember(slot, bytes.toString('latin1', start, end), value);
    return value;
  }

  #remember(slot: number, text: string, value: FieldValue): void {
    const first = this.#known[slot];
    const next = first !== null && first.length >= MAX_CHAIN ? null : first;
    this.#known[slot] = { text, value, next, length: (next?.length ?? 0) + 1 };
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

function isText(text: string, bytes: Uint8Array, start: number, end: number): boolean {
  const { length } = text;
  if (length !== end - start) return false;
  for (let i = 0; i < length; i++) if (text.charCodeAt(i) !== bytes[start + i]) return false;
  return true;
}

/** Of the length and all bytes, or every third where they are many. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  const length = end - start;
  const step = length > 48 ? 3 : 1;
  let hash = Math.imul(length, 0x9e3779b1);
  for (let at = start; at < end; at += step) hash = Math.imul(hash ^ bytes[at], 0x01000193);
  return hash;
}
