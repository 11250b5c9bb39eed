/** A key that was met, as bytes. */
interface KnownKey {
  readonly bytes: Uint8Array;
  readonly node: KeyNode | null;
  readonly next: KnownKey | null;
  /** Keys in one slot, from here on. */
  readonly length: number;
}

const SLOTS = 256;
/** Keys in one slot; one more takes the place of them all. */
const MAX_CHAIN = 8;

/** A place in documents that the name of a wanted field leads to or through. */
export class KeyNode {
  /** The number of the field whose name ends here; -1 where none does. */
  field = -1;
  hasChildren = false;
  /** The number of the first part of names that lead here. */
  group = -1;
  /** Documents that have a key here have to be parsed. */
  isRefused = false;
  /** The document in which this place was met last, by number. */
  met = 0;
  readonly #children = new Map<string, KeyNode>();
  /** Where the keys lead that documents have, dotted ones included; null: to no field. */
  readonly #known: (KnownKey | null)[] = [];

  /** @param part of a name, without a dot */
  child(part: string): KeyNode {
    this.hasChildren = true;
    let node = this.#children.get(part);
    if (node === undefined) {
      node = new KeyNode();
      this.#children.set(part, node);
    }
    this.forget();
    return node;
  }

  /** Names have been added here or below: keys may lead elsewhere now. */
  forget(): void {
    this.#known.length = 0;
  }

  /** Where a key leads. It has ASCII characters alone, and stands in `bytes` from `start` to `end`. */
  at(bytes: Uint8Array, start: number, end: number): KeyNode | null {
    const slot = slotOf(bytes, start, end);
    for (let known = this.#known[slot] ?? null; known !== null; known = known.next) {
      if (isSame(known.bytes, bytes, start, end)) return known.node;
    }
    return this.#learn(slot, bytes.slice(start, end));
  }

  #learn(slot: number, bytes: Uint8Array): KeyNode | null {
    const found = bytes.length > MAX_KEY ? null : this.#find(String.fromCharCode(...bytes));
    if (this.#known.length === 0) this.#known.push(...new Array<null>(SLOTS).fill(null));
    const first = this.#known[slot];
    const next = first !== null && first.length >= MAX_CHAIN ? null : first;
    this.#known[slot] = { bytes, node: found, next, length: (next?.length ?? 0) + 1 };
    return found;
  }

  #find(key: string): KeyNode | null {
    let node: KeyNode = this;
    for (const part of key.split('.')) {
      const child = node.#children.get(part);
      if (child === undefined) return null;
      node = child;
    }
    return node;
  }
}

/** Characters of a key that may lead to a field; longer than any name in a query. */
const MAX_KEY = 2048;

function slotOf(bytes: Uint8Array, start: number, end: number): number {
  if (end === start) return 0;
  const sum = (end - start) * 7 + bytes[start] * 31 + bytes[end - 1] * 17 + bytes[(start + end) >> 1] * 5;
  return sum & (SLOTS - 1);
}

/** Whether `known` stands in `bytes` from `start` to `end`. */
function isSame(known: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const { length } = known;
  if (length !== end - start) return false;
  for (let i = 0; i < length; i++) if (known[i] !== bytes[start + i]) return false;
  return true;
}
