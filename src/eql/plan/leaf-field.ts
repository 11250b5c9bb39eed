import type { Condition, Leaf } from '../condition.ts';

/** The field that alone decides a leaf; null where there are several. */
export function fieldOf(leaf: Leaf): string | null {
  if (leaf.kind !== 'composed') return leaf.field;
  return leaf.fields.length === 1 ? leaf.fields[0].name : null;
}

/** Calls `visit` with each leaf of a condition; with one that comes twice, twice. */
export function forEachLeaf(condition: Condition, visit: (leaf: Leaf) => void): void {
  switch (condition.kind) {
    case 'constant':
      return;
    case 'leaf':
      visit(condition.leaf);
      return;
    case 'not':
      forEachLeaf(condition.operand, visit);
      return;
    case 'and':
    case 'or':
      for (const operand of condition.operands) forEachLeaf(operand, visit);
  }
}
