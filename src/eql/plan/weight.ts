import type { Condition } from '../condition.ts';
import { fieldOf } from './leaf-field.ts';

/** By field, how likely its value is to decide a condition, from 0 to 1. */
export type Weights = ReadonlyMap<string, number>;

const NONE: Weights = new Map();

/**
 * A field's value decides a condition where it makes it false, as the value of most documents does with most that is asked
 * of them. So every operand of `and` can decide it alone, those of `or` together, and a negation hardly.
 */
export function weightsOf(condition: Condition): Weights {
  let weights = known.get(condition);
  if (weights === undefined) {
    weights = weigh(condition);
    known.set(condition, weights);
  }
  return weights;
}

const known = new WeakMap<Condition, Weights>();

function weigh(condition: Condition): Weights {
  switch (condition.kind) {
    case 'constant':
      return NONE;
    case 'leaf': {
      const field = fieldOf(condition.leaf);
      return field === null ? NONE : new Map([[field, 1]]);
    }
    case 'not': {
      const { operand } = condition;
      // `field != null`: most documents do not have most fields.
      return operand.kind === 'leaf' && operand.leaf.kind === 'missing' ? weightsOf(operand) : NONE;
    }
    case 'and':
    case 'or': {
      const { kind, operands } = condition;
      const weights = new Map<string, number>();
      for (const operand of operands) {
        for (const [field, weight] of weightsOf(operand)) {
          const before = weights.get(field) ?? 0;
          weights.set(field, kind === 'and' ? Math.max(before, weight) : before + weight / operands.length);
        }
      }
      return weights;
    }
  }
}
