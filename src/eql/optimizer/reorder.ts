import type { Scalar } from '../../base/field.ts';
import type { Condition, Leaf } from '../condition.ts';
import { parseIp } from '../values/ip.ts';

/**
 * Puts the operands of `and` and `or` in the order in which they are expected to decide soonest, nested ones of the
 * same kind joined. This changes no outcome: every leaf is a pure question with the answer true or false, none can
 * fail, so `and` and `or` are the same in any order.
 */
export function reorder(condition: Condition): Condition {
  switch (condition.kind) {
    case 'constant':
    case 'leaf':
      return condition;
    case 'not':
      return { kind: 'not', operand: reorder(condition.operand) };
    case 'and':
    case 'or': {
      const { kind } = condition;
      const operands = condition.operands.map(reorder).flatMap((part) => (part.kind === kind ? part.operands : [part]));
      const ranked = operands.map((operand) => ({ operand, rank: rank(kind, estimate(operand)) }));
      return { kind, operands: ranked.sort((a, b) => a.rank - b.rank).map((entry) => entry.operand) };
    }
  }
}

/** What a condition is expected to cost, in nanoseconds or so, and how often it holds. */
interface Estimate {
  readonly cost: number;
  readonly holds: number;
}

/** Cost for each decision: what is least comes first. */
function rank(kind: 'and' | 'or', { cost, holds }: Estimate): number {
  return cost / Math.max(0.001, kind === 'and' ? 1 - holds : holds);
}

function estimate(condition: Condition): Estimate {
  switch (condition.kind) {
    case 'constant':
      return { cost: 0, holds: condition.value ? 1 : 0 };
    case 'leaf':
      return estimateLeaf(condition.leaf);
    case 'not': {
      const { cost, holds } = estimate(condition.operand);
      return { cost, holds: 1 - holds };
    }
    case 'and':
    case 'or': {
      let cost = 0;
      let reached = 1;
      for (const operand of condition.operands) {
        const part = estimate(operand);
        cost += reached * part.cost;
        reached *= condition.kind === 'and' ? part.holds : 1 - part.holds;
      }
      return { cost, holds: condition.kind === 'and' ? reached : 1 - reached };
    }
  }
}

/** Rough measures: an address singles out more than a name, a name more than a category. */
function estimateLeaf(leaf: Leaf): Estimate {
  switch (leaf.kind) {
    case 'missing':
      return { cost: 4, holds: 0.5 };
    case 'comparison':
      if (leaf.operator !== '==') return { cost: 6, holds: 0.4 };
      if (isAddress(leaf.value)) return { cost: 6, holds: 0.01 };
      return { cost: 5, holds: typeof leaf.value === 'boolean' ? 0.5 : 0.3 };
    case 'member':
      return { cost: 8, holds: 0.2 };
    case 'pattern':
      return leaf.operator.startsWith('regex')
        ? { cost: 80 * leaf.patterns.length, holds: 0.2 }
        : { cost: 15 + leaf.patterns.length, holds: 0.2 };
    case 'composed':
      return { cost: 100, holds: 0.3 };
  }
}

const words = new Uint32Array(4);

function isAddress(value: Scalar): boolean {
  return typeof value === 'string' && parseIp(value, words);
}
