import type { FieldCatalogue, FieldType } from '../../base/field.ts';
import type { Expression, Field } from '../ast.ts';
import { findFunction } from '../functions/index.ts';
import { arithmeticType, type ValueType } from '../values/type.ts';

/** What a query needs to know of its fields. */
export interface FieldTypes {
  typeOf(field: Field): ValueType;
  /** The mapping's own type; undefined where there is no catalogue, or it does not have the field. */
  mapped(name: string): FieldType | undefined;
  readonly catalogue: FieldCatalogue | null;
}

/**
 * @param complete the catalogue has every field that any document may have, as a mapping does. An optional field that
 *   it does not have is then the literal null; otherwise the documents may have it all the same.
 */
export function fieldTypes(catalogue: FieldCatalogue | undefined, complete: boolean): FieldTypes {
  const found = new Map<string, FieldType | undefined>();
  const mapped = (name: string) => {
    if (catalogue && !found.has(name)) found.set(name, lookUp(catalogue, name));
    return found.get(name);
  };
  return {
    catalogue: catalogue ?? null,
    mapped,
    typeOf(field) {
      const type = mapped(field.name);
      if (type !== undefined) return VALUE_TYPES[type];
      if (field.name === '@timestamp') return 'date';
      return field.optional && catalogue && complete ? 'null' : 'unknown';
    },
  };
}

/** Below a flattened field, every name is a field of its own. */
function lookUp(catalogue: FieldCatalogue, name: string): FieldType | undefined {
  const type = catalogue.type(name);
  if (type !== undefined) return type;
  for (let dot = name.lastIndexOf('.'); dot > 0; dot = name.lastIndexOf('.', dot - 1)) {
    if (catalogue.type(name.slice(0, dot)) === 'flattened') return 'keyword';
  }
  return undefined;
}

const VALUE_TYPES: Readonly<Record<FieldType, ValueType>> = {
  keyword: 'string',
  wildcard: 'string',
  constant_keyword: 'string',
  text: 'string',
  match_only_text: 'string',
  long: 'integer',
  integer: 'integer',
  short: 'integer',
  byte: 'integer',
  unsigned_long: 'integer',
  double: 'double',
  float: 'double',
  half_float: 'double',
  scaled_float: 'double',
  boolean: 'boolean',
  date: 'date',
  date_nanos: 'date',
  ip: 'ip',
  version: 'version',
  flattened: 'string',
  object: 'unknown',
  nested: 'unknown',
  geo_point: 'unknown',
  binary: 'unknown',
};

/** The type of an expression; `unknown` also where it has an error. */
export function typeOf(expression: Expression, fields: FieldTypes): ValueType {
  switch (expression.kind) {
    case 'literal':
      return expression.type;
    case 'field':
      return fields.typeOf(expression);
    case 'call':
      return findFunction(expression.name)?.returns(expression.args.map((arg) => typeOf(arg, fields))) ?? 'unknown';
    case 'negation':
      return typeOf(expression.operand, fields);
    case 'arithmetic':
      return arithmeticType(typeOf(expression.left, fields), typeOf(expression.right, fields));
    case 'comparison':
    case 'in':
    case 'pattern':
    case 'not':
    case 'and':
    case 'or':
      return 'boolean';
  }
}
