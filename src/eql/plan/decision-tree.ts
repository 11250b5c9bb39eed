import type { FieldValue, Scalar, Shape } from '../../base/field.ts';
import type { Accessor, Filter } from '../compiler/filter.ts';
import type { Condition, Leaf } from '../condition.ts';
import { type Anchor, anchorsOn } from './anchor.ts';
import { assume } from './assume.ts';
import { fieldOf, forEachLeaf } from './leaf-field.ts';
import type { Memo, ValueTest } from './memo.ts';
import { TextIndex } from './text-index.ts';
import { ValueMap } from './value-map.ts';
import { weightsOf } from './weight.ts';

/** A filter, and what of its condition is not decided yet. */
export interface Open {
  readonly number: number;
  readonly condition: Condition;
}

/** What is to be asked of a document next. */
export type Node<D> = ValueNode<D> | TextNode<D> | EndNode<D>;

/** The value of a field is looked at; what it decides leads to the next node. */
interface ValueNode<D> {
  readonly kind: 'value';
  readonly field: string;
  readonly read: Accessor<D>;
  readonly seen: Seen<D>;
  readonly byText: ValueMap<Node<D>>;
  /** By values of other types; undefined: the document does not have the field. */
  readonly byValue: Map<number | boolean | undefined, Node<D>>;
  /** By several values at once, joined. */
  readonly byTexts: ValueMap<Node<D>>;
  /** By what the leaves say. */
  readonly byAnswers: Map<string, Node<D>>;
  readonly leaves: readonly Leaf[];
  readonly tests: readonly ValueTest[];
  readonly open: readonly Open[];
  readonly certain: readonly number[];
  /** Documents that came here. */
  asked: number;
  /** The field has turned out to be varied. */
  isVaried: boolean;
  /** Where all documents go on since then. */
  instead: Node<D> | null;
}

/** Values of the field hardly ever come again: filters are found by what it contains. The others go on. */
interface TextNode<D> {
  readonly kind: 'text';
  readonly field: string;
  readonly read: Accessor<D>;
  readonly index: TextIndex;
  readonly found: number;
  readonly open: readonly Open[];
  readonly certain: readonly number[];
  rest: Node<D> | null;
}

/** The filters that hold, and those that have to be asked. */
interface EndNode<D> {
  readonly kind: 'end';
  readonly certain: readonly number[];
  readonly open: readonly Open[];
  filters: readonly Filter<D>[] | null;
}

/** What was seen of the values of a field. */
interface Seen<D> {
  /** Those that look at it. */
  readonly nodes: ValueNode<D>[];
  fresh: number;
  readonly values: Set<string>;
}

/** How much a tree may remember. */
export interface TreeLimits {
  readonly nodes: number;
  readonly values: number;
  readonly valueLength: number;
  readonly seen: number;
  readonly enoughSeen: number;
}

export const TREE_LIMITS: TreeLimits = {
  /** Nodes; then the tree is begun anew. */
  nodes: 20_000,
  /** Values that lead from node to node; then too. */
  values: 200_000,
  /** Characters of a value that is remembered. */
  valueLength: 256,
  /** Values of one field that are remembered to tell whether they come again. */
  seen: 4096,
  /** New values of a field before anything is said of whether they come again. */
  enoughSeen: 256,
};

/** From so many filters on, what they ask of one field is worth looking at. */
const WORTH_ASKING = 2;

/**
 * Filters as a tree of questions to a document, each to one field, that grows by the documents it meets. A node knows what
 * its filters still ask once the fields above it are known, so that most filters are dropped by the few values that
 * tell documents of one kind from those of another. What remains at the end is asked filter by filter.
 */
export class DecisionTree<D> {
  readonly #memo: Memo<D>;
  readonly #limits: TreeLimits;
  readonly #filters: readonly Open[];
  /** By the shape of documents; null: any other. */
  readonly #roots = new Map<Shape | null, Node<D>>();
  #nodes = 0;
  #values = 0;
  #begun = 1;
  readonly #seen = new Map<string, Seen<D>>();
  /** Fields whose values hardly ever come again. */
  readonly #varied = new Map<string, TextIndex>();
  readonly #compiled = new WeakMap<Condition, Filter<D>>();

  constructor(filters: readonly Open[], memo: Memo<D>, limits: TreeLimits) {
    this.#memo = memo;
    this.#limits = limits;
    this.#filters = filters;
  }

  /** How large the tree is, and how often it was begun. */
  get size(): { readonly nodes: number; readonly values: number; readonly begun: number } {
    return { nodes: this.#nodes, values: this.#values, begun: this.#begun };
  }

  /** Where documents of a shape begin; null where that is not known. */
  root(shape: Shape | null): Node<D> {
    if (this.#nodes > this.#limits.nodes || this.#values > this.#limits.values) {
      this.#begun++;
      this.#nodes = 0;
      this.#values = 0;
      this.#roots.clear();
      this.#seen.clear();
    }
    return this.#roots.get(shape) ?? this.#newRoot(shape);
  }

  /** Where a document goes on that has this value. */
  afterValue(node: ValueNode<D>, value: FieldValue): Node<D> {
    if (node.isVaried) {
      node.instead ??= this.#node(node.open, node.certain);
      return node.instead;
    }
    node.asked++;
    if (typeof value === 'string') return node.byText.get(value) ?? this.#meetText(node, value);
    if (typeof value !== 'object') return node.byValue.get(value) ?? this.#meet(node, value);
    if (value === null) return node.byValue.get(undefined) ?? this.#meet(node, undefined);
    return value.length === 1 ? this.afterValue(node, value[0]) : this.#afterValues(node, value);
  }

  /** Where a document goes on in which nothing was found. */
  afterText(node: TextNode<D>): Node<D> {
    if (node.rest === null) {
      const rest = node.open.filter(({ condition }) => this.#anchors(condition, node.field) === null);
      node.rest = this.#node(rest, node.certain);
    }
    return node.rest;
  }

  /** The filters of what is open at the end. */
  filtersOf(node: EndNode<D>): readonly Filter<D>[] {
    node.filters ??= node.open.map(({ condition }) => this.#compile(condition));
    return node.filters;
  }

  #afterValues(node: ValueNode<D>, values: readonly (Scalar | null)[]): Node<D> {
    let key = '';
    for (const value of values) {
      if (typeof value !== 'string' || key.length > this.#limits.valueLength) return this.#decide(node, values);
      key += `${value}\0`;
    }
    let next = node.byTexts.get(key);
    if (next === undefined) {
      next = this.#decide(node, values);
      if (this.#isWorthKeeping(node, key)) node.byTexts.add(key, next);
    }
    return next;
  }

  #meetText(node: ValueNode<D>, text: string): Node<D> {
    const next = this.#decide(node, text);
    if (this.#isWorthKeeping(node, text)) node.byText.add(text, next);
    return next;
  }

  #meet(node: ValueNode<D>, value: number | boolean | undefined): Node<D> {
    const next = this.#decide(node, value);
    if (typeof value !== 'number' || this.#isWorthKeeping(node, String(value))) node.byValue.set(value, next);
    return next;
  }

  #isWorthKeeping({ field, seen }: ValueNode<D>, value: string): boolean {
    if (!seen.values.has(value)) {
      seen.fresh++;
      if (seen.values.size < this.#limits.seen && value.length <= this.#limits.valueLength) seen.values.add(value);
      if (seen.fresh > this.#limits.enoughSeen && seen.fresh * 2 > askedOf(seen.nodes)) {
        this.#varied.set(field, new TextIndex());
        for (const node of seen.nodes) node.isVaried = true;
      }
    }
    if (value.length > this.#limits.valueLength) return false;
    this.#values++;
    return true;
  }

  #decide(node: ValueNode<D>, value: FieldValue): Node<D> {
    return this.afterAnswers(
      node,
      node.tests.map((test) => test(value)),
    );
  }

  /**
   * Where a document goes on for which the leaves say this.
   * @param answers one for each of the node's leaves
   */
  afterAnswers(node: ValueNode<D>, answers: readonly boolean[]): Node<D> {
    const key = answers.reduce((holding, answer, index) => (answer ? `${holding},${index}` : holding), '');
    let next = node.byAnswers.get(key);
    if (next === undefined) {
      const known = new Map(node.leaves.map((leaf, index) => [leaf, answers[index]]));
      next = this.#nodeWhere(node.open, node.certain, (leaf) => known.get(leaf));
      node.byAnswers.set(key, next);
    }
    return next;
  }

  /** What no document of the shape has is missing. */
  #newRoot(shape: Shape | null): Node<D> {
    const root = this.#nodeWhere(this.#filters, [], (leaf) => {
      const field = fieldOf(leaf);
      if (field === null || (this.#memo.mayHave(field) && (shape === null || shape.mayHave(field)))) return undefined;
      return this.#memo.test(leaf)(undefined);
    });
    this.#roots.set(shape, root);
    return root;
  }

  /** Where documents go on for which this is known. */
  #nodeWhere(open: readonly Open[], certain: readonly number[], known: (leaf: Leaf) => boolean | undefined): Node<D> {
    const stillOpen: Open[] = [];
    const nowCertain = [...certain];
    for (const one of open) {
      const condition = assume(one.condition, known);
      if (condition === one.condition && condition.kind !== 'constant') stillOpen.push(one);
      else if (condition.kind !== 'constant') stillOpen.push({ number: one.number, condition });
      else if (condition.value) nowCertain.push(one.number);
    }
    return this.#node(stillOpen, nowCertain);
  }

  #node(open: readonly Open[], certain: readonly number[]): Node<D> {
    this.#nodes++;
    const field = this.#mostTelling(open);
    if (field !== null) return this.#valueNode(field, open, certain);
    for (const [varied, index] of this.#varied) {
      const found = this.#index(varied, index, open);
      if (found < WORTH_ASKING) continue;
      return { kind: 'text', field: varied, read: this.#memo.field(varied), index, found, open, certain, rest: null };
    }
    return { kind: 'end', certain, open, filters: null };
  }

  #valueNode(field: string, open: readonly Open[], certain: readonly number[]): ValueNode<D> {
    const distinct = new Set<Leaf>();
    for (const { condition } of open) {
      forEachLeaf(condition, (leaf) => {
        if (fieldOf(leaf) === field) distinct.add(leaf);
      });
    }
    const leaves = [...distinct];
    let seen = this.#seen.get(field);
    if (seen === undefined) {
      seen = { nodes: [], fresh: 0, values: new Set() };
      this.#seen.set(field, seen);
    }
    const node: ValueNode<D> = {
      kind: 'value',
      field,
      read: this.#memo.field(field),
      seen,
      byText: new ValueMap(),
      byValue: new Map(),
      byTexts: new ValueMap(),
      byAnswers: new Map(),
      leaves,
      tests: leaves.map((leaf) => this.#memo.test(leaf)),
      open,
      certain,
      asked: 0,
      isVaried: false,
      instead: null,
    };
    seen.nodes.push(node);
    return node;
  }

  /** The field whose value decides the most filters. */
  #mostTelling(open: readonly Open[]): string | null {
    const sums = new Map<string, number>();
    for (const { condition } of open) {
      for (const [field, weight] of weightsOf(condition)) sums.set(field, (sums.get(field) ?? 0) + weight);
    }
    let best: string | null = null;
    let most = WORTH_ASKING;
    for (const [field, sum] of sums) {
      if (sum < most || this.#varied.has(field)) continue;
      best = field;
      most = sum;
    }
    return best;
  }

  /** Has the index lead to the filters that can be found by the field; their number. */
  #index(field: string, index: TextIndex, open: readonly Open[]): number {
    let found = 0;
    for (const { number, condition } of open) {
      const anchors = this.#anchors(condition, field);
      if (anchors === null) continue;
      found++;
      for (const anchor of anchors) index.add(number, anchor);
    }
    return found;
  }

  #anchors(condition: Condition, field: string): readonly Anchor[] | null {
    let byField = anchorsByField.get(condition);
    if (byField === undefined) {
      byField = new Map();
      anchorsByField.set(condition, byField);
    }
    let anchors = byField.get(field);
    if (anchors === undefined) {
      anchors = anchorsOn(condition, field);
      byField.set(field, anchors);
    }
    return anchors;
  }

  #compile(condition: Condition): Filter<D> {
    let filter = this.#compiled.get(condition);
    if (filter === undefined) {
      filter = this.#memo.compile(condition);
      this.#compiled.set(condition, filter);
    }
    return filter;
  }
}

function askedOf<D>(nodes: readonly ValueNode<D>[]): number {
  return nodes.reduce((sum, { asked }) => sum + asked, 0);
}

const anchorsByField = new WeakMap<Condition, Map<string, readonly Anchor[] | null>>();
