import { hmacSha256Hex, sha256Hex } from '../base/hash.ts';
import { isRandom } from './randomness.ts';

/** Hexadecimal digits, or characters of base64, that hold 128 bits. */
const HEX_LENGTH = 32;
const BASE64_LENGTH = 22;
/** Different characters that a token drawn at random has at least; fewer are a pattern. */
const MIN_DISTINCT = 8;

/**
 * What may be kept of a token so that the same one is known again: `sha256:<hex>` where a machine made it with at least
 * 128 bits, so that nobody can guess it back; `hmac-sha256:<hex>` with `key` for anything shorter; null where no key is
 * given.
 */
export function fingerprint(token: string, key: Uint8Array | null = null): string | null {
  if (isMachineMade(token)) return `sha256:${sha256Hex(token)}`;
  return key === null ? null : `hmac-sha256:${hmacSha256Hex(key, token)}`;
}

/** Judged by length, alphabet and neighbours; a doubtful one counts as made by a person. */
function isMachineMade(token: string): boolean {
  if (new Set(token).size < MIN_DISTINCT) return false;
  if (/^(?:[0-9a-f]+|[0-9A-F]+)$/.test(token)) return token.length >= HEX_LENGTH;
  // Of a token in parts (a JWT's signature, Google's ya29.) one random part is enough.
  return token
    .split(/[.:]/)
    .some((part) => part.length >= BASE64_LENGTH && /^[\w+/-]+=*$/.test(part) && isRandom(part));
}
