import type { Scalar } from '../../base/field.ts';
import type { ComparisonOperator } from '../ast.ts';
import { type DateSpan, millisOf, parseDate } from './date.ts';
import { blockHas, compareIp, parseBlock, parseIp } from './ip.ts';
import type { ValueType } from './type.ts';
import { compareVersions } from './version.ts';

/**
 * By which rules values are compared: those of the field's type. `dynamic` takes the rules from each value, so that
 * a number compares as a number and a string as a string.
 */
export type Domain = 'string' | 'number' | 'boolean' | 'date' | 'ip' | 'version' | 'dynamic';

export function domainOf(type: ValueType): Domain {
  switch (type) {
    case 'integer':
    case 'double':
      return 'number';
    case 'null':
    case 'unknown':
      return 'dynamic';
    default:
      return type;
  }
}

/**
 * Whether `value operator constant` holds. Both are converted to the domain; where that cannot be done, it does not
 * hold. This is the plain form; `compiler/comparison.ts` prepares the constant once.
 */
export function compareValues(domain: Domain, operator: ComparisonOperator, value: Scalar, constant: Scalar): boolean {
  switch (domain) {
    case 'string':
      return holds(operator, compareText(String(value), String(constant)));
    case 'number':
      return holds(operator, toNumber(value) - toNumber(constant));
    case 'boolean':
      return holds(operator, booleanOrder(value) - booleanOrder(constant));
    case 'date':
      return compareDate(operator, millisOf(value), dateSpanOf(constant));
    case 'ip':
      return compareAddress(operator, String(value), String(constant));
    case 'version':
      return holds(operator, compareVersions(String(value), String(constant)));
    case 'dynamic':
      return compareValues(domainOfValue(value), operator, value, constant);
  }
}

function domainOfValue(value: Scalar): Domain {
  return typeof value === 'number' ? 'number' : typeof value === 'boolean' ? 'boolean' : 'string';
}

/** What the sign of a comparison says about an operator. NaN, for what cannot be compared, makes none hold but !=. */
export function holds(operator: ComparisonOperator, order: number): boolean {
  switch (operator) {
    case '==':
      return order === 0;
    case '!=':
      return order !== 0;
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
  }
}

/** By UTF-16 code units. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A number, or a string that is one; NaN for anything else. */
export function toNumber(value: Scalar): number {
  if (typeof value === 'number') return value;
  if (typeof value !== 'string' || value.trim() === '') return Number.NaN;
  return Number(value);
}

/** false is 0 and true is 1; NaN for anything that is neither. */
export function booleanOrder(value: Scalar): number {
  if (value === true || value === 'true') return 1;
  return value === false || value === 'false' ? 0 : Number.NaN;
}

export function dateSpanOf(constant: Scalar): DateSpan | null {
  if (typeof constant === 'string') return parseDate(constant);
  return typeof constant === 'number' ? { first: constant, last: constant } : null;
}

/** See `DateSpan` for which end of the span an operator looks at. */
export function compareDate(operator: ComparisonOperator, millis: number, span: DateSpan | null): boolean {
  if (span === null) return operator === '!=';
  switch (operator) {
    case '==':
      return millis >= span.first && millis <= span.last;
    case '!=':
      return !(millis >= span.first && millis <= span.last);
    case '<':
      return millis < span.first;
    case '<=':
      return millis <= span.last;
    case '>':
      return millis > span.last;
    case '>=':
      return millis >= span.first;
  }
}

const left = new Uint32Array(4);
const right = new Uint32Array(4);

/** An address equals a block that it lies in, as in Elasticsearch's term query on ip fields. */
function compareAddress(operator: ComparisonOperator, value: string, constant: string): boolean {
  if (!parseIp(value, left)) return operator === '!=';
  if (parseIp(constant, right)) return holds(operator, compareIp(left, right));
  const block = operator === '==' || operator === '!=' ? parseBlock(constant) : null;
  if (block === null) return operator === '!=';
  return blockHas(block, left) === (operator === '==');
}
