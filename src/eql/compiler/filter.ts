import type { DocumentReader, FieldValue } from '../../base/field.ts';
import { type Condition, type Leaf, leafKey } from '../condition.ts';
import type { KeyReader } from '../runtime/join-key.ts';
import type { FieldTypes } from '../semantic/types.ts';
import { compileLeaf } from './leaf.ts';

/** Whether a document meets a condition. Never throws; allocates nothing but for composed leaves that make strings. */
export type Filter<D> = (document: D) => boolean;

export type Accessor<D> = (document: D) => FieldValue;

/** What conditions of documents of one kind are compiled with. Conditions that share it share their leaves. */
export interface FilterContext<D> {
  readonly reader: DocumentReader<D>;
  readonly fields: FieldTypes;
  /** By `leafKey`. */
  readonly leaves: Map<string, Filter<D>>;
  /** What reads join keys, by the fields of these. */
  readonly keyReaders: Map<string, KeyReader<D>>;
}

/** A context in which nothing has been compiled yet. */
export function newContext<D>(reader: DocumentReader<D>, fields: FieldTypes): FilterContext<D> {
  return { reader, fields, leaves: new Map(), keyReaders: new Map() };
}

/** Closures over accessors: nothing of the condition is looked at again when a document is tested. */
export function compileCondition<D>(condition: Condition, context: FilterContext<D>): Filter<D> {
  return combineLeaves(condition, (leaf) => {
    const key = leafKey(leaf);
    const filter = context.leaves.get(key) ?? compileLeaf(leaf, context);
    context.leaves.set(key, filter);
    return filter;
  });
}

/** The filter of a condition, put together from those of its leaves. */
export function combineLeaves<D>(condition: Condition, filterOf: (leaf: Leaf) => Filter<D>): Filter<D> {
  switch (condition.kind) {
    case 'constant': {
      const { value } = condition;
      return () => value;
    }
    case 'leaf':
      return filterOf(condition.leaf);
    case 'not': {
      const operand = combineLeaves(condition.operand, filterOf);
      return (document) => !operand(document);
    }
    case 'and':
      return conjunction(condition.operands.map((operand) => combineLeaves(operand, filterOf)));
    case 'or':
      return disjunction(condition.operands.map((operand) => combineLeaves(operand, filterOf)));
  }
}

/** Up to six operands are called one by one; a loop over them costs half as much again. */
function conjunction<D>(filters: readonly Filter<D>[]): Filter<D> {
  const [a, b, c, d, e, f] = filters;
  switch (filters.length) {
    case 1:
      return a;
    case 2:
      return (document) => a(document) && b(document);
    case 3:
      return (document) => a(document) && b(document) && c(document);
    case 4:
      return (document) => a(document) && b(document) && c(document) && d(document);
    case 5:
      return (document) => a(document) && b(document) && c(document) && d(document) && e(document);
    case 6:
      return (document) => a(document) && b(document) && c(document) && d(document) && e(document) && f(document);
    default:
      return (document) => {
        for (let i = 0; i < filters.length; i++) {
          if (!filters[i](document)) return false;
        }
        return true;
      };
  }
}

function disjunction<D>(filters: readonly Filter<D>[]): Filter<D> {
  const [a, b, c, d, e, f] = filters;
  switch (filters.length) {
    case 1:
      return a;
    case 2:
      return (document) => a(document) || b(document);
    case 3:
      return (document) => a(document) || b(document) || c(document);
    case 4:
      return (document) => a(document) || b(document) || c(document) || d(document);
    case 5:
      return (document) => a(document) || b(document) || c(document) || d(document) || e(document);
    case 6:
      return (document) => a(document) || b(document) || c(document) || d(document) || e(document) || f(document);
    default:
      return (document) => {
        for (let i = 0; i < filters.length; i++) {
          if (filters[i](document)) return true;
        }
        return false;
      };
  }
}
