import type { FieldValue, Scalar } from '../base/field.ts';
import { type Call, type Comparison, distinctFields, type Expression } from './ast.ts';
import { arithmetic } from './functions/arithmetic.ts';
import type { Value } from './functions/definition.ts';
import { findFunction } from './functions/index.ts';
import { testOfPatterns } from './pattern.ts';
import { allOf, anyOf, compareNullable, isMember, negateIf, notOf, orient } from './scalar.ts';
import { type FieldTypes, typeOf } from './semantic/types.ts';
import { compareValues, domainOf } from './values/compare.ts';
import { asType, costOf, MAX_COMBINATIONS, valuesOf } from './values/field.ts';

/** What a document has in a field. */
export type Read = (field: string) => FieldValue;

export function isOfCategory(category: string | null, categoryField: string, read: Read): boolean {
  return category === null || valuesOf(read(categoryField)).some((value) => String(value) === category);
}

/**
 * Whether a condition, checked and folded, holds for a document; a part without an answer counts as false. This is the
 * meaning of a condition in its plainest form: compiled ones are tested against it, and it explains their matches.
 */
export function meets(condition: Expression, read: Read, fields: FieldTypes): boolean {
  switch (condition.kind) {
    case 'literal':
      return condition.value === true;
    case 'not':
      return !meets(condition.operand, read, fields);
    case 'and':
      return condition.operands.every((operand) => meets(operand, read, fields));
    case 'or':
      return condition.operands.some((operand) => meets(operand, read, fields));
    case 'in':
      return condition.negated
        ? !meets({ ...condition, negated: false }, read, fields)
        : meetsForAnyValues(condition, read, fields);
    case 'comparison':
      return meetsComparison(orient(condition), read, fields);
    case 'field': {
      const domain = domainOf(fields.typeOf(condition));
      return valuesOf(read(condition.name)).some((value) => compareValues(domain, '==', value, true));
    }
    case 'pattern':
    case 'call':
    case 'arithmetic':
    case 'negation':
      return meetsForAnyValues(condition, read, fields);
  }
}

function meetsComparison(comparison: Comparison, read: Read, fields: FieldTypes): boolean {
  const { operator, left, right } = comparison;
  if (operator === '!=') return !meetsComparison({ ...comparison, operator: '==' }, read, fields);
  const isConditionWithBoolean =
    operator === '==' && left.kind !== 'field' && typeOf(left, fields) === 'boolean' && right.kind === 'literal';
  if (isConditionWithBoolean && typeof right.value === 'boolean') return meets(left, read, fields) === right.value;
  const asksForValue = left.kind === 'field' && right.kind === 'literal' && right.value === null;
  if (asksForValue && operator === '==') return valuesOf(read(left.name)).length === 0;
  return meetsForAnyValues(comparison, read, fields);
}

/** True for some choice of one value from each field; a field without values gives null. */
function meetsForAnyValues(expression: Expression, read: Read, fields: FieldTypes): boolean {
  let choices: ReadonlyMap<string, Value>[] = [new Map()];
  for (const field of distinctFields(expression)) {
    const type = fields.typeOf(field);
    const values: readonly Value[] = valuesOf(read(field.name)).map((value) => asType(type, value));
    choices = extended(choices, field.name, values.length > 0 ? values : [null]);
  }
  let left = MAX_COMBINATIONS;
  return choices.some((choice) => {
    if (left <= 0) return false;
    left -= costOf(choice.values());
    return evaluate(expression, choice, fields) === true;
  });
}

/** Each choice with each value, up to `MAX_COMBINATIONS`. */
function extended(choices: readonly ReadonlyMap<string, Value>[], name: string, values: readonly Value[]) {
  const result: ReadonlyMap<string, Value>[] = [];
  for (const choice of choices) {
    for (const value of values) {
      if (result.length === MAX_COMBINATIONS) return result;
      result.push(new Map(choice).set(name, value));
    }
  }
  return result;
}

/** The value of an expression for one choice of values: null where it has none. */
export function evaluate(expression: Expression, values: ReadonlyMap<string, Value>, fields: FieldTypes): Value {
  const inner = (part: Expression) => evaluate(part, values, fields);
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'field':
      return values.get(expression.name) ?? null;
    case 'not':
      return notOf(inner(expression.operand));
    case 'and':
      return allOf(expression.operands.map(inner));
    case 'or':
      return anyOf(expression.operands.map(inner));
    case 'negation': {
      const value = inner(expression.operand);
      return typeof value === 'number' ? -value : null;
    }
    case 'arithmetic': {
      const { left, right } = expression;
      return arithmetic(expression.operator, typeOf(left, fields), typeOf(right, fields))(inner(left), inner(right));
    }
    case 'comparison': {
      const { operator, left, right } = orient(expression);
      const domain = domainOf(typeOf(left, fields));
      const sides = [left, right].map((side) => ({
        value: inner(side),
        isConstant: distinctFields(side).length === 0,
      }));
      const asksForNull = sides.some((side) => side.isConstant && side.value === null);
      return compareNullable(domain, operator, sides[0].value, sides[1].value, asksForNull);
    }
    case 'in': {
      const domain = domainOf(typeOf(expression.operand, fields));
      const members = expression.values.map(inner);
      return negateIf(expression.negated, isMember(domain, inner(expression.operand), members, expression.insensitive));
    }
    case 'pattern': {
      const value = inner(expression.operand);
      if (typeof value !== 'string') return null;
      return testOfPatterns(expression)(value);
    }
    case 'call':
      return call(expression, expression.args.map(inner), fields);
  }
}

function call(expression: Call, args: readonly (Scalar | null)[], fields: FieldTypes): Value {
  const definition = findFunction(expression.name);
  if (!definition) return null;
  const types = expression.args.map((arg) => typeOf(arg, fields));
  return definition.prepare(expression.insensitive, args, types)(args);
}
