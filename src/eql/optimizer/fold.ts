import type { Arithmetic, Call, Comparison, Expression, Literal, Logical, Membership, PatternMatch } from '../ast.ts';
import { arithmetic } from '../functions/arithmetic.ts';
import { parameterAt, type Value } from '../functions/definition.ts';
import { findFunction } from '../functions/index.ts';
import { patternTest } from '../pattern.ts';
import { allOf, anyOf, asksForNull, compareNullable, isMember, negateIf, notOf } from '../scalar.ts';
import { type FieldTypes, typeOf } from '../semantic/types.ts';
import { domainOf } from '../values/compare.ts';

/**
 * The expression with what is constant computed, by three-valued logic, as Elasticsearch does before it runs a query:
 *  - an optional field that cannot exist is null;
 *  - what has a null operand is null, but for == and != null, which ask for a value, and for `and` and `or`;
 *  - `false and x` is false, `null and x` null, `true and x` is x; `true or x` is true, `null or x` and `false or x` are x.
 *
 * Where a null is left as a condition, it matches nothing, and so does its negation. The expression has been checked.
 */
export function foldConstants(expression: Expression, fields: FieldTypes): Expression {
  switch (expression.kind) {
    case 'literal':
      return expression;
    case 'field':
      return fields.typeOf(expression) === 'null' ? constant(expression, null) : expression;
    case 'not': {
      const operand = foldConstants(expression.operand, fields);
      return isLiteral(operand) ? constant(expression, notOf(operand.value)) : { ...expression, operand };
    }
    case 'negation': {
      const operand = foldConstants(expression.operand, fields);
      if (!isLiteral(operand)) return { ...expression, operand };
      return constant(expression, typeof operand.value === 'number' ? -operand.value : null);
    }
    case 'and':
    case 'or':
      return foldLogical(expression, fields);
    case 'comparison':
      return foldComparison(expression, fields);
    case 'arithmetic':
      return foldArithmetic(expression, fields);
    case 'in':
      return foldMembership(expression, fields);
    case 'pattern':
      return foldPattern(expression, fields);
    case 'call':
      return foldCall(expression, fields);
  }
}

function isLiteral(expression: Expression): expression is Literal {
  return expression.kind === 'literal';
}

function isNull(expression: Expression): boolean {
  return isLiteral(expression) && expression.value === null;
}

/** A literal in the place of an expression. Without a type, a whole number is an integer. */
function constant(place: Expression, value: Value, type?: 'integer' | 'double'): Literal {
  return { kind: 'literal', type: literalType(value, type), value, span: place.span };
}

function literalType(value: Value, type?: 'integer' | 'double'): Literal['type'] {
  if (value === null) return 'null';
  if (typeof value === 'number') return type ?? (Number.isInteger(value) ? 'integer' : 'double');
  return typeof value === 'string' ? 'string' : 'boolean';
}

function foldLogical(expression: Logical, fields: FieldTypes): Expression {
  const isAnd = expression.kind === 'and';
  const operands = expression.operands.map((operand) => foldConstants(operand, fields));
  const literals = operands.filter(isLiteral).map((operand) => operand.value);
  const rest = operands.filter((operand) => !isLiteral(operand));
  const known = isAnd ? allOf(literals) : anyOf(literals);
  const neutral = isAnd ? known === true : known !== true;
  if (!neutral || rest.length === 0) return constant(expression, known);
  return rest.length === 1 ? rest[0] : { ...expression, operands: rest };
}

function foldComparison(expression: Comparison, fields: FieldTypes): Expression {
  const left = foldConstants(expression.left, fields);
  const right = foldConstants(expression.right, fields);
  const folded: Comparison = { ...expression, left, right };
  const { operator } = expression;
  if (isLiteral(left) && isLiteral(right)) {
    const domain = domainOf(left.type);
    return constant(expression, compareNullable(domain, operator, left.value, right.value, asksForNull(folded)));
  }
  const isEquality = operator === '==' || operator === '!=';
  return asksForNull(folded) && !isEquality ? constant(expression, null) : folded;
}

function foldArithmetic(expression: Arithmetic, fields: FieldTypes): Expression {
  const left = foldConstants(expression.left, fields);
  const right = foldConstants(expression.right, fields);
  if (isNull(left) || isNull(right)) return constant(expression, null);
  if (!isLiteral(left) || !isLiteral(right)) return { ...expression, left, right };
  const compute = arithmetic(expression.operator, left.type, right.type);
  const isDouble = left.type === 'double' || right.type === 'double';
  return constant(expression, compute(left.value, right.value), isDouble ? 'double' : undefined);
}

function foldMembership(expression: Membership, fields: FieldTypes): Expression {
  const operand = foldConstants(expression.operand, fields);
  const values = expression.values.map((value) => foldConstants(value, fields));
  if (isNull(operand)) return constant(expression, null);
  if (!isLiteral(operand) || !values.every(isLiteral)) return { ...expression, operand, values };
  const members = values.map((value) => value.value);
  const outcome = isMember(domainOf(operand.type), operand.value, members, expression.insensitive);
  return constant(expression, negateIf(expression.negated, outcome));
}

function foldPattern(expression: PatternMatch, fields: FieldTypes): Expression {
  const operand = foldConstants(expression.operand, fields);
  if (!isLiteral(operand)) return { ...expression, operand };
  if (typeof operand.value !== 'string') return constant(expression, null);
  const patterns = expression.patterns.map((pattern) => String(pattern.value));
  return constant(expression, patternTest(expression.operator, patterns)(operand.value));
}

function foldCall(expression: Call, fields: FieldTypes): Expression {
  const args = expression.args.map((arg) => foldConstants(arg, fields));
  const definition = findFunction(expression.name);
  if (!definition) return { ...expression, args };
  const decided = args.some((arg, index) => isNull(arg) && !parameterAt(definition, index).nullAllowed);
  if (decided) return constant(expression, null);
  if (!args.every(isLiteral)) return { ...expression, args };
  const values = args.map((arg) => arg.value);
  const types = args.map((arg) => typeOf(arg, fields));
  const value = definition.prepare(expression.insensitive, values, types)(values);
  return constant(expression, value, definition.returns(types) === 'double' ? 'double' : undefined);
}
