import { latin1 } from '../base/latin1.ts';
import type { MemoryBudget, MemoryHolder } from './memory-budget.ts';

const NOTHING = Buffer.alloc(0);
const LEAST_BYTES = 1024;

/** The start of a head whose end has not come yet. */
export class PendingHead {
  readonly #limit: number;
  readonly #budget: MemoryBudget;
  readonly #holder: MemoryHolder;
  bytes = NOTHING;
  length = 0;

  /**
   * @param limit bytes that one head may have
   * @param holder who is asked to let go of the head where memory is short
   */
  constructor(limit: number, budget: MemoryBudget, holder: MemoryHolder) {
    this.#limit = limit;
    this.#budget = budget;
    this.#holder = holder;
  }

  /** Adds bytes; gives how many there was room for. */
  add(bytes: Buffer, start: number, end: number): number {
    const wanted = Math.min(end - start, this.#limit - this.length);
    if (!this.#makeRoom(this.length + wanted)) return 0;
    bytes.copy(this.bytes, this.length, start, start + wanted);
    this.length += wanted;
    return wanted;
  }

  /** The first `length` bytes as text, latin-1. */
  text(length: number = this.length): string {
    return latin1(this.bytes, 0, length);
  }

  /** Forgets all. */
  clear(): void {
    if (this.bytes !== NOTHING) this.#budget.giveBack(this.#holder);
    this.bytes = NOTHING;
    this.length = 0;
  }

  #makeRoom(length: number): boolean {
    if (length <= this.bytes.length) return true;
    const size = Math.min(this.#limit, Math.max(LEAST_BYTES, length * 2));
    if (!this.#budget.take(size - this.bytes.length, this.#holder)) return false;
    const grown = Buffer.allocUnsafeSlow(size);
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
    return true;
  }
}
