import { closeSync, createReadStream, fstatSync, read, readSync } from 'node:fs';
import { Socket } from 'node:net';
import type { CaptureProblem } from './problem.ts';

/** Where the bytes of a capture come from, one after the other. */
export interface ByteInput {
  /**
   * Reads up to `length` bytes to `target` at `offset`; 0 is the end.
   * @throws InputError where the bytes end too early or are damaged, and what the operating system says
   */
  read(target: Buffer, offset: number, length: number): number | Promise<number>;
  /**
   * The same by another thread, where the input can do that: the caller may work on other bytes meanwhile, and must
   * wait for it before it reads again or closes.
   */
  readAhead?(target: Buffer, offset: number, length: number): Promise<number>;
  /** Bytes taken so far from the file or pipe, compressed ones where it is compressed. */
  readonly bytesRead: number;
  /** Bytes there are; null where nobody can know. */
  readonly totalBytes: number | null;
  close(): Promise<void>;
}

/** There are no more bytes to be had, though the input has not ended as it should. */
export class InputError extends Error {
  override readonly name = 'InputError';
  readonly code: CaptureProblem['code'];

  constructor(code: CaptureProblem['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** A regular file. */
class FileInput implements ByteInput {
  readonly totalBytes: number;
  bytesRead = 0;
  #descriptor: number | null;

  constructor(descriptor: number) {
    this.#descriptor = descriptor;
    this.totalBytes = fstatSync(descriptor).size;
  }

  read(target: Buffer, offset: number, length: number): number {
    if (this.#descriptor === null) return 0;
    const read = readSync(this.#descriptor, target, offset, length, null);
    this.bytesRead += read;
    return read;
  }

  readAhead(target: Buffer, offset: number, length: number): Promise<number> {
    const descriptor = this.#descriptor;
    if (descriptor === null) return Promise.resolve(0);
    return new Promise((resolve, reject) => {
      read(descriptor, target, offset, length, null, (error, count) => {
        this.bytesRead += count;
        if (error) reject(error);
        else resolve(count);
      });
    });
  }

  async close(): Promise<void> {
    if (this.#descriptor !== null) closeSync(this.#descriptor);
    this.#descriptor = null;
  }
}

/** Bytes that come in pieces, when they come. */
export class ChunkInput implements ByteInput {
  readonly totalBytes = null;
  bytesRead = 0;
  readonly #chunks: AsyncIterator<Buffer, unknown>;
  #chunk: Buffer = Buffer.alloc(0);
  #failure: unknown;

  constructor(chunks: AsyncIterator<Buffer, unknown>) {
    this.#chunks = chunks;
  }

  async read(target: Buffer, offset: number, length: number): Promise<number> {
    while (this.#chunk.length === 0) {
      const next = await this.#next();
      if (next.done) return 0;
      this.#chunk = next.value;
    }
    const read = this.#chunk.copy(target, offset, 0, length);
    this.#chunk = this.#chunk.subarray(read);
    this.bytesRead += read;
    return read;
  }

  /** An iterator that has thrown would end quietly when asked again; this one throws again. */
  async #next(): Promise<IteratorResult<Buffer, unknown>> {
    if (this.#failure !== undefined) throw this.#failure;
    try {
      return await this.#chunks.next();
    } catch (error) {
      this.#failure = error;
      throw error;
    }
  }

  async close(): Promise<void> {
    await this.#chunks.return?.();
  }
}

/** Opens what an open descriptor refers to: a file, a pipe, a terminal. */
export function inputOf(descriptor: number): ByteInput {
  const status = fstatSync(descriptor);
  if (status.isFile()) return new FileInput(descriptor);
  // A thread of the pool would hang in a read of an idle pipe and keep the program from ending; a socket does not.
  const waits = status.isFIFO() || status.isSocket();
  const stream = waits
    ? new Socket({ fd: descriptor, readable: true, writable: false })
    : createReadStream('', { fd: descriptor });
  return new ChunkInput(stream[Symbol.asyncIterator]());
}
