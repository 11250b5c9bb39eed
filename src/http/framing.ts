import type { AnomalyCode } from '../base/anomaly.ts';
import { MessageHead } from './head.ts';

/** What a head says of the length of its body (RFC 9112 section 6). */
export interface BodyLength {
  chunked: boolean;
  /** Content-Length; -1 where there is none, or none that can be believed. */
  length: number;
  /** What contradicts itself. */
  anomalies: AnomalyCode[];
}

/** Lines of one head that are remembered as candidates; with more, all fields are read. */
const MAX_MARKS = 16;

/**
 * The lines of a head that may say how long the body is, noted while its end is looked for: those that begin with the
 * first letter of Content-Length or Transfer-Encoding.
 */
export class FramingMarks {
  readonly #starts = new Int32Array(MAX_MARKS);
  #count = 0;
  /** A continued line, or too many candidates: only reading all fields will tell. */
  #isHard = false;

  clear(): void {
    this.#count = 0;
    this.#isHard = false;
  }

  /** A line of the head that starts at `start`, counted from the head's first byte, with the byte `first`. */
  note(start: number, first: number): void {
    const letter = first | 0x20;
    if (letter === 0x63 || letter === 0x74) {
      if (this.#count < MAX_MARKS) this.#starts[this.#count++] = start;
      else this.#isHard = true;
    } else if (first === 0x20 || first === 0x09) {
      this.#isHard = true;
    }
  }

  /**
   * Content-Length and Transfer-Encoding of the head. `chunked` overrides a length; of lengths that differ the first is
   * taken.
   */
  bodyLength(head: string): BodyLength {
    const result: BodyLength = { chunked: false, length: -1, anomalies: [] };
    if (this.#isHard) {
      for (const field of new MessageHead(head).fields) take(result, field.name, field.value);
    } else {
      for (let i = 0; i < this.#count; i++) takeLine(result, head, this.#starts[i]);
    }
    if (result.chunked && result.length >= 0) result.anomalies.push('http_length_and_chunked');
    return result;
  }
}

const LENGTH_NAME = 'content-length';
const CODING_NAME = 'transfer-encoding';

function takeLine(result: BodyLength, head: string, start: number): void {
  const isCandidate = endsName(head, start + LENGTH_NAME.length) || endsName(head, start + CODING_NAME.length);
  if (!isCandidate) return;
  const newline = head.indexOf('\n', start);
  const end = newline < 0 ? head.length : newline;
  const colon = head.indexOf(':', start);
  if (colon < 0 || colon > end) return;
  take(result, head.slice(start, colon).trimEnd().toLowerCase(), head.slice(colon + 1, end).trim());
}

/** A colon, or the white space that some senders put before it. */
function endsName(head: string, at: number): boolean {
  const code = head.charCodeAt(at);
  return code === 0x3a || code === 0x20 || code === 0x09;
}

function take(result: BodyLength, name: string, value: string): void {
  if (name === CODING_NAME) {
    // The last coding delimits the body; chunked is always the last (RFC 9112 section 6.1).
    if (/(?:^|,)[ \t]*chunked[ \t]*$/i.test(value)) result.chunked = true;
    return;
  }
  if (name !== LENGTH_NAME) return;
  const length = plainNumber(value) ?? repeatedLength(value);
  if (length === null) result.anomalies.push('http_bad_content_length');
  else if (result.length < 0) result.length = length;
  else if (result.length !== length) result.anomalies.push('http_bad_content_length');
}

/** "42, 42" is 42 (RFC 9110 section 8.6). */
function repeatedLength(value: string): number | null {
  const [first, ...others] = value.split(',').map((part) => part.trim());
  return others.every((other) => other === first) ? plainNumber(first) : null;
}

/** Up to 15 digits, which a double holds. */
function plainNumber(text: string): number | null {
  return /^\d{1,15}$/.test(text) ? Number(text) : null;
}
