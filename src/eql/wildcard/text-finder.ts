import { foldedAt, lower } from '../values/text.ts';

/** The fewest characters of a text that is looked for. */
export const MIN_CONTAINED = 3;

/** Slots of the table that three characters in a row lead to. */
const SLOTS = 1 << 15;

/** A text that is looked for, and where in it the three characters stand by which it is found. */
interface Sought {
  readonly text: string;
  readonly offset: number;
  readonly owners: readonly number[];
}

/**
 * Finds which of many texts a value contains, in one pass: at each character the last three are looked up in a table, and
 * only what they may belong to is compared. Case of ASCII letters counts for nothing.
 */
export class TextFinder {
  readonly #texts = new Map<string, number[]>();
  readonly #table: (Sought[] | undefined)[] = new Array(SLOTS).fill(undefined);
  /** Where the table has something. */
  readonly #marks = new Uint8Array(SLOTS);
  /** How many texts have what leads to a slot. */
  readonly #counts = new Uint16Array(SLOTS);
  /** Texts when all were placed last. */
  #placed = 0;

  /** @param text in lower case, of at least `MIN_CONTAINED` characters */
  add(owner: number, text: string): void {
    const owners = this.#texts.get(text);
    if (owners === undefined) {
      const first = [owner];
      this.#texts.set(text, first);
      for (let end = MIN_CONTAINED - 1; end < text.length; end++) this.#counts[hashAt(text, end)]++;
      if (this.#texts.size >= 2 * this.#placed) this.#placeAll();
      else this.#place(text, first);
    } else if (!owners.includes(owner)) owners.push(owner);
  }

  get size(): number {
    return this.#texts.size;
  }

  /** The owners of each text. */
  owners(): Iterable<readonly number[]> {
    return this.#texts.values();
  }

  /** The owners of all texts that `value` contains; one may come more than once. */
  find(value: string, onFound: (owners: readonly number[]) => void): void {
    const marks = this.#marks;
    let hash = 0;
    for (let at = 0; at < value.length; at++) {
      hash = ((hash << 5) ^ lower(value.charCodeAt(at))) & GRAM;
      if (marks[hash] !== 0) this.#compare(hash, value, at, onFound);
    }
  }

  #compare(hash: number, value: string, at: number, onFound: (owners: readonly number[]) => void): void {
    for (const { text, offset, owners } of this.#table[hash] ?? []) {
      const start = at - offset;
      if (start >= 0 && start + text.length <= value.length && foldedAt(value, start, text)) onFound(owners);
    }
  }

  /** A text stands where those three of its characters lead that the fewest texts have. */
  #place(text: string, owners: readonly number[]): void {
    let offset = MIN_CONTAINED - 1;
    for (let end = offset + 1; end < text.length; end++) {
      if (this.#counts[hashAt(text, end)] < this.#counts[hashAt(text, offset)]) offset = end;
    }
    const hash = hashAt(text, offset);
    this.#marks[hash] = 1;
    const others = this.#table[hash];
    if (others === undefined) this.#table[hash] = [{ text, offset, owners }];
    else others.push({ text, offset, owners });
  }

  /** All anew: what is common among so many more texts may be other characters than before. */
  #placeAll(): void {
    this.#table.fill(undefined);
    this.#marks.fill(0);
    this.#placed = this.#texts.size;
    for (const [text, owners] of this.#texts) this.#place(text, owners);
  }
}

/** What is left of the hash at each character, so that all but the last three are shifted out of it. */
const GRAM = SLOTS - 1;

/** The hash of the three characters that end at `end`. */
function hashAt(text: string, end: number): number {
  let hash = 0;
  for (let at = end - MIN_CONTAINED + 1; at <= end; at++) hash = ((hash << 5) ^ lower(text.charCodeAt(at))) & GRAM;
  return hash;
}
