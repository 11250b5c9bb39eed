import { escapeControls } from './controls.ts';
import type { FieldValue, Scalar } from './field.ts';

/** Up to this many bytes a loop copies faster than the engine's own copy. */
const SHORT = 48;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const MINUS = 0x2d;
const ZERO = 0x30;

/**
 * JSON as bytes, written value by value without building objects or text first. What a terminal would obey is escaped,
 * so the bytes are safe to show. Takes memory for the longest content it has held.
 */
export class JsonBytes {
  #bytes: Buffer;
  #length = 0;

  /** @param size bytes that there is room for from the start */
  constructor(size = 4096) {
    this.#bytes = Buffer.allocUnsafeSlow(size);
  }

  get length(): number {
    return this.#length;
  }

  /** What has been written; good until something more is written. */
  get content(): Buffer {
    return this.#bytes.subarray(0, this.#length);
  }

  clear(): void {
    this.#length = 0;
  }

  byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#length++] = byte;
  }

  /** Bytes of JSON that are ready, such as the name of a field. */
  raw(bytes: Uint8Array): void {
    const { length } = bytes;
    this.#reserve(length);
    const target = this.#bytes;
    const at = this.#length;
    if (length > SHORT) target.set(bytes, at);
    else for (let i = 0; i < length; i++) target[at + i] = bytes[i];
    this.#length = at + length;
  }

  /** Text that is JSON already, in UTF-8. */
  text(json: string): void {
    this.#reserve(json.length * 3);
    this.#length += this.#bytes.write(json, this.#length);
  }

  /** A value that exists. */
  value(value: NonNullable<FieldValue>): void {
    if (typeof value === 'object') this.#array(value);
    else this.#scalar(value);
  }

  string(value: string): void {
    const { length } = value;
    this.#reserve(length + 2);
    const target = this.#bytes;
    let at = this.#length;
    target[at++] = QUOTE;
    for (let i = 0; i < length; i++) {
      const code = value.charCodeAt(i);
      if (code < 0x20 || code > 0x7e || code === QUOTE || code === BACKSLASH) {
        this.text(escapeControls(JSON.stringify(value)));
        return;
      }
      target[at++] = code;
    }
    target[at++] = QUOTE;
    this.#length = at;
  }

  /** A number as JSON has it: what is not finite is null. */
  number(value: number): void {
    if (!Number.isSafeInteger(value)) {
      this.text(JSON.stringify(value));
      return;
    }
    this.#reserve(17);
    let rest = Math.abs(value);
    let digits = 1;
    for (let limit = 10; rest >= limit; limit *= 10) digits++;
    if (value < 0) this.#bytes[this.#length++] = MINUS;
    for (let at = this.#length + digits - 1; at >= this.#length; at--) {
      const tenth = Math.floor(rest / 10);
      this.#bytes[at] = ZERO + (rest - tenth * 10);
      rest = tenth;
    }
    this.#length += digits;
  }

  #scalar(value: Scalar): void {
    if (typeof value === 'string') this.string(value);
    else if (typeof value === 'number') this.number(value);
    else this.text(value ? 'true' : 'false');
  }

  #array(values: readonly (Scalar | null)[]): void {
    this.byte(0x5b);
    for (let i = 0; i < values.length; i++) {
      if (i > 0) this.byte(COMMA);
      const value = values[i];
      if (value === null) this.text('null');
      else this.#scalar(value);
    }
    this.byte(0x5d);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed <= this.#bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.#bytes.length * 2));
    this.#bytes.copy(grown, 0, 0, this.#length);
    this.#bytes = grown;
  }
}
