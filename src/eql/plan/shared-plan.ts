import type { FieldValue, Shape } from '../../base/field.ts';
import type { Filter, FilterContext } from '../compiler/filter.ts';
import { type Condition, type Leaf, leafKey, leafText } from '../condition.ts';
import { DecisionTree, type Node, TREE_LIMITS, type TreeLimits } from './decision-tree.ts';
import { Memo } from './memo.ts';
import type { TextIndex } from './text-index.ts';

type OnMatch = (filter: number) => void;

/**
 * Many filters asked at once: what they ask of the same field is answered together, so that a document that concerns
 * nobody costs a few look-ups, however many they are.
 */
export class SharedPlan<D> {
  readonly #conditions: readonly Condition[];
  readonly #uses = new Map<Leaf, number>();
  readonly #memo: Memo<D>;
  readonly #tree: DecisionTree<D>;
  readonly #shapeOf: ((document: D) => Shape | null) | null;
  /** Compiled when they are first asked for. */
  readonly #filters: (Filter<D> | undefined)[];
  /** By filter: the document for which it was reached last, by number. */
  readonly #reached: Uint32Array;

  constructor(conditions: readonly Condition[], context: FilterContext<D>, limits: Partial<TreeLimits> = {}) {
    const leaves = new Map<string, Leaf>();
    this.#conditions = conditions.map((condition) => this.#unify(condition, leaves));
    this.#memo = new Memo(context);
    this.#tree = new DecisionTree(
      this.#conditions.map((condition, number) => ({ number, condition })),
      this.#memo,
      { ...TREE_LIMITS, ...limits },
    );
    this.#shapeOf = this.#memo.shapes();
    this.#filters = conditions.map(() => undefined);
    this.#reached = new Uint32Array(conditions.length);
  }

  /** Calls `onMatch` with the number of each filter that the document meets, each once, in no order. */
  match(document: D, onMatch: OnMatch): void {
    const turn = this.#memo.next();
    if (turn === 1) this.#reached.fill(0);
    const tree = this.#tree;
    let node = tree.root(this.#shapeOf === null ? null : this.#shapeOf(document));
    while (node.kind !== 'end') {
      const value = node.read(document);
      if (node.kind === 'value') node = tree.afterValue(node, value);
      else {
        this.#search(node.index, value, document, turn, onMatch);
        node = tree.afterText(node);
      }
    }
    const { certain, open } = node;
    for (let i = 0; i < certain.length; i++) {
      if (this.#reach(certain[i], turn)) onMatch(certain[i]);
    }
    if (open.length === 0) return;
    const filters = tree.filtersOf(node);
    for (let i = 0; i < filters.length; i++) {
      const { number } = open[i];
      if (this.#reached[number] !== turn && filters[i](document)) onMatch(number);
    }
  }
  /** How a document is led to the filters that it may meet, as text. */
  describe(): string {
    const shared = [...this.#uses.values()].filter((count) => count > 1).length;
    const counts = `${this.#conditions.length} filters; ${this.#uses.size} different conditions, ${shared} of them of several filters`;
    const { nodes, values, begun } = this.#tree.size;
    const grown = `grown by the documents so far to ${nodes} nodes and ${values} values between them, begun ${begun === 1 ? 'once' : `${begun} times`}`;
    return [counts, grown, ...describeTree(this.#tree)].join('\n');
  }

  /** The condition with equal leaves as one object, whichever filters ask them. */
  #unify(condition: Condition, leaves: Map<string, Leaf>): Condition {
    switch (condition.kind) {
      case 'constant':
        return condition;
      case 'leaf': {
        const key = leafKey(condition.leaf);
        const leaf = leaves.get(key) ?? condition.leaf;
        leaves.set(key, leaf);
        this.#uses.set(leaf, (this.#uses.get(leaf) ?? 0) + 1);
        return { kind: 'leaf', leaf };
      }
      case 'not':
        return { kind: 'not', operand: this.#unify(condition.operand, leaves) };
      case 'and':
      case 'or':
        return {
          kind: condition.kind,
          operands: condition.operands.map((operand) => this.#unify(operand, leaves)),
        };
    }
  }

  /** Asks, in full, the filters that the value of a field leads to. */
  #search(index: TextIndex, value: FieldValue, document: D, turn: number, onMatch: OnMatch): void {
    index.find(value, (filters) => {
      for (let i = 0; i < filters.length; i++) {
        const number = filters[i];
        if (this.#reach(number, turn) && this.#filter(number)(document)) onMatch(number);
      }
    });
  }

  /** False where the filter has been reached for this document already. */
  #reach(number: number, turn: number): boolean {
    if (this.#reached[number] === turn) return false;
    this.#reached[number] = turn;
    return true;
  }

  #filter(number: number): Filter<D> {
    const filter = this.#filters[number] ?? this.#memo.compile(this.#conditions[number]);
    this.#filters[number] = filter;
    return filter;
  }
}

/** What happens to a document of which no value is asked for, for each answer to the first question. */
function describeTree<D>(tree: DecisionTree<D>): string[] {
  const root = tree.root(null);
  if (root.kind !== 'value') return describeWay(tree, root);
  const nothing = root.leaves.map(() => false);
  return [
    ...root.leaves.flatMap((leaf, number) => [
      leafText(leaf),
      ...describeWay(tree, tree.afterAnswers(root, nothing.with(number, true))),
    ]),
    `${root.field} is anything else`,
    ...describeWay(tree, tree.afterAnswers(root, nothing)),
  ];
}

function describeWay<D>(tree: DecisionTree<D>, start: Node<D>): string[] {
  const lines: string[] = [];
  let node = start;
  while (node.kind !== 'end') {
    const open = `${node.open.length} filters left`;
    if (node.kind === 'value') {
      lines.push(`  ${open}: the value of ${node.field} answers ${node.leaves.length} conditions`);
      node = tree.afterAnswers(
        node,
        node.leaves.map(() => false),
      );
    } else {
      lines.push(`  ${open}: ${node.found} are found by what ${node.field} contains`);
      node = tree.afterText(node);
    }
  }
  lines.push(`  asked one by one: ${node.open.length}`);
  return lines;
}
