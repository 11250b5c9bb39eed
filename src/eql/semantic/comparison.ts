import {
  type Comparison,
  type ComparisonOperator,
  distinctFields,
  type Expression,
  type Literal,
  type Membership,
} from '../ast.ts';
import { foldConstants } from '../optimizer/fold.ts';
import { orient } from '../scalar.ts';
import { booleanOrder, toNumber } from '../values/compare.ts';
import { parseDate } from '../values/date.ts';
import { parseBlock, parseIp } from '../values/ip.ts';
import { type CheckContext, describe } from './context.ts';
import { type FieldTypes, typeOf } from './types.ts';

/** One side is a constant, and it can be compared with the other. */
export function checkComparison(expression: Comparison, context: CheckContext): void {
  const { operator, left, right } = orient({
    ...expression,
    left: foldConstants(expression.left, context.fields),
    right: foldConstants(expression.right, context.fields),
  });
  if (right.kind === 'literal') {
    if (left.kind !== 'literal') checkConstant(left, operator, right, context);
    return;
  }
  if (mayBeNull(left, context.fields) && mayBeNull(right, context.fields)) return;
  context.diagnostics.error(
    'field-comparison',
    expression.span,
    'fields cannot be compared with each other',
    'compare each with a constant; to relate events to each other, write a sequence by the field that they share',
  );
}

/** Optional fields that the catalogue does not have: Elasticsearch takes them for null, which may be compared. */
function mayBeNull(expression: Expression, fields: FieldTypes): boolean {
  return expression.kind === 'field' && expression.optional && fields.mapped(expression.name) === undefined;
}

export function checkMembership(expression: Membership, context: CheckContext): void {
  const operand = foldConstants(expression.operand, context.fields);
  for (const value of expression.values) {
    const constant = foldConstants(value, context.fields);
    if (constant.kind === 'literal') {
      if (operand.kind !== 'literal') checkConstant(operand, '==', constant, context);
      continue;
    }
    const [field] = distinctFields(constant);
    const message = `a list holds constants, but this depends on ${field?.name ?? 'a field'}`;
    context.diagnostics.error('field-comparison', value.span, message);
  }
}

/** A constant that can never be what the other side is, is a mistake. */
function checkConstant(side: Expression, operator: ComparisonOperator, constant: Literal, context: CheckContext): void {
  const { value } = constant;
  const { diagnostics } = context;
  if (value === null) return;
  const type = typeOf(side, context.fields);
  const mismatch = (help?: string) => {
    const message = `${nameOf(side)} is ${describe(type)}, which cannot be compared with ${describe(constant.type)}`;
    diagnostics.error('type-mismatch', constant.span, message, help);
  };
  switch (type) {
    case 'integer':
    case 'double':
      if (Number.isNaN(toNumber(value))) mismatch();
      return;
    case 'boolean':
      if (Number.isNaN(booleanOrder(value))) mismatch('write true or false');
      return;
    case 'date':
      if (typeof value === 'boolean') mismatch();
      else if (typeof value === 'string' && parseDate(value) === null) {
        const message = `${JSON.stringify(value)} is not a date`;
        const help =
          'write it as "2024-05-01T10:00:00Z" or as epoch milliseconds; date math such as now-1d is not known here';
        diagnostics.error('invalid-date', constant.span, message, help);
      }
      return;
    case 'ip':
      if (typeof value !== 'string') mismatch('write the address as a string');
      else if (!isAddress(value, operator)) {
        const help = parseBlock(value) ? 'a block can be compared by == or cidrMatch alone' : undefined;
        diagnostics.error('invalid-ip', constant.span, `${JSON.stringify(value)} is not an IP address`, help);
      }
      return;
    case 'version':
      if (typeof value !== 'string') mismatch('write the version as a string');
      return;
    case 'string':
    case 'null':
    case 'unknown':
      return;
  }
}

function isAddress(text: string, operator: ComparisonOperator): boolean {
  if (parseIp(text, new Uint32Array(4))) return true;
  return (operator === '==' || operator === '!=') && parseBlock(text) !== null;
}

function nameOf(expression: Expression): string {
  return expression.kind === 'field' ? expression.name : 'this';
}
