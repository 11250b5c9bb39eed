import type { FieldValue, Scalar } from '../../base/field.ts';
import { booleanOrder, toNumber } from './compare.ts';
import type { ValueType } from './type.ts';

/** Combinations of several fields' values that one expression is evaluated for; those beyond are not looked at. */
export const MAX_COMBINATIONS = 10_000;

/** What a combination takes of `MAX_COMBINATIONS`: long texts count for more, since an expression goes through them. */
export function costOf(values: Iterable<Scalar | null>): number {
  let cost = 1;
  for (const value of values) if (typeof value === 'string') cost += value.length >>> 10;
  return cost;
}

/** No value: absent, null, an empty array, or an array of nulls. */
export function isMissing(value: FieldValue): boolean {
  if (value === undefined || value === null) return true;
  return typeof value === 'object' && value.every((item) => item === null);
}

/** The values of a field, one after the other; none where it is missing. */
export function valuesOf(value: FieldValue): readonly Scalar[] {
  if (value === undefined || value === null) return [];
  return typeof value === 'object' ? value.filter((item) => item !== null) : [value];
}

/**
 * A document's value as the field's type has it: "80" in a number is 80, and 80 in a keyword is "80". Null where it
 * cannot be that.
 */
export function asType(type: ValueType, value: Scalar): Scalar | null {
  switch (type) {
    case 'string':
    case 'ip':
    case 'version':
      return String(value);
    case 'integer':
    case 'double': {
      const number = toNumber(value);
      return Number.isNaN(number) ? null : number;
    }
    case 'boolean': {
      const order = booleanOrder(value);
      return Number.isNaN(order) ? null : order === 1;
    }
    case 'date':
    case 'null':
    case 'unknown':
      return value;
  }
}
