import type { AnomalyCode } from '../base/anomaly.ts';
import { MessageHead } from './head.ts';

/** What a head says of the length of its body (RFC 9112 section 6). */
export interface BodyLength {
  readonly chunked: boolean;
  /** Content-Length; -1 where there is none, or none that can be believed. */
  readonly length: number;
  /** What contradicts itself. */
  readonly anomalies: readonly AnomalyCode[];
}

const UNSAID: BodyLength = { chunked: false, length: -1, anomalies: [] };

/** The lines that may tell, and continued ones, which may belong to them. */
const CANDIDATE = /\n(?:[ \t]|(?:content-length|transfer-encoding)[ \t]*:)/gi;

const CHUNKED: BodyLength = { chunked: true, length: -1, anomalies: [] };

/**
 * Content-Length and Transfer-Encoding of a head. `chunked` overrides a length; of lengths that differ the first is
 * taken. Heads with one such line of the usual spelling, or none, are told at a glance.
 */
export function bodyLength(head: string): BodyLength {
  CANDIDATE.lastIndex = 0;
  if (!CANDIDATE.test(head)) return UNSAID;
  const after = CANDIDATE.lastIndex;
  if (!CANDIDATE.test(head)) {
    // What stands before the colon is the last letter of "length" or of "encoding".
    const letter = head.charCodeAt(after - 2) | 0x20;
    if (letter === LETTER_H) {
      const length = plainLength(head, after);
      if (length >= 0) return { chunked: false, length, anomalies: UNSAID.anomalies };
    } else if (letter === LETTER_G && head.startsWith(' chunked\r\n', after)) {
      return CHUNKED;
    }
  }
  return bodyLengthOfFields(new MessageHead(head));
}

const LETTER_G = 0x67;
const LETTER_H = 0x68;

/** ` 123\r\n`, or without the space; -1 where it is anything else, or longer than a double holds. */
function plainLength(head: string, from: number): number {
  const start = head.charCodeAt(from) === 0x20 ? from + 1 : from;
  let value = 0;
  let at = start;
  for (let digit = head.charCodeAt(at) - 0x30; digit >= 0 && digit <= 9; digit = head.charCodeAt(++at) - 0x30) {
    value = value * 10 + digit;
  }
  const isPlain = at > start && at - start <= 15 && head.charCodeAt(at) === 0x0d && head.charCodeAt(at + 1) === 0x0a;
  return isPlain ? value : -1;
}

/** The same from all fields: the plain reference, and what odd heads need. */
export function bodyLengthOfFields(head: MessageHead): BodyLength {
  const anomalies: AnomalyCode[] = [];
  let chunked = false;
  let length = -1;
  for (const { name, value } of head.fields) {
    if (name === 'transfer-encoding') {
      // chunked must be the last coding (RFC 9112 section 6.1). Who does not refuse the message reads it as chunked all the same.
      const codings = codingsOf(value);
      if (chunked ? codings.length > 0 : codings.slice(0, -1).includes('chunked'))
        anomalies.push('http_chunked_not_last');
      if (codings.includes('chunked')) chunked = true;
    }
    if (name !== 'content-length') continue;
    const said = lengthOf(value);
    if (said === null || (length >= 0 && said !== length)) anomalies.push('http_bad_content_length');
    else length = said;
  }
  if (chunked && length >= 0) anomalies.push('http_length_and_chunked');
  return { chunked, length, anomalies };
}

function codingsOf(value: string): string[] {
  return value
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '');
}

/** "42, 42" is 42 (RFC 9110 section 8.6). At most 15 digits, which a double holds; null for what is no length. */
function lengthOf(value: string): number | null {
  const [first, ...others] = value.split(',').map((part) => part.trim());
  const isPlain = /^\d{1,15}$/.test(first) && others.every((other) => other === first);
  return isPlain ? Number(first) : null;
}
