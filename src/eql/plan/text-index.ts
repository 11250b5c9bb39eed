import type { FieldValue } from '../../base/field.ts';
import { fold } from '../values/text.ts';
import { TextFinder } from '../wildcard/text-finder.ts';
import type { Anchor } from './anchor.ts';

const NOBODY: readonly number[] = [];

const SHAPES = 1 << 15;

/** A number for the length, the first and the last character of a text, the same in upper and lower case. */
function shapeOf(text: string): number {
  const { length } = text;
  if (length === 0) return 0;
  const first = text.charCodeAt(0) & 0x1f;
  const last = text.charCodeAt(length - 1) & 0x1f;
  return ((length & 0x1f) << 10) | (first << 5) | last;
}

/** The filters that the values of one field lead to, by what these are or contain. */
export class TextIndex {
  readonly #exact = new Map<string, number[]>();
  readonly #folded = new Map<string, number[]>();
  readonly #contained = new TextFinder();
  /** The lengths and last characters of values that lead anywhere. */
  readonly #shapes = new Uint8Array(SHAPES);

  /** Texts that lead to a filter. */
  get size(): number {
    return this.#exact.size + this.#folded.size + this.#contained.size;
  }

  /** A filter may be added again, with the same anchors or others. */
  add(filter: number, { kind, texts, folded }: Anchor): void {
    for (const text of texts) {
      if (kind === 'contains') {
        this.#contained.add(filter, text);
        continue;
      }
      const byValue = folded ? this.#folded : this.#exact;
      this.#shapes[shapeOf(text)] = 1;
      const filters = byValue.get(text);
      if (filters === undefined) byValue.set(text, [filter]);
      else if (!filters.includes(filter)) filters.push(filter);
    }
  }

  /** All filters of which the value has an anchor; some of them more than once, perhaps. */
  find(value: FieldValue, onFound: (filters: readonly number[]) => void): void {
    if (value === undefined || value === null) return;
    if (typeof value !== 'object') this.#find(String(value), onFound);
    else for (const one of value) if (one !== null) this.#find(String(one), onFound);
  }

  #find(value: string, onFound: (filters: readonly number[]) => void): void {
    if (this.#shapes[shapeOf(value)] !== 0) {
      onFound(this.#exact.get(value) ?? NOBODY);
      if (this.#folded.size > 0) onFound(this.#folded.get(fold(value)) ?? NOBODY);
    }
    if (this.#contained.size > 0) this.#contained.find(value, onFound);
  }
}
