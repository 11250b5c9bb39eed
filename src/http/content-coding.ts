import { isUtf8 } from 'node:buffer';
import { zlib } from '../base/zlib.ts';

export interface Decoded {
  readonly bytes: Uint8Array;
  /** The body was decoded to its end and nothing was cut. */
  readonly whole: boolean;
  /** The body is not what its coding says, or the coding is none that is known. */
  readonly bad: boolean;
}

/** Of fewer bytes of a body that was cut nobody can say whether they are of a coding. */
const FEWEST_BYTES = 4;
const NOTHING = new Uint8Array(0);

/** Codings that may be stacked; more are taken for an attack. */
const MAX_CODINGS = 4;

/**
 * Undoes the content codings of a body (RFC 9110 section 8.4.1): gzip, x-gzip, deflate (zlib, or raw as some servers
 * send it), br, zstd and identity. What was cut is decoded as far as it goes, and never to more than `most` bytes. A
 * coding that the body does not have is passed over, as lenient clients do.
 * @param coding value of Content-Encoding
 * @param complete `body` is the whole coded body
 */
export function decodeContent(body: Uint8Array, coding: string, complete: boolean, most: number): Decoded {
  const names = (coding.toLowerCase().match(/[\w-]+/g) ?? []).filter((name) => name !== 'identity');
  let bad = !/^[\w\s,-]*$/.test(coding) || names.length > MAX_CODINGS;
  let bytes = body;
  let whole = complete;
  for (const name of names.slice(-MAX_CODINGS).reverse()) {
    const step = undo(bytes, name, whole, most);
    if (step === null) {
      bad = true;
      continue;
    }
    bytes = step.bytes;
    whole = step.whole;
  }
  if (bytes.length > most) return { bytes: bytes.subarray(0, most), whole: false, bad };
  return { bytes, whole, bad };
}

/** Null where the bytes are not of that coding. */
function undo(bytes: Uint8Array, name: string, complete: boolean, most: number): Omit<Decoded, 'bad'> | null {
  if (bytes.length === 0) return { bytes, whole: complete };
  if (bytes.length < FEWEST_BYTES && !complete) return { bytes: NOTHING, whole: false };
  // Raw deflate and br have no mark, so text would be decoded to garbage.
  if (isText(bytes)) return null;
  for (const attempt of DECODERS[name] ?? []) {
    const decoded = tryDecode(bytes, attempt, complete, most);
    if (decoded) return decoded;
  }
  return null;
}

function isText(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte >= SPACE || (byte >= TAB && byte <= CARRIAGE_RETURN)) && isUtf8(bytes);
}

const TAB = 0x09;
const CARRIAGE_RETURN = 0x0d;
const SPACE = 0x20;

type Attempt = (bytes: Uint8Array, cut: boolean, most: number) => Uint8Array;

const DECODERS: Partial<Record<string, readonly Attempt[]>> = {
  gzip: [gunzip, gunzipUnchecked],
  'x-gzip': [gunzip, gunzipUnchecked],
  deflate: [inflate, inflateRaw],
  'x-deflate': [inflate, inflateRaw],
  br: [brotli],
  zstd: [zstd],
};

function gunzip(bytes: Uint8Array, cut: boolean, most: number): Uint8Array {
  return zlib().gunzipSync(bytes, zlibOptions(cut, most));
}

/** Without the checks of its header and of its trailer, which not all clients make. */
function gunzipUnchecked(bytes: Uint8Array, cut: boolean, most: number): Uint8Array {
  return inflateRaw(bytes.subarray(gzipHeaderLength(bytes)), cut, most);
}

/** RFC 1952 section 2.3. @throws where the bytes begin with no header of gzip */
function gzipHeaderLength(bytes: Uint8Array): number {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b) throw new Error('not gzip');
  const flags = bytes[3];
  let length = 10;
  if ((flags & GZIP_EXTRA) !== 0) length += 2 + bytes[length] + 256 * bytes[length + 1];
  for (const text of [GZIP_NAME, GZIP_COMMENT]) {
    if ((flags & text) !== 0) length = bytes.indexOf(0, length) + 1;
  }
  return (flags & GZIP_HEADER_CHECK) !== 0 ? length + 2 : length;
}

const GZIP_HEADER_CHECK = 2;
const GZIP_EXTRA = 4;
const GZIP_NAME = 8;
const GZIP_COMMENT = 16;

function inflate(bytes: Uint8Array, cut: boolean, most: number): Uint8Array {
  return zlib().inflateSync(bytes, zlibOptions(cut, most));
}

function inflateRaw(bytes: Uint8Array, cut: boolean, most: number): Uint8Array {
  return zlib().inflateRawSync(bytes, zlibOptions(cut, most));
}

function zlibOptions(cut: boolean, most: number): { maxOutputLength: number; finishFlush: number } {
  return { maxOutputLength: most, finishFlush: cut ? zlib().constants.Z_SYNC_FLUSH : zlib().constants.Z_FINISH };
}

function brotli(bytes: Uint8Array, cut: boolean, most: number): Uint8Array {
  const finishFlush = cut ? zlib().constants.BROTLI_OPERATION_FLUSH : zlib().constants.BROTLI_OPERATION_FINISH;
  return zlib().brotliDecompressSync(bytes, { maxOutputLength: most, finishFlush });
}

function zstd(bytes: Uint8Array, cut: boolean, most: number): Uint8Array {
  const finishFlush = cut ? zlib().constants.ZSTD_e_flush : zlib().constants.ZSTD_e_end;
  return zlib().zstdDecompressSync(bytes, { maxOutputLength: most, finishFlush });
}

/** First as what it should be, then as a piece of it. */
function tryDecode(bytes: Uint8Array, attempt: Attempt, complete: boolean, most: number): Omit<Decoded, 'bad'> | null {
  if (complete) {
    try {
      return { bytes: attempt(bytes, false, most), whole: true };
    } catch {
      // Cut without notice, damaged, or larger than wanted: the piece before that may still be had.
    }
  }
  try {
    const piece = attempt(bytes, true, most);
    return complete && piece.length === 0 ? null : { bytes: piece, whole: false };
  } catch (error) {
    if (error instanceof RangeError) return { bytes: NOTHING, whole: false };
    return null;
  }
}
