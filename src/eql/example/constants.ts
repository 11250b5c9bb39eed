import type { Scalar } from '../../base/field.ts';
import { childrenOf, type Expression } from '../ast.ts';
import type { Leaf } from '../condition.ts';
import type { Question } from './question.ts';

/** Constants of one kind that are looked at. */
const MAX_CONSTANTS = 1_000;

export interface Constants {
  readonly all: readonly Scalar[];
  /** Of the first question that asks for a value. */
  readonly first: Scalar | null;
  /** Within expressions of functions and arithmetic, where a value is seldom one of them itself. */
  readonly composed: readonly Scalar[];
}

/** What the questions compare with, those that ask for a value first. */
export function constantsOf(questions: readonly Question[]): Constants {
  const ordered = [...questions.filter(({ wanted }) => wanted), ...questions.filter(({ wanted }) => !wanted)];
  const leaves = ordered.map(({ leaf }) => leaf);
  const all = distinct(leaves.flatMap(constantsOfLeaf));
  const composed = distinct(leaves.filter((leaf) => leaf.kind === 'composed').flatMap(constantsOfLeaf));
  return { all, composed, first: leaves.flatMap(constantsOfLeaf)[0] ?? null };
}

function distinct(values: readonly Scalar[]): Scalar[] {
  return [...new Set(values)].slice(0, MAX_CONSTANTS);
}

function constantsOfLeaf(leaf: Leaf): readonly Scalar[] {
  switch (leaf.kind) {
    case 'missing':
      return [];
    case 'comparison':
      return [leaf.value];
    case 'member':
      return leaf.values;
    case 'pattern':
      return leaf.patterns;
    case 'composed':
      return constantsIn(leaf.expression);
  }
}

export function constantsIn(expression: Expression): Scalar[] {
  if (expression.kind === 'literal') return expression.value === null ? [] : [expression.value];
  return childrenOf(expression).flatMap(constantsIn);
}
