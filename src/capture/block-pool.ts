import { BLOCK_BYTES } from './limits.ts';
import type { Block } from './packet.ts';

/** Blocks that no source fills now. A source that has ended leaves its own to the next one. */
export class BlockPool {
  /** The one that was filled last is last. */
  readonly #free: Block[] = [];

  /** A block to fill: the one whose bytes are the oldest. Its generation is that of its old bytes. */
  take(): Block {
    return this.#free.shift() ?? { bytes: Buffer.allocUnsafeSlow(BLOCK_BYTES), generation: -1 };
  }

  /** Gives back a block; of several the one that was filled first is given back first. */
  give(block: Block): void {
    this.#free.push(block);
  }
}
