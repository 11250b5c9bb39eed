import type { Condition, Leaf } from '../condition.ts';

const TRUE: Condition = { kind: 'constant', value: true };
const FALSE: Condition = { kind: 'constant', value: false };

/**
 * What is left of a condition once some of its leaves are known. The very same object where none of them is.
 * @param known what a leaf says; undefined where that is not known
 */
export function assume(condition: Condition, known: (leaf: Leaf) => boolean | undefined): Condition {
  switch (condition.kind) {
    case 'constant':
      return condition;
    case 'leaf': {
      const answer = known(condition.leaf);
      if (answer === undefined) return condition;
      return answer ? TRUE : FALSE;
    }
    case 'not': {
      const operand = assume(condition.operand, known);
      if (operand === condition.operand) return condition;
      if (operand.kind === 'constant') return operand.value ? FALSE : TRUE;
      return { kind: 'not', operand };
    }
    case 'and':
    case 'or': {
      const decides = condition.kind === 'or';
      const operands: Condition[] = [];
      let isChanged = false;
      for (const operand of condition.operands) {
        const left = assume(operand, known);
        if (left !== operand) isChanged = true;
        if (left.kind !== 'constant') operands.push(left);
        else if (left.value === decides) return left;
        else isChanged = true;
      }
      if (!isChanged) return condition;
      if (operands.length === 0) return decides ? FALSE : TRUE;
      return operands.length === 1 ? operands[0] : { kind: condition.kind, operands };
    }
  }
}
