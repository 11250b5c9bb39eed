import type { Scalar } from '../../base/field.ts';
import { type Comparison, distinctFields, type Expression, type Field, type Membership } from '../ast.ts';
import type { Condition, Leaf } from '../condition.ts';
import { orient } from '../scalar.ts';
import { type FieldTypes, typeOf } from '../semantic/types.ts';
import { domainOf } from '../values/compare.ts';

/** An expression, checked and folded, as a condition. */
export function lower(expression: Expression, fields: FieldTypes): Condition {
  switch (expression.kind) {
    case 'literal':
      return { kind: 'constant', value: expression.value === true };
    case 'and':
    case 'or':
      return { kind: expression.kind, operands: expression.operands.map((operand) => lower(operand, fields)) };
    case 'not':
      return negate(lower(expression.operand, fields));
    case 'field':
      return comparisonLeaf(expression, '==', true, fields);
    case 'comparison':
      return lowerComparison(expression, fields);
    case 'in':
      return lowerMembership(expression, fields);
    case 'pattern':
      if (expression.operand.kind !== 'field') return composed(expression);
      return leaf({
        kind: 'pattern',
        field: expression.operand.name,
        domain: domainOf(fields.typeOf(expression.operand)),
        operator: expression.operator,
        patterns: expression.patterns.map((pattern) => String(pattern.value)),
      });
    case 'call':
    case 'arithmetic':
    case 'negation':
      return composed(expression);
  }
}

function leaf(inner: Leaf): Condition {
  return { kind: 'leaf', leaf: inner };
}

function negate(operand: Condition): Condition {
  if (operand.kind === 'not') return operand.operand;
  return operand.kind === 'constant' ? { kind: 'constant', value: !operand.value } : { kind: 'not', operand };
}

function comparisonLeaf(field: Field, operator: Comparison['operator'], value: Scalar, fields: FieldTypes): Condition {
  const domain = domainOf(fields.typeOf(field));
  if (operator === '!=') return negate(comparisonLeaf(field, '==', value, fields));
  return leaf({ kind: 'comparison', field: field.name, domain, operator, value });
}

function lowerComparison(expression: Comparison, fields: FieldTypes): Condition {
  const oriented = orient(expression);
  const { operator, left, right } = oriented;
  if (operator === '!=') return negate(lowerComparison({ ...oriented, operator: '==' }, fields));
  if (right.kind !== 'literal') return composed(oriented);
  if (left.kind === 'field') {
    if (right.value === null) return leaf({ kind: 'missing', field: left.name });
    return comparisonLeaf(left, operator, right.value, fields);
  }
  // A condition compared with true or false is that condition or its negation, also where it has no answer.
  if (operator === '==' && typeof right.value === 'boolean' && typeOf(left, fields) === 'boolean') {
    return right.value ? lower(left, fields) : negate(lower(left, fields));
  }
  return composed(oriented);
}

function lowerMembership(expression: Membership, fields: FieldTypes): Condition {
  if (expression.negated) return negate(lowerMembership({ ...expression, negated: false }, fields));
  const { operand } = expression;
  const values: Scalar[] = [];
  for (const value of expression.values) {
    if (value.kind !== 'literal') return composed(expression);
    // Nothing equals null.
    if (value.value !== null) values.push(value.value);
  }
  if (operand.kind !== 'field') return composed(expression);
  const domain = domainOf(fields.typeOf(operand));
  return leaf({ kind: 'member', field: operand.name, domain, values, insensitive: expression.insensitive });
}

function composed(expression: Expression): Condition {
  return leaf({ kind: 'composed', expression, fields: distinctFields(expression) });
}
