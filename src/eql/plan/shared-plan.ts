import type { DocumentReader, FieldScan, FieldValue } from '../../base/field.ts';
import type { EventFilter } from '../ast.ts';
import { DEFAULT_CATEGORY_FIELD } from '../check.ts';
import { conditionOf } from '../compile.ts';
import { type Accessor, compileCondition, type Filter, type FilterContext } from '../compiler/filter.ts';
import { type Condition, leafKey } from '../condition.ts';
import type { FieldTypes } from '../semantic/types.ts';
import { fold } from '../values/text.ts';
import { TextFinder } from '../wildcard/text-finder.ts';
import { type Anchor, anchorsOf } from './anchor.ts';

/** A filter among many: its category, null for `any`, and its condition, which asks for the category as well. */
export interface PlannedFilter {
  readonly category: EventFilter['category'];
  readonly condition: Condition;
}

const NOBODY: readonly number[] = [];

/** Values whose filters are remembered for each field, and their length. */
const MAX_SEEN = 4096;
const MAX_SEEN_LENGTH = 128;

const SHAPES = 1 << 12;

/** A number for the length and the last character of a text, the same in upper and lower case. */
function shapeOf(text: string): number {
  const { length } = text;
  const last = length === 0 ? 0 : text.charCodeAt(length - 1) & 0x1f;
  return ((length & 0x7f) << 5) | last;
}

/** The filters that the values of a field lead to. */
class Index<D> {
  readonly field: string;
  readonly read: Accessor<D>;
  /** By values as they are, and by values in lower case. */
  readonly exact = new Map<string, number[]>();
  readonly folded = new Map<string, number[]>();
  readonly contained = new TextFinder();
  /** The lengths and last characters of values that lead anywhere. */
  readonly #shapes = new Uint8Array(SHAPES);
  /** Values come again and again. */
  readonly #seen = new Map<string, readonly number[]>();

  constructor(field: string, read: Accessor<D>) {
    this.field = field;
    this.read = read;
  }

  add(filter: number, { kind, texts, folded }: Anchor): void {
    if (kind === 'contains') {
      for (const text of texts) this.contained.add(filter, text);
      return;
    }
    const byValue = folded ? this.folded : this.exact;
    for (const value of new Set(texts)) {
      this.#shapes[shapeOf(value)] = 1;
      const filters = byValue.get(value);
      if (filters === undefined) byValue.set(value, [filter]);
      else if (filters[filters.length - 1] !== filter) filters.push(filter);
    }
  }

  /** The filters that one value of the field leads to, but for what it contains. */
  look(value: string): readonly number[] {
    if (this.#shapes[shapeOf(value)] === 0) return NOBODY;
    const seen = this.#seen.get(value);
    if (seen !== undefined) return seen;
    const found = [...(this.exact.get(value) ?? NOBODY), ...(this.folded.get(fold(value)) ?? NOBODY)];
    if (value.length <= MAX_SEEN_LENGTH) {
      if (this.#seen.size >= MAX_SEEN) this.#seen.clear();
      this.#seen.set(value, found.length === 0 ? NOBODY : found);
    }
    return found;
  }
}

/**
 * A filter that has been checked, for a plan of filters that find the category in `event.category`.
 * @param categoryField where this one finds it
 */
export function planFilter(
  filter: EventFilter,
  fields: FieldTypes,
  categoryField: string = DEFAULT_CATEGORY_FIELD,
): PlannedFilter {
  const category = categoryField === DEFAULT_CATEGORY_FIELD ? filter.category : null;
  return { category, condition: conditionOf(filter, categoryField, fields) };
}

type OnMatch = (filter: number) => void;

/** What concerns documents of one category. */
interface Bucket<D> {
  readonly indexes: readonly Index<D>[];
  /** The same by the number of their field, where fields are read at once. */
  readonly byField: readonly (Index<D> | undefined)[];
  /** Filters that no value leads to. */
  readonly others: readonly number[];
}

/**
 * Many filters asked at once. A filter is reached through a value that it cannot hold without, so that a document that
 * concerns nobody costs a few look-ups; what several filters ask is answered once for each document.
 */
export class SharedPlan<D> {
  readonly #filters: readonly Filter<D>[];
  readonly #buckets = new Map<string, Bucket<D>>();
  readonly #any: Bucket<D>;
  readonly #category: Accessor<D> | null;
  /** By filter: the document for which it was reached last, by number. */
  readonly #reached: Uint32Array;
  readonly #memo: Memo<D>;
  readonly #description: () => string;

  constructor(filters: readonly PlannedFilter[], context: FilterContext<D>) {
    const memo = new Memo(context.reader);
    this.#memo = memo;
    const uses = countLeaves(filters.map(({ condition }) => condition));
    const shared: FilterContext<D> = {
      ...context,
      reader: memo.reader,
      leaves: new Map(),
      wrap: (key, filter) => ((uses.get(key) ?? 0) > 1 ? memo.wrap(filter) : filter),
    };
    this.#filters = filters.map(({ condition }) => compileCondition(condition, shared));
    this.#reached = new Uint32Array(filters.length);
    this.#category = shared.reader.field(DEFAULT_CATEGORY_FIELD);
    const categories = new Set(filters.flatMap(({ category }) => category ?? []));
    for (const category of categories) {
      this.#buckets.set(
        category,
        bucketOf(filters, (one) => one === null || one === category, memo),
      );
    }
    this.#any = bucketOf(filters, (one) => one === null, memo);
    memo.ready();
    this.#description = () => describe(filters, this.#buckets, this.#any, uses);
  }

  /** Calls `onMatch` with the number of each filter that the document meets, each once, in no order. */
  match(document: D, onMatch: OnMatch): void {
    const turn = this.#memo.next(document);
    if (turn === 1) this.#reached.fill(0);
    const category = this.#category?.(document);
    if (typeof category !== 'object' || category === null) {
      this.#ask(this.#bucketFor(category), document, turn, onMatch);
    } else if (category.length === 0) {
      this.#ask(this.#any, document, turn, onMatch);
    } else {
      for (let i = 0; i < category.length; i++) this.#ask(this.#bucketFor(category[i]), document, turn, onMatch);
    }
  }

  /** Which fields lead to which filters, as text. */
  describe(): string {
    return this.#description();
  }

  #bucketFor(category: FieldValue): Bucket<D> {
    if (typeof category === 'string') return this.#buckets.get(category) ?? this.#any;
    return category === null || category === undefined ? this.#any : (this.#buckets.get(String(category)) ?? this.#any);
  }

  #ask({ indexes, byField, others }: Bucket<D>, document: D, turn: number, onMatch: OnMatch): void {
    const { scan } = this.#memo;
    if (scan === null) {
      for (const index of indexes) this.#askIndex(index, index.read(document), document, turn, onMatch);
    } else {
      const { found, values } = scan;
      for (let i = 0; i < found.length; i++) {
        const index = byField[found[i]];
        if (index !== undefined) this.#askIndex(index, values[found[i]], document, turn, onMatch);
      }
    }
    this.#try(others, document, turn, onMatch);
  }

  #askIndex(index: Index<D>, value: FieldValue, document: D, turn: number, onMatch: OnMatch): void {
    if (value === undefined || value === null) return;
    if (typeof value !== 'object') this.#askValue(index, String(value), document, turn, onMatch);
    else for (const one of value) if (one !== null) this.#askValue(index, String(one), document, turn, onMatch);
  }

  #askValue(index: Index<D>, value: string, document: D, turn: number, onMatch: OnMatch): void {
    this.#try(index.look(value), document, turn, onMatch);
    if (index.contained.size > 0) {
      index.contained.find(value, (filters) => this.#try(filters, document, turn, onMatch));
    }
  }

  #try(filters: readonly number[], document: D, turn: number, onMatch: OnMatch): void {
    for (let i = 0; i < filters.length; i++) {
      const filter = filters[i];
      if (this.#reached[filter] === turn) continue;
      this.#reached[filter] = turn;
      if (this.#filters[filter](document)) onMatch(filter);
    }
  }
}

/** What has been found out of the document that is looked at. */
class Memo<D> {
  #turn = 0;
  readonly #cells: { turn: number }[] = [];
  readonly #reader: DocumentReader<D>;
  readonly #accessors = new Map<string, Accessor<D> | null>();
  /** Where all fields are read at once, their names. */
  readonly #names: string[] = [];
  #scan: FieldScan<D> | null = null;

  constructor(reader: DocumentReader<D>) {
    this.#reader = reader;
  }

  /** The next document. Its number, from 1. */
  next(document: D): number {
    if (++this.#turn > 0xffff_fffe) {
      this.#turn = 1;
      for (const cell of this.#cells) cell.turn = 0;
    }
    this.#scan?.read(document);
    return this.#turn;
  }

  get scan(): FieldScan<D> | null {
    return this.#scan;
  }

  /** All fields are known that will be asked for. */
  ready(): void {
    this.#scan = this.#reader.scan?.(this.#names) ?? null;
  }

  /** Where all fields are read at once: the number of one that has been asked for. */
  numberOf(name: string): number {
    return this.#names.indexOf(name);
  }

  /** Reads each field of a document once. */
  get reader(): DocumentReader<D> {
    return {
      field: (name) => {
        let accessor = this.#accessors.get(name);
        if (accessor === undefined) {
          accessor = this.#reader.scan ? this.#scanned(name) : this.#remembered(name);
          this.#accessors.set(name, accessor);
        }
        return accessor;
      },
    };
  }

  wrap(filter: Filter<D>): Filter<D> {
    const cell = { turn: 0, answer: false };
    this.#cells.push(cell);
    return (document) => {
      if (cell.turn !== this.#turn) {
        cell.turn = this.#turn;
        cell.answer = filter(document);
      }
      return cell.answer;
    };
  }

  #scanned(name: string): Accessor<D> {
    const index = this.#names.push(name) - 1;
    return () => this.#scan?.values[index];
  }

  #remembered(name: string): Accessor<D> | null {
    const read = this.#reader.field(name);
    if (read === null) return null;
    const cell: { turn: number; value: FieldValue } = { turn: 0, value: null };
    this.#cells.push(cell);
    return (document) => {
      if (cell.turn !== this.#turn) {
        cell.turn = this.#turn;
        cell.value = read(document);
      }
      return cell.value;
    };
  }
}

function countLeaves(conditions: readonly Condition[]): Map<string, number> {
  const counts = new Map<string, number>();
  const visit = (condition: Condition): void => {
    switch (condition.kind) {
      case 'constant':
        return;
      case 'leaf': {
        const key = leafKey(condition.leaf);
        counts.set(key, (counts.get(key) ?? 0) + 1);
        return;
      }
      case 'not':
        visit(condition.operand);
        return;
      case 'and':
      case 'or':
        for (const operand of condition.operands) visit(operand);
    }
  };
  for (const condition of conditions) visit(condition);
  return counts;
}

function bucketOf<D>(
  filters: readonly PlannedFilter[],
  isOf: (category: string | null) => boolean,
  memo: Memo<D>,
): Bucket<D> {
  const { reader } = memo;
  const indexes = new Map<string, Index<D>>();
  const others: number[] = [];
  for (const [number, { category, condition }] of filters.entries()) {
    if (!isOf(category)) continue;
    const anchors = anchorsOf(condition);
    if (anchors === null) others.push(number);
    for (const anchor of anchors ?? []) {
      const { field } = anchor;
      const read = reader.field(field);
      if (read === null) continue;
      const index = indexes.get(field) ?? new Index(field, read);
      indexes.set(field, index);
      index.add(number, anchor);
    }
  }
  const byField: (Index<D> | undefined)[] = [];
  for (const index of indexes.values()) byField[memo.numberOf(index.field)] = index;
  return { indexes: [...indexes.values()], byField, others };
}

function describe<D>(
  filters: readonly PlannedFilter[],
  buckets: ReadonlyMap<string, Bucket<D>>,
  any: Bucket<D>,
  uses: ReadonlyMap<string, number>,
): string {
  const shared = [...uses.values()].filter((count) => count > 1);
  const lines = [
    `${filters.length} filters; ${uses.size} different conditions, ${shared.length} of them of several filters`,
  ];
  const all: [string, Bucket<D>][] = [...buckets].sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [category, { indexes, others }] of [...all, ['any other category', any] as [string, Bucket<D>]]) {
    lines.push(`${category}`);
    for (const { field, exact, folded, contained } of indexes) {
      const led = new Set([...exact.values(), ...folded.values(), ...contained.owners()].flat());
      lines.push(
        `  ${field}: ${exact.size + folded.size} values and ${contained.size} parts of values lead to ${led.size} filters`,
      );
    }
    lines.push(`  asked of every document: ${others.length}`);
  }
  return lines.join('\n');
}
