import type { BlockPool } from './block-pool.ts';
import type { ByteInput } from './byte-input.ts';
import { BLOCKS, MAX_RECORD_BYTES } from './limits.ts';
import { NO_BLOCK } from './new-packet.ts';
import type { Block } from './packet.ts';

/** Room before the bytes that are read to a block, for a record whose start is in the block before. */
const HEADROOM = MAX_RECORD_BYTES;

/** A block that is being read to. */
interface Ahead {
  readonly block: Block;
  readonly read: Promise<number>;
}

/**
 * The part of a capture that is in memory: `bytes` from `at` to `end`. It moves on through a few blocks that are used
 * in turn; the start of a record that does not end within its block is moved before the bytes of the next one. Where
 * the input allows it, one block is read while the one before is being worked on.
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
  #ahead: Ahead | null = null;

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
    if (this.block === NO_BLOCK) this.#enter(this.#nextBlock());
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
    const read = input.readAhead === undefined ? await this.#fillHere(input) : await this.#fillAhead(input);
    this.end += read;
    if (this.#skip > 0) this.skip(this.#skip);
    return read > 0;
  }

  /** There will be no more bytes: gives the blocks back, once nothing is read to them any more. */
  async close(): Promise<void> {
    // Why it failed does not matter any more.
    await this.#ahead?.read.catch(() => 0);
    this.#ahead = null;
    for (const block of this.#blocks.splice(0)) this.#pool.give(block);
    this.at = this.end;
  }

  /** A pipe gives little at a time: a block is left only when the largest record does not fit into the rest of it. */
  async #fillHere(input: ByteInput): Promise<number> {
    if (this.bytes.length - this.end < MAX_RECORD_BYTES) this.#enter(this.#nextBlock());
    return input.read(this.bytes, this.end, this.bytes.length - this.end);
  }

  async #fillAhead(input: ByteInput): Promise<number> {
    const ahead = this.#ahead ?? this.#startAhead(input);
    this.#ahead = null;
    const read = await ahead.read;
    this.#enter(ahead.block);
    if (read > 0) this.#ahead = this.#startAhead(input);
    return read;
  }

  #startAhead(input: ByteInput): Ahead {
    const block = this.#nextBlock();
    const read = Promise.resolve(input.readAhead?.(block.bytes, HEADROOM, block.bytes.length - HEADROOM) ?? 0);
    // It is awaited later, and must not count as nobody's until then.
    read.catch(() => 0);
    return { block, read };
  }

  /** The block whose bytes are the oldest; they are gone from now on. */
  #nextBlock(): Block {
    const oldest = this.#blocks.length === BLOCKS ? this.#blocks.shift() : undefined;
    const next = oldest ?? this.#pool.take();
    this.#blocks.push(next);
    next.generation++;
    return next;
  }

  /** Goes on in the next block, with what is left of this one before its bytes. */
  #enter(next: Block): void {
    const rest = this.end - this.at;
    const at = HEADROOM - rest;
    this.bytes.copy(next.bytes, at, this.at, this.end);
    this.#base += this.at - at;
    this.block = next;
    this.bytes = next.bytes;
    this.at = at;
    this.end = HEADROOM;
  }
}
