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

/** The usual line, alone of its kind. */
const PLAIN_LENGTH = /\ncontent-length:[ \t]*(\d{1,15})[ \t]*\r?\n/iy;

/**
 * Content-Length and Transfer-Encoding of a head. `chunked` overrides a length; of lengths that differ the first is
 * taken.
 */
export function bodyLength(head: string): BodyLength {
  CANDIDATE.lastIndex = 0;
  if (!CANDIDATE.test(head)) return UNSAID;
  PLAIN_LENGTH.lastIndex = head.lastIndexOf('\n', CANDIDATE.lastIndex - 1);
  if (!CANDIDATE.test(head)) {
    const plain = PLAIN_LENGTH.exec(head);
    if (plain) return { chunked: false, length: Number(plain[1]), anomalies: UNSAID.anomalies };
  }
  return bodyLengthOfFields(new MessageHead(head));
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
