import type { DocumentReader, FieldValue, Shape } from '../../base/field.ts';
import { type Accessor, combineLeaves, type Filter, type FilterContext, newContext } from '../compiler/filter.ts';
import { compileLeaf } from '../compiler/leaf.ts';
import type { Condition, Leaf } from '../condition.ts';
import type { FieldTypes } from '../semantic/types.ts';
import { fieldOf } from './leaf-field.ts';

/** Says of a field's value, one or several, what a leaf says of a document that has it. */
export type ValueTest = Filter<FieldValue>;

const ITSELF: DocumentReader<FieldValue> = { field: () => (value) => value };

/** The document that is looked at, and what has been found out of it: each field is read once, each leaf asked once. */
export class Memo<D> {
  #turn = 0;
  readonly #cells: { turn: number }[] = [];
  readonly #reader: DocumentReader<D>;
  readonly #fields: FieldTypes;
  readonly #accessors = new Map<string, Accessor<D>>();
  readonly #tests = new Map<Leaf, ValueTest>();
  readonly #filters = new Map<Leaf, Filter<D>>();

  constructor({ reader, fields }: FilterContext<D>) {
    this.#reader = reader;
    this.#fields = fields;
  }

  /** The next document. Its number, from 1. */
  next(): number {
    if (++this.#turn > 0xffff_fffe) {
      this.#turn = 1;
      for (const cell of this.#cells) cell.turn = 0;
    }
    return this.#turn;
  }

  /** Tells the shape of a document; null where its kind tells none. */
  shapes(): ((document: D) => Shape | null) | null {
    return this.#reader.shapes?.() ?? null;
  }

  /** Whether any document of this kind may have the field. */
  mayHave(field: string): boolean {
    return this.#reader.field(field) !== null;
  }

  /** Reads a field of the document. */
  field(name: string): Accessor<D> {
    let accessor = this.#accessors.get(name);
    if (accessor === undefined) {
      accessor = this.#remembering(this.#reader.field(name) ?? (() => undefined));
      this.#accessors.set(name, accessor);
    }
    return accessor;
  }

  /** @param leaf of one field */
  test(leaf: Leaf): ValueTest {
    let test = this.#tests.get(leaf);
    if (test === undefined) {
      test = compileLeaf(leaf, newContext(ITSELF, this.#fields));
      this.#tests.set(leaf, test);
    }
    return test;
  }

  /** @param condition in which leaves that say the same are the same object */
  compile(condition: Condition): Filter<D> {
    return combineLeaves(condition, (leaf) => this.#filterOf(leaf));
  }

  #filterOf(leaf: Leaf): Filter<D> {
    let filter = this.#filters.get(leaf);
    if (filter === undefined) {
      filter = this.#newFilter(leaf);
      this.#filters.set(leaf, filter);
    }
    return filter;
  }

  #newFilter(leaf: Leaf): Filter<D> {
    const field = fieldOf(leaf);
    if (field === null) {
      const reader = { field: (name: string) => this.field(name) };
      return this.#remembering(compileLeaf(leaf, newContext(reader, this.#fields)));
    }
    const read = this.field(field);
    const test = this.test(leaf);
    const filter: Filter<D> = (document) => test(read(document));
    // The others answer faster than memory does.
    return leaf.kind === 'pattern' || leaf.kind === 'composed' ? this.#remembering(filter) : filter;
  }

  #remembering<T extends FieldValue>(ask: (document: D) => T): (document: D) => T {
    const cell: { turn: number; answer: T | undefined } = { turn: 0, answer: undefined };
    this.#cells.push(cell);
    return (document) => {
      if (cell.turn !== this.#turn) {
        cell.answer = ask(document);
        cell.turn = this.#turn;
      }
      // It has just been asked, or was before.
      return cell.answer as T;
    };
  }
}
