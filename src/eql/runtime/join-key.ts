import type { Scalar } from '../../base/field.ts';
import type { Field } from '../ast.ts';
import type { FilterContext } from '../compiler/filter.ts';
import { millisOf } from '../values/date.ts';
import { asType } from '../values/field.ts';
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
export interface Keys {
  readonly list: readonly JoinKey[];
  /** There are more, which are not looked at. */
  readonly isCut: boolean;
}

export type KeyReader<D> = (document: D) => Keys;

/** Join keys of one event that are looked at. Each takes part in sequences or samples of its own. */
const MAX_KEYS = 1000;

const NO_KEYS: Keys = { list: [], isCut: false };
const WITHOUT_FIELDS: Keys = { list: [{ id: '', values: [] }], isCut: false };

/** The same reader for the same fields, which reads them of a document once. */
export function keyReader<D>(fields: readonly Field[], context: FilterContext<D>): KeyReader<D> {
  const id = JSON.stringify(fields.map(({ name, optional }) => [name, optional]));
  const known = context.keyReaders.get(id);
  if (known !== undefined) return known;
  const reader = newReader(fields, context);
  context.keyReaders.set(id, reader);
  return reader;
}

function newReader<D>(fields: readonly Field[], context: FilterContext<D>): KeyReader<D> {
  if (fields.length === 0) return () => WITHOUT_FIELDS;
  const parts = fields.map((field) => partReader(field, context));
  // Several steps, and several rules, ask for the keys of a document one after the other.
  let asked: D | null = null;
  let keys = NO_KEYS;
  return (document) => {
    if (document !== asked) {
      keys = combined(parts, document);
      asked = document;
    }
    return keys;
  };
}

/** Each value of a field with each of the others. */
function combined<D>(parts: readonly PartReader<D>[], document: D): Keys {
  if (parts.length === 1) {
    const values = parts[0](document);
    const isCut = values.length > MAX_KEYS;
    const some = isCut ? values.slice(0, MAX_KEYS) : values;
    return { list: some.map(({ id, value }) => ({ id, values: [value] })), isCut };
  }
  let isCut = false;
  let list = WITHOUT_FIELDS.list;
  for (const read of parts) {
    const values = read(document);
    if (values.length === 0) return NO_KEYS;
    isCut ||= list.length * values.length > MAX_KEYS;
    list = extendedBy(list, values);
  }
  return { list, isCut };
}

/** The first `MAX_KEYS` of each key with each value. */
function extendedBy(keys: readonly JoinKey[], values: readonly Part[]): readonly JoinKey[] {
  const found: JoinKey[] = [];
  for (const key of keys) {
    for (const part of values) {
      if (found.length === MAX_KEYS) return found;
      found.push(extended(key, part));
    }
  }
  return found;
}

/** With its length, so that the parts of a key cannot run into one another. */
function extended(key: JoinKey, part: Part): JoinKey {
  return { id: `${key.id}${part.id.length}:${part.id}`, values: [...key.values, part.value] };
}

interface Part {
  readonly id: string;
  readonly value: Scalar | null;
}

type PartReader<D> = (document: D) => readonly Part[];

const NO_VALUES: readonly Part[] = [];
const NULL: readonly Part[] = [{ id: '-', value: null }];

/** The distinct values of one field, no more than are looked at and one. */
function partReader<D>(field: Field, context: FilterContext<D>): PartReader<D> {
  const none = field.optional ? NULL : NO_VALUES;
  const access = context.reader.field(field.name);
  const type = context.fields.typeOf(field);
  if (access === null || type === 'null') return () => none;
  return (document) => {
    const value = access(document);
    const found = typeof value === 'object' && value !== null ? distinctParts(type, value) : onlyPart(type, value);
    return found.length === 0 ? none : found;
  };
}

function onlyPart(type: ValueType, value: Scalar | null | undefined): readonly Part[] {
  const part = value === undefined || value === null ? null : partOf(type, value);
  return part === null ? NO_VALUES : [part];
}

function distinctParts(type: ValueType, values: readonly (Scalar | null)[]): readonly Part[] {
  const found = new Map<string, Part>();
  for (const value of values) {
    const part = value === null ? null : partOf(type, value);
    if (part !== null) found.set(part.id, part);
    if (found.size > MAX_KEYS) break;
  }
  return [...found.values()];
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
