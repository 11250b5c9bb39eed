import type { FieldValue } from '../../base/field.ts';
import type { ComposedLeaf } from '../condition.ts';
import type { Value } from '../functions/definition.ts';
import { asType, costOf, MAX_COMBINATIONS } from '../values/field.ts';
import type { Filter, FilterContext } from './filter.ts';
import { compileScalar } from './scalar.ts';

/**
 * A leaf that is more than a question to one field. It is evaluated for each combination of its fields' values, a
 * missing field giving null, and holds where one of them gives true.
 */
export function compileComposed<D>(leaf: ComposedLeaf, context: FilterContext<D>): Filter<D> {
  const reads = leaf.fields.map((field) => context.reader.field(field.name));
  const types = leaf.fields.map((field) => context.fields.typeOf(field));
  const slots: Value[] = leaf.fields.map(() => null);
  const names = leaf.fields.map((field) => field.name);
  const evaluate = compileScalar(leaf.expression, { slots, names, fields: context.fields });

  const set = (slot: number, value: FieldValue): void => {
    slots[slot] =
      value === undefined || value === null || typeof value === 'object' ? null : asType(types[slot], value);
  };
  let left = 0;
  const holdsFrom = (slot: number, document: D): boolean => {
    if (left <= 0) return false;
    if (slot === slots.length) {
      left -= costOf(slots);
      return evaluate() === true;
    }
    const read = reads[slot];
    const value = read === null ? null : read(document);
    if (typeof value !== 'object' || value === null) {
      set(slot, value);
      return holdsFrom(slot + 1, document);
    }
    let isEmpty = true;
    for (const item of value) {
      if (item === null) continue;
      if (left <= 0) return false;
      isEmpty = false;
      set(slot, item);
      if (holdsFrom(slot + 1, document)) return true;
    }
    set(slot, null);
    return isEmpty && holdsFrom(slot + 1, document);
  };
  return (document) => {
    left = MAX_COMBINATIONS;
    return holdsFrom(0, document);
  };
}
