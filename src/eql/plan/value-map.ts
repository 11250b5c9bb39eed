interface Entry<T> {
  readonly text: string;
  readonly value: T;
  readonly next: Entry<T> | null;
}

const FIRST_SLOTS = 16;
/** Texts that share a slot; one more takes the place of them all. */
const MAX_CHAIN = 8;

/**
 * Remembers something for texts that are fresh from a parser: a `Map` would first have to hash all of their characters. It
 * may forget.
 */
export class ValueMap<T> {
  #slots: (Entry<T> | null)[] = new Array(FIRST_SLOTS).fill(null);
  #size = 0;

  get size(): number {
    return this.#size;
  }

  get(text: string): T | undefined {
    let entry = this.#slots[slotOf(text, this.#slots.length)];
    while (entry !== null) {
      if (entry.text === text) return entry.value;
      entry = entry.next;
    }
    return undefined;
  }

  /** @param text is not there yet */
  add(text: string, value: T): void {
    if (this.#size >= this.#slots.length) this.#grow();
    this.#insert(text, value);
  }

  #insert(text: string, value: T): void {
    const slot = slotOf(text, this.#slots.length);
    const first = this.#slots[slot];
    const length = chainLength(first);
    const isFull = length >= MAX_CHAIN;
    this.#slots[slot] = { text, value, next: isFull ? null : first };
    this.#size += isFull ? 1 - length : 1;
  }

  #grow(): void {
    const entries = this.#slots;
    this.#slots = new Array(entries.length * 4).fill(null);
    this.#size = 0;
    for (const first of entries) {
      for (let entry = first; entry !== null; entry = entry.next) this.#insert(entry.text, entry.value);
    }
  }
}

function chainLength(first: Entry<unknown> | null): number {
  let length = 0;
  for (let entry = first; entry !== null; entry = entry.next) length++;
  return length;
}

/** From the length and four characters of a text. @param slots a power of two */
function slotOf(text: string, slots: number): number {
  const { length } = text;
  if (length === 0) return 0;
  let hash = length * 0x9e3779b1;
  hash = Math.imul(hash ^ text.charCodeAt(0), 0x85ebca6b);
  hash = Math.imul(hash ^ text.charCodeAt(length >> 1), 0xc2b2ae35);
  hash = Math.imul(hash ^ text.charCodeAt((length * 3) >> 2), 0x27d4eb2f);
  hash = Math.imul(hash ^ text.charCodeAt(length - 1), 0x165667b1);
  return (hash ^ (hash >>> 15)) & (slots - 1);
}
