import type { Block } from '../capture/packet.ts';
import type { Half } from './half.ts';
import { UNACKNOWLEDGED_BYTES, UNACKNOWLEDGED_PIECES } from './limits.ts';

export type Comparison = 'same' | 'conflict' | 'not_compared';

// A piece is a row of numbers, as long as a cache line.
const ROW = 8;
const SEQUENCE = 0;
const OFFSET = 1;
const LENGTH = 2;
const GENERATION = 3;
const PREVIOUS = 4;

/**
 * The last bytes that were handed on and that their receiver has not acknowledged: what a retransmission is compared
 * with. Afterwards no receiver would take other bytes. Nothing is copied: noted is where a piece of a stream lies in the
 * memory that the capture reads into, in one ring for all connections, each piece with the one before it of the same
 * direction.
 */
export class UnacknowledgedBytes {
  readonly #rows = new Float64Array(UNACKNOWLEDGED_PIECES * ROW);
  readonly #blocks: (Block | null)[] = new Array(UNACKNOWLEDGED_PIECES).fill(null);
  /** Number of the next piece. A piece lies at its number modulo the ring's size until that many have followed it. */
  #next = 0;

  /** Notes a piece that follows all noted before of this direction. */
  add(half: Half, sequence: number, block: Block, offset: number, length: number): void {
    const slot = this.#next & (UNACKNOWLEDGED_PIECES - 1);
    const rows = this.#rows;
    const row = slot * ROW;
    rows[row + SEQUENCE] = sequence;
    rows[row + OFFSET] = offset;
    rows[row + LENGTH] = length;
    rows[row + GENERATION] = block.generation;
    rows[row + PREVIOUS] = half.lastPiece;
    if (this.#blocks[slot] !== block) this.#blocks[slot] = block;
    half.lastPiece = this.#next++;
  }

  /**
   * Compares the direction's bytes from `sequence` on, `length` of them, with a second copy at `offset` of `bytes`.
   * Looks back at most `UNACKNOWLEDGED_BYTES`.
   */
  compare(half: Half, sequence: number, bytes: Buffer, offset: number, length: number): Comparison {
    const rows = this.#rows;
    let compared = 0;
    let lookedAt = 0;
    let piece = half.lastPiece;
    while (piece >= 0 && piece >= this.#next - UNACKNOWLEDGED_PIECES && lookedAt < UNACKNOWLEDGED_BYTES) {
      const slot = piece & (UNACKNOWLEDGED_PIECES - 1);
      const row = slot * ROW;
      const pieceLength = rows[row + LENGTH];
      const shift = (sequence - rows[row + SEQUENCE]) | 0;
      if (shift >= pieceLength) break;
      const from = Math.max(0, shift);
      const to = Math.min(pieceLength, shift + length);
      const block = this.#blocks[slot];
      if (from < to && block !== null && block.generation === rows[row + GENERATION]) {
        const start = offset + from - shift;
        const first = rows[row + OFFSET];
        if (block.bytes.compare(bytes, start, start + to - from, first + from, first + to) !== 0) return 'conflict';
        compared += to - from;
      }
      lookedAt += pieceLength;
      piece = rows[row + PREVIOUS];
    }
    return compared === length ? 'same' : 'not_compared';
  }
}
