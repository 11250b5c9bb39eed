/** Comparisons of values and patterns with each other that one query may take; then no more are made. */
const MAX_COMPARISONS = 5_000_000;

/** What the lints of one query may take together. */
export class Budget {
  #left = MAX_COMPARISONS;

  /** Whether that many comparisons may still be made. */
  spend(comparisons: number): boolean {
    if (comparisons > this.#left) return false;
    this.#left -= comparisons;
    return true;
  }
}
