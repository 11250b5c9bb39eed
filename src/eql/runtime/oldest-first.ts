export interface Entry<V> {
  readonly id: string;
  value: V;
}

interface Link<V> extends Entry<V> {
  before: Link<V> | null;
  after: Link<V> | null;
}

/**
 * Values by id, the one that was put longest ago at hand. (A Map has its first entry at hand too, but looks for it past
 * all that were deleted before it.)
 */
export class OldestFirst<V> {
  readonly #links = new Map<string, Link<V>>();
  #oldest: Link<V> | null = null;
  #newest: Link<V> | null = null;

  get oldest(): Entry<V> | null {
    return this.#oldest;
  }

  get size(): number {
    return this.#links.size;
  }

  get(id: string): V | undefined {
    return this.#links.get(id)?.value;
  }

  /** What was put before under the same id goes away. */
  put(id: string, value: V): void {
    let link = this.#links.get(id);
    if (link === undefined) {
      link = { id, value, before: null, after: null };
      this.#links.set(id, link);
    } else {
      link.value = value;
      this.#unlink(link);
    }
    link.before = this.#newest;
    link.after = null;
    if (this.#newest === null) this.#oldest = link;
    else this.#newest.after = link;
    this.#newest = link;
  }

  delete(id: string): void {
    const link = this.#links.get(id);
    if (link === undefined) return;
    this.#links.delete(id);
    this.#unlink(link);
  }

  *[Symbol.iterator](): Generator<Entry<V>> {
    for (let link = this.#oldest; link !== null; ) {
      // The one that is handed out may be deleted before the next is asked for.
      const { after } = link;
      yield link;
      link = after;
    }
  }

  #unlink(link: Link<V>): void {
    if (link.before === null) this.#oldest = link.after;
    else link.before.after = link.after;
    if (link.after === null) this.#newest = link.before;
    else link.after.before = link.before;
  }
}
