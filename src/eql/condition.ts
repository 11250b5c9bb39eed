import type { Scalar } from '../base/field.ts';
import type { ComparisonOperator, Expression, Field, PatternOperator } from './ast.ts';
import { formatExpression, quote } from './format/expression.ts';
import type { Domain } from './values/compare.ts';

/**
 * A condition as it is run: two-valued, each leaf a question to a document. It says the same as the expression it was
 * lowered from, in fewer forms.
 */
export type Condition =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Condition[] }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'leaf'; readonly leaf: Leaf };

/**
 * A leaf holds where it holds for any of a field's values, and does not hold where the field has none; `missing` and
 * some composed ones ask for just that.
 */
export type Leaf = MissingLeaf | ComparisonLeaf | MemberLeaf | PatternLeaf | ComposedLeaf;

/** The field has no value. */
interface MissingLeaf {
  readonly kind: 'missing';
  readonly field: string;
}

export interface ComparisonLeaf {
  readonly kind: 'comparison';
  readonly field: string;
  readonly domain: Domain;
  /** `!=` is the negation of `==`. */
  readonly operator: Exclude<ComparisonOperator, '!='>;
  readonly value: Scalar;
}

export interface MemberLeaf {
  readonly kind: 'member';
  readonly field: string;
  readonly domain: Domain;
  readonly values: readonly Scalar[];
  readonly insensitive: boolean;
}

export interface PatternLeaf {
  readonly kind: 'pattern';
  readonly field: string;
  readonly domain: Domain;
  readonly operator: PatternOperator;
  readonly patterns: readonly string[];
}

/** Anything else: evaluated for each combination of its fields' values. */
export interface ComposedLeaf {
  readonly kind: 'composed';
  readonly expression: Expression;
  readonly fields: readonly Field[];
}

/**
 * The leaf as text, the same for leaves that answer alike: queries that are compiled together ask each only once.
 */
export function leafKey(leaf: Leaf): string {
  return leaf.kind === 'composed' || leaf.kind === 'missing' ? leafText(leaf) : `${leaf.domain} ${leafText(leaf)}`;
}

/** As EQL writes it. */
export function leafText(leaf: Leaf): string {
  switch (leaf.kind) {
    case 'missing':
      return `${leaf.field} == null`;
    case 'comparison':
      return `${leaf.field} ${leaf.operator} ${valueText(leaf.value)}`;
    case 'member':
      return `${leaf.field} in${leaf.insensitive ? '~' : ''} (${leaf.values.map(valueText).join(', ')})`;
    case 'pattern':
      return `${leaf.field} ${leaf.operator} (${leaf.patterns.map(valueText).join(', ')})`;
    case 'composed':
      return formatExpression(leaf.expression);
  }
}

function valueText(value: Scalar): string {
  return typeof value === 'string' ? quote(value) : String(value);
}

/** Whether the condition holds for no document without the field. */
export function needsField(condition: Condition, field: string): boolean {
  switch (condition.kind) {
    case 'constant':
      return !condition.value;
    case 'leaf':
      return condition.leaf.kind !== 'missing' && condition.leaf.kind !== 'composed' && condition.leaf.field === field;
    case 'not': {
      const { operand } = condition;
      return operand.kind === 'leaf' && operand.leaf.kind === 'missing' && operand.leaf.field === field;
    }
    case 'and':
      return condition.operands.some((operand) => needsField(operand, field));
    case 'or':
      return condition.operands.every((operand) => needsField(operand, field));
  }
}

/** A condition as an indented tree, in the order in which it is evaluated. */
export function printCondition(condition: Condition, indent = ''): string {
  switch (condition.kind) {
    case 'constant':
      return `${indent}${condition.value}`;
    case 'leaf':
      return `${indent}${leafText(condition.leaf)}`;
    case 'not':
      return `${indent}not\n${printCondition(condition.operand, `${indent}  `)}`;
    case 'and':
    case 'or': {
      const operands = condition.operands.map((operand) => printCondition(operand, `${indent}  `));
      return [`${indent}${condition.kind}`, ...operands].join('\n');
    }
  }
}
