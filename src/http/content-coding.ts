import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from 'node:zlib';

export interface Decoded {
  readonly bytes: Uint8Array;
  /** All of the input was decoded and nothing was cut. */
  readonly whole: boolean;
  /** The input is not what its coding says. */
  readonly bad: boolean;
}

/** Codings that may be stacked; more are taken for an attack. */
const MAX_CODINGS = 4;

/**
 * Undoes the content codings of a body (RFC 9110 section 8.4.1): gzip, x-gzip, deflate (zlib, or raw as some servers
 * send it), br, zstd and identity. What was cut is decoded as far as it goes, and never to more than `most` bytes.
 * @param coding value of Content-Encoding
 * @param complete `body` is the whole coded body
 */
export function decodeContent(body: Uint8Array, coding: string, complete: boolean, most: number): Decoded {
  const codings = coding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  if (codings.length > MAX_CODINGS) return { bytes: new Uint8Array(0), whole: false, bad: true };
  let bytes = body;
  let whole = complete;
  for (const name of codings.reverse()) {
    const step = undo(bytes, name, whole, most);
    if (step === null) return { bytes: new Uint8Array(0), whole: false, bad: true };
    bytes = step.bytes;
    whole = step.whole;
  }
  if (bytes.length > most) return { bytes: bytes.subarray(0, most), whole: false, bad: false };
  return { bytes, whole, bad: false };
}

function undo(bytes: Uint8Array, name: string, complete: boolean, most: number): Omit<Decoded, 'bad'> | null {
  if (bytes.length === 0) return { bytes, whole: complete };
  const decoder = DECODERS[name];
  if (!decoder) return null;
  for (const attempt of decoder) {
    const decoded = tryDecode(bytes, attempt, complete, most);
    if (decoded) return decoded;
  }
  return null;
}

type Attempt = (bytes: Uint8Array, cut: boolean, most: number) => Uint8Array;

const DECODERS: Partial<Record<string, readonly Attempt[]>> = {
  gzip: [gunzip],
  'x-gzip': [gunzip],
  deflate: [inflate, inflateRaw],
  'x-deflate': [inflate, inflateRaw],
  br: [brotli],
  zstd: [zstd],
};

function gunzip(bytes: Uint8Array, cut: boolean, most: number): Uint8Array {
  return gunzipSync(bytes, zlibOptions(cut, most));
}

function inflate(bytes: Uint8Array, cut: boolean, most: number): Uint8Array {
  return inflateSync(bytes, zlibOptions(cut, most));
}

function inflateRaw(bytes: Uint8Array, cut: boolean, most: number): Uint8Array {
  return inflateRawSync(bytes, zlibOptions(cut, most));
}

function zlibOptions(cut: boolean, most: number): { maxOutputLength: number; finishFlush: number } {
  return { maxOutputLength: most, finishFlush: cut ? constants.Z_SYNC_FLUSH : constants.Z_FINISH };
}

function brotli(bytes: Uint8Array, cut: boolean, most: number): Uint8Array {
  const finishFlush = cut ? constants.BROTLI_OPERATION_FLUSH : constants.BROTLI_OPERATION_FINISH;
  return brotliDecompressSync(bytes, { maxOutputLength: most, finishFlush });
}

function zstd(bytes: Uint8Array, cut: boolean, most: number): Uint8Array {
  const finishFlush = cut ? constants.ZSTD_e_flush : constants.ZSTD_e_end;
  return zstdDecompressSync(bytes, { maxOutputLength: most, finishFlush });
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
    return { bytes: attempt(bytes, true, most), whole: false };
  } catch (error) {
    if (error instanceof RangeError) return { bytes: new Uint8Array(0), whole: false };
    return null;
  }
}
