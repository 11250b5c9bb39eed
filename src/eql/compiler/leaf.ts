import type { Scalar } from '../../base/field.ts';
import type { Leaf } from '../condition.ts';
import { patternTest } from '../pattern.ts';
import type { Domain } from '../values/compare.ts';
import { isMissing } from '../values/field.ts';
import type { TextTest } from '../wildcard/general.ts';
import { comparisonTest, memberTest, type ScalarTest } from './comparison.ts';
import { compileComposed } from './composed.ts';
import type { Accessor, Filter, FilterContext } from './filter.ts';

export function compileLeaf<D>(leaf: Leaf, context: FilterContext<D>): Filter<D> {
  if (leaf.kind === 'composed') return compileComposed(leaf, context);
  const read = context.reader.field(leaf.field);
  if (read === null) return leaf.kind === 'missing' ? () => true : () => false;
  switch (leaf.kind) {
    case 'missing':
      return (document) => isMissing(read(document));
    case 'comparison':
      if (leaf.operator === '==' && typeof leaf.value === 'string' && isTextual(leaf.domain)) {
        return equalsText(read, leaf.value, comparisonTest(leaf));
      }
      return anyValue(read, comparisonTest(leaf));
    case 'member':
      return anyValue(read, memberTest(leaf));
    case 'pattern':
      return anyText(read, patternTest(leaf.operator, leaf.patterns), leaf.domain !== 'dynamic');
  }
}

/** Strings are compared as they are. */
function isTextual(domain: Domain): boolean {
  return domain === 'string' || domain === 'dynamic';
}

/** The usual case first: one string, most often of another length. `test` says the same, for any value. */
function equalsText<D>(read: Accessor<D>, text: string, test: ScalarTest): Filter<D> {
  const { length } = text;
  return (document) => {
    const value = read(document);
    if (typeof value === 'string') return value.length === length && value === text;
    if (value === undefined || value === null) return false;
    return typeof value === 'object' ? anyOf(value, test) : test(value);
  };
}

function anyValue<D>(read: Accessor<D>, test: ScalarTest): Filter<D> {
  return (document) => {
    const value = read(document);
    if (value === undefined || value === null) return false;
    return typeof value === 'object' ? anyOf(value, test) : test(value);
  };
}

/** @param mapped the field holds strings, so a number among its values is the string of it */
function anyText<D>(read: Accessor<D>, test: TextTest, mapped: boolean): Filter<D> {
  const testScalar = mapped
    ? (value: Scalar) => test(String(value))
    : (value: Scalar) => typeof value === 'string' && test(value);
  return (document) => {
    const value = read(document);
    if (typeof value === 'string') return test(value);
    if (value === undefined || value === null) return false;
    return typeof value === 'object' ? anyOf(value, testScalar) : testScalar(value);
  };
}

function anyOf(values: readonly (Scalar | null)[], test: ScalarTest): boolean {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (value !== null && test(value)) return true;
  }
  return false;
}
