import type { BlockPool } from './block-pool.ts';
import type { ByteInput } from './byte-input.ts';
import { BLOCKS, MAX_RECORD_BYTES } from './limits.ts';
import { NO_BLOCK } from './new-packet.ts';
import type { Block } from './packet.ts';

/**
 * The part of a capture that is in memory: `bytes` from `at` to `end`. It moves on through a few blocks that are used
 * in turn; a record that does not end within its block is moved to the start of the next one.
 */
export class Window {
  block: Block = NO_BLOCK;
  bytes: Buffer = NO_BLOCK.bytes;
  /** The next byte to be read. */
  at = 0;
  end = 0;
  /** Offset in the capture of the first byte of `bytes`. */
  #base = 0;
  /** Bytes to leave out that have not been read yet. */
  #skip = 0;
  readonly #pool: BlockPool;
  /** The blocks in use, the one that was filled last is last. */
  readonly #blocks: Block[] = [];

  constructor(pool: BlockPool) {
    this.#pool = pool;
  }

  /** Offset in the capture of the next byte to be read. */
  get offset(): number {
    return this.#base + this.at;
  }

  /** Offset in the capture behind the last byte that is in memory. */
  get endOffset(): number {
    return this.#base + this.end;
  }

  /** Whether there are bytes of a record whose end has not been read. */
  get unfinished(): boolean {
    return this.end > this.at || this.#skip > 0;
  }

  /** Adds bytes that were read already. There must be room for them: at the start there is. */
  add(bytes: Buffer): void {
    if (this.block === NO_BLOCK) this.#useNextBlock();
    this.end += bytes.copy(this.bytes, this.end);
  }

  /** Leaves out the next bytes, however many: a record that is of no interest need not fit into memory. */
  skip(length: number): void {
    const here = Math.min(length, this.end - this.at);
    this.at += here;
    this.#skip = length - here;
  }

  /** Reads more bytes. False at the end of the input. Throws what the input throws. */
  async fill(input: ByteInput): Promise<boolean> {
    // A pipe gives little at a time: a block is left only when the largest record does not fit into the rest of it.
    if (this.bytes.length - this.end < MAX_RECORD_BYTES) this.#useNextBlock();
    const read = await input.read(this.bytes, this.end, this.bytes.length - this.end);
    this.end += read;
    if (this.#skip > 0) this.skip(this.#skip);
    return read > 0;
  }

  /** There will be no more bytes: gives the blocks back. */
  close(): void {
    for (const block of this.#blocks.splice(0)) this.#pool.give(block);
    this.at = this.end;
  }

  #useNextBlock(): void {
    const oldest = this.#blocks.length === BLOCKS ? this.#blocks.shift() : undefined;
    const next = oldest ?? this.#pool.take();
    this.#blocks.push(next);
    next.generation++;
    const rest = this.bytes.copy(next.bytes, 0, this.at, this.end);
    this.#base += this.at;
    this.block = next;
    this.bytes = next.bytes;
    this.at = 0;
    this.end = rest;
  }
}
