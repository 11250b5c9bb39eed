import { Heap } from './heap.ts';

/** What has been handed out at the front of the run before it is cut off. */
const CUT = 1024;

/** Hands out the least first. What comes in order, as most does, costs no comparison but with what came before it. */
export class OrderedQueue<T> {
  readonly #compare: (a: T, b: T) => number;
  #run: T[] = [];
  /** Of the run's first that has not been handed out. */
  #first = 0;
  /** What came later than its order. */
  readonly #others: Heap<T>;

  constructor(compare: (a: T, b: T) => number) {
    this.#compare = compare;
    this.#others = new Heap(compare);
  }

  get size(): number {
    return this.#run.length - this.#first + this.#others.size;
  }

  get least(): T | undefined {
    return this.#isRunNext() ? this.#run[this.#first] : this.#others.least;
  }

  /** In no order. */
  items(): T[] {
    return [...this.#run.slice(this.#first), ...this.#others.items];
  }

  push(item: T): void {
    const { length } = this.#run;
    if (length === this.#first || this.#compare(this.#run[length - 1], item) <= 0) this.#run.push(item);
    else this.#others.push(item);
  }

  pop(): T | undefined {
    if (!this.#isRunNext()) return this.#others.pop();
    const item = this.#run[this.#first++];
    if (this.#first === this.#run.length) {
      this.#run = [];
      this.#first = 0;
    } else if (this.#first >= CUT && this.#first * 2 > this.#run.length) {
      this.#run = this.#run.slice(this.#first);
      this.#first = 0;
    }
    return item;
  }

  #isRunNext(): boolean {
    if (this.#first === this.#run.length) return false;
    const other = this.#others.least;
    return other === undefined || this.#compare(this.#run[this.#first], other) <= 0;
  }
}
