/** Who holds some of it. */
export interface MemoryHolder {
  /** Somebody else needs memory: gives back all that it holds. */
  letGo(): void;
}

/**
 * Memory that all connections share. Where none is left, who has held some for the longest time lets go of it: so heads
 * and bodies that somebody leaves unfinished on purpose do not keep others from being read.
 */
export class MemoryBudget {
  readonly #limit: number;
  #used = 0;
  /** In the order in which they began to hold. */
  readonly #holders = new Map<MemoryHolder, number>();

  constructor(limit: number) {
    this.#limit = limit;
  }

  /** False: there is no more to be had, even from others. */
  take(bytes: number, holder: MemoryHolder): boolean {
    while (this.#used + bytes > this.#limit) {
      const oldest = this.#oldestBut(holder);
      if (oldest === null) return false;
      oldest.letGo();
      this.giveBack(oldest);
    }
    this.#used += bytes;
    this.#holders.set(holder, (this.#holders.get(holder) ?? 0) + bytes);
    return true;
  }

  /** All that the holder has. */
  giveBack(holder: MemoryHolder): void {
    this.#used -= this.#holders.get(holder) ?? 0;
    this.#holders.delete(holder);
  }

  #oldestBut(holder: MemoryHolder): MemoryHolder | null {
    for (const other of this.#holders.keys()) if (other !== holder) return other;
    return null;
  }
}
