import type { Budget } from './budget.ts';

/** Whether one wildcard pattern matches all that another does, as far as that can be seen from their texts. */
export class Coverage {
  /** The pattern in code points, since `?` stands for one. */
  readonly #points: readonly string[];
  /** The longest text between wildcards. */
  readonly #longest: string;

  /** @param pattern in lower case where case is ignored */
  constructor(pattern: string) {
    this.#points = [...pattern];
    this.#longest = pattern.split(/[*?]+/).reduce((best, run) => (run.length > best.length ? run : best), '');
  }

  /**
   * Never true where a text that `other` matches is not matched; a few that are covered in roundabout ways are not seen.
   * @param budget where it does not allow for the comparisons, the answer is false
   */
  covers(other: string, budget: Budget): boolean {
    if (!other.includes(this.#longest)) return false;
    const pattern = this.#points;
    const points = [...other];
    if (!budget.spend(pattern.length * points.length)) return false;
    // reach[at]: what stands before `at` in `other` is covered by what was read of the pattern.
    let reach = points.map(() => false);
    reach.unshift(true);
    for (const point of pattern) {
      const next = reach.map(() => false);
      if (point === '*') {
        const first = reach.indexOf(true);
        if (first >= 0) next.fill(true, first);
      } else {
        for (let at = 0; at < points.length; at++) {
          const isCovered = point === '?' ? points[at] !== '*' : points[at] === point;
          if (reach[at] && isCovered) next[at + 1] = true;
        }
      }
      reach = next;
    }
    return reach[points.length];
  }
}
