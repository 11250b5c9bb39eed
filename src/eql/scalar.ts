import type { Scalar } from '../base/field.ts';
import type { Comparison, ComparisonOperator, Membership } from './ast.ts';
import type { Value } from './functions/definition.ts';
import { compareValues, type Domain } from './values/compare.ts';
import { equalsFolded, fold } from './values/text.ts';

/**
 * Three-valued logic within one expression, where null means that there is no answer. Folding, the interpreter and the
 * compiled form of composed expressions share it.
 */

/**
 * A comparison of two values that may be null. Null equals null; it neither equals nor differs from a value, unless the
 * query itself says `null`, which asks whether there is a value.
 * @param asksForNull one side is written as null
 */
export function compareNullable(
  domain: Domain,
  operator: ComparisonOperator,
  left: Value,
  right: Value,
  asksForNull: boolean,
): boolean | null {
  if (left !== null && right !== null) return compareValues(domain, operator, left, right);
  const isEquality = operator === '==' || operator === '!=';
  if (!isEquality) return null;
  if (left === null && right === null) return operator === '==';
  return asksForNull ? operator === '!=' : null;
}

export function asksForNull(comparison: Comparison): boolean {
  return isNull(comparison.left) || isNull(comparison.right);
}

function isNull(expression: Comparison['left']): boolean {
  return expression.kind === 'literal' && expression.value === null;
}

/** The comparison with its constant, if it has one, to the right. */
export function orient(comparison: Comparison): Comparison {
  const { left, right, operator } = comparison;
  if (left.kind !== 'literal' || right.kind === 'literal') return comparison;
  return { ...comparison, operator: flip(operator), left: right, right: left };
}

/** The operator that says the same with its sides exchanged. */
function flip(operator: ComparisonOperator): ComparisonOperator {
  switch (operator) {
    case '<':
      return '>';
    case '<=':
      return '>=';
    case '>':
      return '<';
    case '>=':
      return '<=';
    case '==':
    case '!=':
      return operator;
  }
}

/** Whether a value is one of a list: null where it is not, and the list has a null. */
export function isMember(
  domain: Domain,
  value: Value,
  members: readonly Value[],
  insensitive: boolean,
): boolean | null {
  if (value === null) return null;
  for (const member of members) {
    if (member !== null && equalsMember(domain, value, member, insensitive)) return true;
  }
  return members.includes(null) ? null : false;
}

/** Case is ignored between strings alone. */
export function equalsMember(domain: Domain, value: Scalar, member: Scalar, insensitive: boolean): boolean {
  if (insensitive && typeof value === 'string' && typeof member === 'string' && isText(domain)) {
    return equalsFolded(value, fold(member));
  }
  return compareValues(domain, '==', value, member);
}

function isText(domain: Domain): boolean {
  return domain === 'string' || domain === 'dynamic';
}

export function negateIf(negated: Membership['negated'], outcome: boolean | null): boolean | null {
  return outcome === null || !negated ? outcome : !outcome;
}

/** false where any is, else null where any is, else true. */
export function allOf(outcomes: Iterable<Value>): boolean | null {
  let result: boolean | null = true;
  for (const outcome of outcomes) {
    if (outcome === false) return false;
    if (outcome !== true) result = null;
  }
  return result;
}

/** true where any is, else null where any is, else false. */
export function anyOf(outcomes: Iterable<Value>): boolean | null {
  let result: boolean | null = false;
  for (const outcome of outcomes) {
    if (outcome === true) return true;
    if (outcome !== false) result = null;
  }
  return result;
}

export function notOf(outcome: Value): boolean | null {
  return typeof outcome === 'boolean' ? !outcome : null;
}
