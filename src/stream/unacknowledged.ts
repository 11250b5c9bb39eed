import type { Block } from '../capture/packet.ts';
import type { Half } from './flow.ts';
import { UNACKNOWLEDGED_BYTES, UNACKNOWLEDGED_PIECES } from './limits.ts';

export type Comparison = 'same' | 'conflict' | 'not_compared';

/**
 * The last bytes that were handed on and that their receiver has not acknowledged: what a retransmission is compared
 * with. Afterwards no receiver would take other bytes. Nothing is copied: noted is where a piece of a stream lies in the
 * memory that the capture reads into, in one ring for all connections, each piece with the one before it of the same
 * direction.
 */
export class UnacknowledgedBytes {
  readonly #sequence = new Int32Array(UNACKNOWLEDGED_PIECES);
  readonly #offset = new Int32Array(UNACKNOWLEDGED_PIECES);
  readonly #length = new Int32Array(UNACKNOWLEDGED_PIECES);
  readonly #generation = new Float64Array(UNACKNOWLEDGED_PIECES);
  readonly #previous = new Float64Array(UNACKNOWLEDGED_PIECES);
  readonly #block: (Block | null)[] = new Array(UNACKNOWLEDGED_PIECES).fill(null);
  /** Number of the next piece. A piece lies at its number modulo the ring's size until that many have followed it. */
  #next = 0;

  /** Notes a piece that follows all noted before of this direction. */
  add(half: Half, sequence: number, block: Block, offset: number, length: number): void {
    const at = this.#next & (UNACKNOWLEDGED_PIECES - 1);
    this.#sequence[at] = sequence;
    this.#offset[at] = offset;
    this.#length[at] = length;
    this.#generation[at] = block.generation;
    this.#previous[at] = half.lastPiece;
    this.#block[at] = block;
    half.lastPiece = this.#next++;
  }

  /**
   * Compares the direction's bytes from `sequence` on, `length` of them, with a second copy at `offset` of `bytes`.
   * Looks back at most `UNACKNOWLEDGED_BYTES`.
   */
  compare(half: Half, sequence: number, bytes: Buffer, offset: number, length: number): Comparison {
    let compared = 0;
    let lookedAt = 0;
    let piece = half.lastPiece;
    while (piece >= 0 && piece > this.#next - UNACKNOWLEDGED_PIECES - 1 && lookedAt < UNACKNOWLEDGED_BYTES) {
      const at = piece & (UNACKNOWLEDGED_PIECES - 1);
      const shift = (sequence - this.#sequence[at]) | 0;
      const from = Math.max(0, shift);
      const to = Math.min(this.#length[at], shift + length);
      if (shift >= this.#length[at]) break;
      const block = this.#block[at];
      if (from < to && block !== null && block.generation === this.#generation[at]) {
        const start = offset + from - shift;
        const first = this.#offset[at];
        if (block.bytes.compare(bytes, start, start + to - from, first + from, first + to) !== 0) return 'conflict';
        compared += to - from;
      }
      lookedAt += this.#length[at];
      piece = this.#previous[at];
    }
    return compared === length ? 'same' : 'not_compared';
  }
}
