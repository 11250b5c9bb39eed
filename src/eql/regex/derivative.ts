import { inRanges, type RegexNode, type RegexNodes } from './node.ts';

/**
 * Brzozowski's derivative ("Derivatives of Regular Expressions", 1964): what is left to match behind a character, as an
 * expression. Complement and intersection come for free, which no translation to a backtracking engine has.
 */
export class Derivatives {
  readonly #nodes: RegexNodes;
  /** Derivatives already taken, by character. */
  readonly #known = new Map<number, Map<RegexNode, RegexNode>>();

  constructor(nodes: RegexNodes) {
    this.#nodes = nodes;
  }

  /**
   * @param code a character, which stands for its class
   * @returns anything where the nodes are exhausted
   */
  of(node: RegexNode, code: number): RegexNode {
    let known = this.#known.get(code);
    if (!known) {
      known = new Map();
      this.#known.set(code, known);
    }
    const before = known.get(node);
    if (before) return before;
    if (this.#nodes.exhausted) return this.#nodes.none;
    const result = this.#derive(node, code);
    known.set(node, result);
    return result;
  }

  #derive(node: RegexNode, code: number): RegexNode {
    const nodes = this.#nodes;
    switch (node.kind) {
      case 'none':
      case 'empty':
        return nodes.none;
      case 'set':
        return inRanges(node.ranges, code) ? nodes.empty : nodes.none;
      case 'concat': {
        const first = nodes.concat(this.of(node.first, code), node.rest);
        return node.first.nullable ? nodes.union([first, this.of(node.rest, code)]) : first;
      }
      case 'union':
        return nodes.union(node.parts.map((part) => this.of(part, code)));
      case 'intersection':
        return nodes.intersection(node.parts.map((part) => this.of(part, code)));
      case 'complement':
        return nodes.complement(this.of(node.inner, code));
      case 'repeat': {
        const rest = nodes.repeat(node.inner, Math.max(0, node.min - 1), node.max - 1);
        return nodes.concat(this.of(node.inner, code), rest);
      }
    }
  }
}
