import type { MemoryBudget, MemoryHolder } from './memory-budget.ts';

/** The first bytes of a body, copied as they come, up to a limit; a gap ends it, and so does the end of memory. */
export class BodyCollector implements MemoryHolder {
  readonly #limit: number;
  readonly #budget: MemoryBudget;
  readonly #parts: Buffer[] = [];
  #length = 0;
  #isCut = false;

  constructor(limit: number, budget: MemoryBudget) {
    this.#limit = limit;
    this.#budget = budget;
  }

  add(bytes: Buffer, start: number, end: number): void {
    if (this.#isCut) return;
    const taken = Math.min(end - start, this.#limit - this.#length);
    if (taken < end - start) this.#isCut = true;
    if (taken === 0) return;
    if (!this.#budget.take(taken, this)) {
      this.#isCut = true;
      return;
    }
    this.#parts.push(Buffer.from(bytes.subarray(start, start + taken)));
    this.#length += taken;
  }

  letGo(): void {
    this.#isCut = true;
    this.#parts.length = 0;
    this.#length = 0;
  }

  /** Bytes are missing; what follows is of no use. */
  cut(): void {
    this.#isCut = true;
  }

  /** Nothing was left out. */
  get whole(): boolean {
    return !this.#isCut;
  }

  /** Gives the bytes and forgets them. */
  release(): Buffer {
    this.#budget.giveBack(this);
    const bytes = Buffer.concat(this.#parts, this.#length);
    this.#parts.length = 0;
    this.#length = 0;
    return bytes;
  }
}
