import type { Gunzip, ZstdDecompress } from 'node:zlib';
import { zlib } from '../base/zlib.ts';
import { type ByteInput, ChunkInput, InputError } from './byte-input.ts';

export type Compression = 'gzip' | 'zstd';

/** Compressed bytes that are handed on at once. */
const CHUNK_BYTES = 65_536;

/** Bytes of a decompressor's output buffer. What it holds when damage is met is lost, so it is small where that costs nothing. */
const GZIP_OUTPUT_BYTES = 16_384;
/** The largest block of zstd (RFC 8878 section 3.1.1.2.4), which is decompressed as a whole or not at all. */
const ZSTD_OUTPUT_BYTES = 131_072;

const ZSTD_MAGIC = 0xfd2fb528;

/** How a file is compressed, by its first bytes. RFC 1952 section 2.3.1, RFC 8878 section 3.1.1. */
export function compressionOf(head: Buffer): Compression | null {
  if (head.length < 4) return null;
  if (head[0] === 0x1f && head[1] === 0x8b && head[2] === 8) return 'gzip';
  return head.readUInt32LE(0) === ZSTD_MAGIC ? 'zstd' : null;
}

/** Whether this version of Node.js can read zstd: from 22.15 on. */
export function hasZstd(): boolean {
  return 'createZstdDecompress' in zlib();
}

/** The bytes that a compressed input holds. */
export class DecompressedInput implements ByteInput {
  readonly #inner: ByteInput;
  readonly #chunks: ChunkInput;

  /** @param head bytes of `inner` that were read already */
  constructor(inner: ByteInput, head: Buffer, compression: Compression) {
    this.#inner = inner;
    this.#chunks = new ChunkInput(decompress(inner, head, compression));
  }

  get bytesRead(): number {
    return this.#inner.bytesRead;
  }

  get totalBytes(): number | null {
    return this.#inner.totalBytes;
  }

  read(target: Buffer, offset: number, length: number): Promise<number> {
    return this.#chunks.read(target, offset, length);
  }

  async close(): Promise<void> {
    await this.#chunks.close();
    await this.#inner.close();
  }
}

/**
 * Decompresses one gzip file or zstd frame after the other. Where the input ends too early all that it holds is given
 * before the error; where it is damaged, all but what was in the decompressor's output buffer.
 */
async function* decompress(inner: ByteInput, head: Buffer, compression: Compression): AsyncGenerator<Buffer, void> {
  const buffer = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  let chunk = head;
  do {
    const frame = new FrameDecoder(compression);
    try {
      for (;;) {
        const piece = frame.read();
        if (piece !== null) yield piece;
        else if (frame.ended) break;
        else if (frame.busy) await frame.change();
        else {
          if (chunk.length === 0) chunk = buffer.subarray(0, await inner.read(buffer, 0, CHUNK_BYTES));
          frame.write(chunk);
          chunk = NOTHING;
        }
      }
      chunk = frame.unread();
    } finally {
      frame.close();
    }
    // Node.js reads on through the members of a gzip file by itself; zero bytes may be left, which are padding.
  } while (compression === 'zstd' && chunk.length > 0);
}

const NOTHING = Buffer.alloc(0);

/**
 * One zlib stream, turned round: asked for bytes, it says when it needs more. It holds back its input until its output
 * was taken, so what it keeps in memory is bounded, whatever a file expands to.
 */
class FrameDecoder {
  /** Nothing more will come out. */
  ended = false;
  readonly #stream: Gunzip | ZstdDecompress;
  readonly #compression: Compression;
  #failure: Error | null = null;
  #chunk: Buffer = NOTHING;
  #written = 0;
  #inputEnded = false;
  #changed = false;
  #wake: (() => void) | null = null;

  constructor(compression: Compression) {
    this.#compression = compression;
    this.#stream =
      compression === 'gzip'
        ? zlib().createGunzip({ chunkSize: GZIP_OUTPUT_BYTES })
        : zlib().createZstdDecompress({ chunkSize: ZSTD_OUTPUT_BYTES });
    const ring = () => this.#ring();
    this.#stream.on('readable', ring);
    this.#stream.on('end', () => {
      this.ended = true;
      ring();
    });
    this.#stream.on('error', (error) => {
      this.#failure = error;
      ring();
    });
  }

  /** Decompressed bytes; null where there are none now. @throws InputError */
  read(): Buffer | null {
    // A zlib stream without an encoding gives buffers alone.
    const piece = this.#stream.read() as Buffer | null;
    if (piece === null && this.#failure !== null) throw this.#explain(this.#failure);
    return piece;
  }

  /** It is at work, or ends without having taken all that it was given: wait for a `change`. */
  get busy(): boolean {
    return this.#inputEnded || this.#stream.bytesWritten < this.#written;
  }

  /** Gives it the next compressed bytes; none is the end. Not while it is busy. */
  write(chunk: Buffer): void {
    if (chunk.length === 0) {
      this.#inputEnded = true;
      this.#stream.end();
      return;
    }
    this.#chunk = chunk;
    this.#written += chunk.length;
    this.#stream.write(chunk, () => this.#ring());
  }

  /** Bytes of the last chunk that come after the end of the frame, once it has ended. */
  unread(): Buffer {
    return this.#chunk.subarray(this.#chunk.length - (this.#written - this.#stream.bytesWritten));
  }

  /** Waits until something has happened since it was last waited for. */
  async change(): Promise<void> {
    if (!this.#changed) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    this.#changed = false;
  }

  close(): void {
    this.#stream.destroy();
  }

  #ring(): void {
    this.#changed = true;
    this.#wake?.();
    this.#wake = null;
  }

  #explain(failure: Error & { code?: string }): InputError {
    // zlib's name for "the input ended where more was to come".
    if (failure.code === 'Z_BUF_ERROR') {
      return new InputError('capture_truncated', `the ${this.#compression} data end too early`);
    }
    return new InputError('capture_damaged', `the ${this.#compression} data are damaged (${failure.message})`);
  }
}
