/**
 * Regular expressions as trees that are made once each: two trees that are alike are the same object, so that a set of
 * them stays small. The language has what Lucene's has, complement and intersection among it.
 */
export type RegexNode = {
  readonly id: number;
  /** It matches the empty string. */
  readonly nullable: boolean;
} /** Matches nothing at all. */ & (
  | { readonly kind: 'none' }
  /** Matches the empty string alone. */
  | { readonly kind: 'empty' }
  /** One character. */
  | { readonly kind: 'set'; readonly ranges: Ranges }
  | { readonly kind: 'concat'; readonly first: RegexNode; readonly rest: RegexNode }
  | { readonly kind: 'union'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'intersection'; readonly parts: readonly RegexNode[] }
  | { readonly kind: 'complement'; readonly inner: RegexNode }
  | { readonly kind: 'repeat'; readonly inner: RegexNode; readonly min: number; readonly max: number }
);

/** Code points as pairs of first and last, ascending, apart from each other. */
export type Ranges = readonly number[];

export const LAST_CODE_POINT = 0x10ffff;
export const ANY_CHARACTER: Ranges = [0, LAST_CODE_POINT];

/** Parts that may be put together for one expression and all its derivatives: bounds time and memory. */
const MAX_PARTS = 500_000;

/** Makes nodes, each in its simplest form. */
export class RegexNodes {
  readonly none: RegexNode;
  readonly empty: RegexNode;
  /** Matches every string. */
  readonly all: RegexNode;
  readonly #made = new Map<string, RegexNode>();
  #parts = 0;

  constructor() {
    this.none = this.#intern('none', (id) => ({ id, nullable: false, kind: 'none' }));
    this.empty = this.#intern('empty', (id) => ({ id, nullable: true, kind: 'empty' }));
    this.all = this.#intern('all', (id) => ({ id, nullable: true, kind: 'complement', inner: this.none }));
  }

  /** Parts put together so far. */
  get parts(): number {
    return this.#parts;
  }

  /** More was made than any expression may need. */
  get exhausted(): boolean {
    return this.#parts > MAX_PARTS;
  }

  set(ranges: Ranges): RegexNode {
    if (ranges.length === 0) return this.none;
    return this.#intern(`s${ranges.join()}`, (id) => ({ id, nullable: false, kind: 'set', ranges }));
  }

  concat(first: RegexNode, rest: RegexNode): RegexNode {
    if (first === this.none || rest === this.none) return this.none;
    if (first === this.empty) return rest;
    if (rest === this.empty) return first;
    if (first.kind === 'concat') return this.concat(first.first, this.concat(first.rest, rest));
    const nullable = first.nullable && rest.nullable;
    return this.#intern(`c${first.id},${rest.id}`, (id) => ({ id, nullable, kind: 'concat', first, rest }));
  }

  union(parts: readonly RegexNode[]): RegexNode {
    const flat = parts.flatMap((part) => (part.kind === 'union' ? part.parts : [part]));
    this.#parts += flat.length;
    if (flat.includes(this.all)) return this.all;
    const sets = flat.flatMap((part) => (part.kind === 'set' ? [part.ranges] : []));
    const others = flat.filter((part) => part.kind !== 'set' && part !== this.none);
    const unique = distinct(sets.length > 0 ? [...others, this.set(uniteRanges(sets.flat()))] : others);
    if (unique.length <= 1) return unique[0] ?? this.none;
    const nullable = unique.some((part) => part.nullable);
    return this.#intern(`u${ids(unique)}`, (id) => ({ id, nullable, kind: 'union', parts: unique }));
  }

  intersection(parts: readonly RegexNode[]): RegexNode {
    const flat = parts.flatMap((part) => (part.kind === 'intersection' ? part.parts : [part]));
    this.#parts += flat.length;
    if (flat.includes(this.none)) return this.none;
    const unique = distinct(flat.filter((part) => part !== this.all));
    if (unique.length <= 1) return unique[0] ?? this.all;
    const nullable = unique.every((part) => part.nullable);
    return this.#intern(`i${ids(unique)}`, (id) => ({ id, nullable, kind: 'intersection', parts: unique }));
  }

  complement(inner: RegexNode): RegexNode {
    if (inner === this.none) return this.all;
    if (inner.kind === 'complement') return inner.inner;
    return this.#intern(`n${inner.id}`, (id) => ({ id, nullable: !inner.nullable, kind: 'complement', inner }));
  }

  repeat(inner: RegexNode, min: number, max: number): RegexNode {
    if (max === 0 || inner === this.empty) return this.empty;
    if (inner === this.none) return min === 0 ? this.empty : this.none;
    if (min === 1 && max === 1) return inner;
    if (inner.kind === 'repeat' && inner.min === 0 && inner.max === Number.POSITIVE_INFINITY) return inner;
    const nullable = min === 0 || inner.nullable;
    const key = `r${inner.id},${min},${max}`;
    return this.#intern(key, (id) => ({ id, nullable, kind: 'repeat', inner, min, max }));
  }

  #intern(key: string, make: (id: number) => RegexNode): RegexNode {
    this.#parts++;
    const known = this.#made.get(key);
    if (known) return known;
    const node = make(this.#made.size);
    this.#made.set(key, node);
    return node;
  }
}

function distinct(nodes: readonly RegexNode[]): RegexNode[] {
  return [...new Set(nodes)].sort((a, b) => a.id - b.id);
}

function ids(nodes: readonly RegexNode[]): string {
  return nodes.map((node) => node.id).join();
}

/** Ranges in any order, perhaps overlapping, as ranges apart and ascending. */
export function uniteRanges(ranges: Ranges): Ranges {
  const pairs: [number, number][] = [];
  for (let i = 0; i < ranges.length; i += 2) pairs.push([ranges[i], ranges[i + 1]]);
  pairs.sort((a, b) => a[0] - b[0]);
  const result: number[] = [];
  for (const [from, to] of pairs) {
    const last = result.length - 1;
    if (last > 0 && from <= result[last] + 1) result[last] = Math.max(result[last], to);
    else result.push(from, to);
  }
  return result;
}

export function negateRanges(ranges: Ranges): Ranges {
  const result: number[] = [];
  let from = 0;
  const united = uniteRanges(ranges);
  for (let i = 0; i < united.length; i += 2) {
    if (united[i] > from) result.push(from, united[i] - 1);
    from = united[i + 1] + 1;
  }
  if (from <= LAST_CODE_POINT) result.push(from, LAST_CODE_POINT);
  return result;
}

export function inRanges(ranges: Ranges, code: number): boolean {
  for (let i = 0; i < ranges.length; i += 2) {
    if (code >= ranges[i] && code <= ranges[i + 1]) return true;
  }
  return false;
}
