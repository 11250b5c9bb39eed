import { nearest } from '../../base/nearest.ts';
import {
  type Arithmetic,
  distinctFields,
  type Expression,
  type Field,
  filtersOf,
  type Literal,
  type Logical,
  type Not,
  type PatternMatch,
  type Query,
} from '../ast.ts';
import { formatExpression } from '../format/expression.ts';
import { foldConstants } from '../optimizer/fold.ts';
import { compileRegex } from '../regex/compile.ts';
import type { ValueType } from '../values/type.ts';
import { checkCall } from './call.ts';
import { checkComparison, checkMembership } from './comparison.ts';
import { type CheckContext, describe } from './context.ts';
import { typeOf } from './types.ts';

/** Everything about a query that has to do with what its names mean. */
export function checkQuery(query: Query, context: CheckContext): void {
  for (const filter of filtersOf(query)) {
    checkExpression(filter.condition, context);
    checkIsCondition(filter.condition, 'where', context);
    checkFieldCount(filter.condition, context);
  }
  if (query.kind !== 'event') checkJoinKeys(query, context);
}

/** Fields that one expression, up to the next `and`, `or` or `not`, may put together. */
const MAX_FIELDS = 50;

/** Expressions of a query that depend on several fields: each goes through the combinations of their values. */
const MAX_COMBINING = 100;

function checkFieldCount(expression: Expression, context: CheckContext): void {
  if (expression.kind === 'not') {
    checkFieldCount(expression.operand, context);
  } else if (expression.kind === 'and' || expression.kind === 'or') {
    for (const operand of expression.operands) checkFieldCount(operand, context);
  } else {
    const count = distinctFields(expression).length;
    if (count > MAX_FIELDS) {
      const message = `one expression may depend on at most ${MAX_FIELDS} fields`;
      context.diagnostics.error('too-many-fields', expression.span, message, 'join several by and or or');
    }
    if (count > 1 && ++context.combining === MAX_COMBINING + 1) {
      const message = `a query may have at most ${MAX_COMBINING} expressions that each depend on several fields`;
      context.diagnostics.error('too-many-fields', expression.span, message);
    }
  }
}

function checkJoinKeys(query: Exclude<Query, { kind: 'event' }>, context: CheckContext): void {
  for (const key of query.by) checkField(key, context);
  const steps = query.kind === 'sequence' && query.until ? [...query.steps, query.until] : query.steps;
  for (const step of steps) {
    step.by.forEach((key, index) => {
      checkField(key, context);
      const first = steps[0].by[index];
      const types = [context.fields.typeOf(first), context.fields.typeOf(key)].map(broadType);
      if (types[0] === types[1] || types.includes('unknown') || types.includes('null')) return;
      const message = `${key.name} is ${describe(types[1])} and ${first.name} is ${describe(types[0])}, so they are never equal`;
      context.diagnostics.error('join-key-type', key.span, message);
    });
  }
}

function broadType(type: ValueType): ValueType {
  return type === 'double' ? 'integer' : type;
}

function checkExpression(expression: Expression, context: CheckContext): void {
  switch (expression.kind) {
    case 'literal':
      return;
    case 'field':
      checkField(expression, context);
      return;
    case 'call':
      for (const arg of expression.args) checkExpression(arg, context);
      checkCall(expression, context);
      return;
    case 'negation':
      checkExpression(expression.operand, context);
      checkIsNumber(expression.operand, '-', context);
      return;
    case 'arithmetic':
      checkArithmetic(expression, context);
      return;
    case 'comparison':
      checkExpression(expression.left, context);
      checkExpression(expression.right, context);
      checkComparison(expression, context);
      return;
    case 'in':
      checkExpression(expression.operand, context);
      for (const value of expression.values) checkExpression(value, context);
      checkMembership(expression, context);
      return;
    case 'pattern':
      checkExpression(expression.operand, context);
      checkPattern(expression, context);
      return;
    case 'not':
    case 'and':
    case 'or':
      checkConditions(expression, context);
      return;
  }
}

function checkConditions(expression: Logical | Not, context: CheckContext): void {
  for (const operand of expression.kind === 'not' ? [expression.operand] : expression.operands) {
    checkExpression(operand, context);
    checkIsCondition(operand, expression.kind, context);
  }
}

/** Of a field that is named several times, a warning is enough once. */
function checkField(field: Field, { fields, diagnostics, unknownFields, warned }: CheckContext): void {
  const { catalogue } = fields;
  if (!catalogue || warned.has(field.name)) return;
  const type = fields.mapped(field.name);
  if (unknownFields === 'warning') warned.add(field.name);
  if (type === undefined) {
    if (field.optional || field.name === '@timestamp') return;
    const help = () => {
      const close = nearest(field.name, catalogue.names());
      return close.length > 0 ? `did you mean ${close.join(' or ')}?` : 'write ?field where it may be absent';
    };
    diagnostics.add(unknownFields, 'unknown-field', field.span, `there is no field ${field.name}`, help);
    return;
  }
  const problem = UNSUPPORTED[type];
  if (problem) diagnostics.add(unknownFields, 'unsupported-field', field.span, `${field.name} ${problem}`);
}

/** Why Elasticsearch refuses fields of some types. */
const UNSUPPORTED: Readonly<Record<string, string | undefined>> = {
  text: 'is analysed text, which Elasticsearch cannot query exactly unless it has a keyword sub-field',
  match_only_text: 'is analysed text, which Elasticsearch cannot query exactly unless it has a keyword sub-field',
  object: 'is an object and has no value of its own: name a field within it',
  nested: 'is a nested object, whose fields EQL cannot query',
  geo_point: 'is a point, which EQL cannot compare',
  binary: 'is binary, which EQL cannot compare',
};

function checkIsCondition(expression: Expression, where: string, { fields, diagnostics }: CheckContext): void {
  const type = typeOf(expression, fields);
  if (type === 'boolean' || type === 'null' || type === 'unknown') return;
  const text = formatExpression(expression);
  const message = `\`${where}\` needs a condition, but this is ${describe(type)}`;
  diagnostics.error('not-a-condition', expression.span, message, `compare it with something, such as ${text} != null`);
}

function checkArithmetic(expression: Arithmetic, context: CheckContext): void {
  const { operator, left, right } = expression;
  checkExpression(left, context);
  checkExpression(right, context);
  checkIsNumber(left, operator, context);
  checkIsNumber(right, operator, context);
  if (operator !== '/' && operator !== '%') return;
  const divisor = foldConstants(right, context.fields);
  if (
    divisor.kind === 'literal' &&
    divisor.type === 'integer' &&
    divisor.value === 0 &&
    typeOf(left, context.fields) !== 'double'
  ) {
    context.diagnostics.error('division-by-zero', right.span, 'this divides by zero');
  }
}

function checkIsNumber(expression: Expression, operator: string, { fields, diagnostics }: CheckContext): void {
  const type = typeOf(expression, fields);
  if (type === 'integer' || type === 'double' || type === 'null' || type === 'unknown') return;
  const help = type === 'string' ? 'the function number makes a number of a string' : undefined;
  diagnostics.error(
    'type-mismatch',
    expression.span,
    `\`${operator}\` needs numbers, but this is ${describe(type)}`,
    help,
  );
}

function checkPattern(expression: PatternMatch, context: CheckContext): void {
  const { fields, diagnostics } = context;
  const { operator, operand, patterns } = expression;
  const type = typeOf(operand, fields);
  if (type !== 'string' && type !== 'version' && type !== 'unknown' && type !== 'null') {
    const help =
      type === 'ip' ? 'write == for an address, and cidrMatch for a block' : 'write ==, or compare string(...)';
    diagnostics.error(
      'type-mismatch',
      operand.span,
      `\`${operator}\` needs a string, but this is ${describe(type)}`,
      help,
    );
  }
  for (const pattern of patterns) {
    if (typeof pattern.value !== 'string') {
      const help = operator === ':' && pattern.type !== 'null' ? 'write == to compare with it' : undefined;
      const message = `\`${operator}\` needs a string, but this is ${describe(pattern.type)}`;
      diagnostics.error('type-mismatch', pattern.span, message, help);
    } else if (operator === 'regex' || operator === 'regex~') {
      checkRegex(pattern, pattern.value, operator === 'regex~', context);
    }
  }
}

/** What the regular expressions of one query may take together, as `MAX_PARTS` counts. */
const MAX_REGEX_PARTS = 4_000_000;

function checkRegex({ span }: Literal, text: string, insensitive: boolean, context: CheckContext): void {
  if (context.regexParts > MAX_REGEX_PARTS) {
    context.diagnostics.error(
      'regex-too-complex',
      span,
      'the regular expressions of this query are too complex together',
    );
    return;
  }
  const { problem, parts } = compileRegex(text, insensitive);
  context.regexParts += parts;
  if (!problem) return;
  context.diagnostics.error(
    problem.code,
    span,
    `this regular expression cannot be used: ${problem.message}`,
    problem.help,
  );
}
