import type { Pipe } from '../ast.ts';

/** Which end of the results is kept where there are more than asked for. */
export type ResultPosition = 'head' | 'tail';

/**
 * Keeps of results that come in order those that pipes and size leave: the pipes from left to right, then `size` of them
 * from the end that the last pipe took, or from `position` where there is none. Memory holds no more than the first of
 * these leaves, twice at most.
 */
export class Selection<T> {
  readonly #limits: readonly { readonly end: ResultPosition; readonly count: number }[];
  #kept: T[] = [];
  /** All that came. */
  count = 0;

  constructor(pipes: readonly Pipe[], size: number, position: ResultPosition) {
    const limits = pipes.map(({ name, count }) => ({ end: name, count }));
    this.#limits = [...limits, { end: limits.at(-1)?.end ?? position, count: size }];
  }

  /** What is kept before anything else is left out. */
  get first(): { readonly end: ResultPosition; readonly count: number } {
    return this.#limits[0];
  }

  add(result: T): void {
    this.count++;
    const { end, count } = this.#limits[0];
    if (end === 'head' && this.#kept.length >= count) return;
    this.#kept.push(result);
    if (end === 'tail' && this.#kept.length > 2 * count + SLACK) this.#kept = limited(this.#kept, end, count);
  }

  results(): T[] {
    return this.#limits.reduce((kept, { end, count }) => limited(kept, end, count), this.#kept);
  }
}

const SLACK = 1000;

/** The first or the last `count`. */
export function limited<T>(results: T[], end: ResultPosition, count: number): T[] {
  if (end === 'head') return results.slice(0, count);
  return results.slice(Math.max(0, results.length - count));
}
