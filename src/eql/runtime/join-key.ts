import type { Scalar } from '../../base/field.ts';
import type { Field } from '../ast.ts';
import type { FilterContext } from '../compiler/filter.ts';
import { millisOf } from '../values/date.ts';
import { asType, MAX_COMBINATIONS, valuesOf } from '../values/field.ts';
import { parseIp } from '../values/ip.ts';
import type { ValueType } from '../values/type.ts';

/** What the events of one sequence or sample have in common. */
export interface JoinKey {
  /** The same for keys that are equal, and for no others. */
  readonly id: string;
  /** A value for each field behind `by`; null where an optional field has none. */
  readonly values: readonly (Scalar | null)[];
}

/** The keys of a document: none where a field that is not optional has no value, several where fields have several. */
export type KeyReader<D> = (document: D) => readonly JoinKey[];

const NO_KEYS: readonly JoinKey[] = [];
const WITHOUT_FIELDS: readonly JoinKey[] = [{ id: '', values: [] }];

/** The same reader for the same fields, which reads them of a document once. */
export function keyReader<D>(fields: readonly Field[], context: FilterContext<D>): KeyReader<D> {
  const id = JSON.stringify(fields.map(({ name, optional }) => [name, optional]));
  const known = context.keyReaders.get(id);
  if (known !== undefined) return known;
  const read = newReader(fields, context);
  let last: { readonly document: D; readonly keys: readonly JoinKey[] } | null = null;
  const reader: KeyReader<D> = (document) => {
    if (last?.document !== document) last = { document, keys: read(document) };
    return last.keys;
  };
  context.keyReaders.set(id, reader);
  return reader;
}

function newReader<D>(fields: readonly Field[], context: FilterContext<D>): KeyReader<D> {
  if (fields.length === 0) return () => WITHOUT_FIELDS;
  const parts = fields.map((field) => partReader(field, context));
  if (parts.length === 1) {
    const [read] = parts;
    return (document) => read(document).map((part) => ({ id: part.id, values: [part.value] }));
  }
  return (document) => {
    let keys: JoinKey[] = [{ id: '', values: [] }];
    for (const read of parts) {
      const values = read(document);
      if (values.length === 0) return NO_KEYS;
      keys = keys.flatMap((key) => values.map((part) => extended(key, part))).slice(0, MAX_COMBINATIONS);
    }
    return keys;
  };
}

/** With its length, so that the parts of a key cannot run into one another. */
function extended(key: JoinKey, part: Part): JoinKey {
  return { id: `${key.id}${part.id.length}:${part.id}`, values: [...key.values, part.value] };
}

interface Part {
  readonly id: string;
  readonly value: Scalar | null;
}

const NO_VALUES: readonly Part[] = [];
const NULL: readonly Part[] = [{ id: '-', value: null }];

/** The distinct values of one field. */
function partReader<D>(field: Field, context: FilterContext<D>): (document: D) => readonly Part[] {
  const none = field.optional ? NULL : NO_VALUES;
  const access = context.reader.field(field.name);
  const type = context.fields.typeOf(field);
  if (access === null || type === 'null') return () => none;
  return (document) => {
    const value = access(document);
    if (typeof value === 'object' && value !== null) {
      const found = new Map(
        valuesOf(value)
          .map((one) => partOf(type, one))
          .flatMap((part) => (part ? [[part.id, part]] : [])),
      );
      return found.size === 0 ? none : [...found.values()];
    }
    const part = value === undefined || value === null ? null : partOf(type, value);
    return part === null ? none : [part];
  };
}

/** Null where the value is none of the field's type. */
function partOf(type: ValueType, value: Scalar): Part | null {
  if (type === 'ip') return { id: `i${ipId(String(value))}`, value };
  if (type === 'date') {
    const millis = millisOf(value);
    return Number.isNaN(millis) ? null : { id: `n${millis}`, value: millis };
  }
  const typed = asType(type, value);
  if (typed === null) return null;
  return { id: `${(typeof typed)[0]}${typed}`, value: typed };
}

const words = new Uint32Array(4);

/** The same for all spellings of an address. */
function ipId(text: string): string {
  return parseIp(text, words) ? words.join() : text;
}
