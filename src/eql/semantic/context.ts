import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Diagnostics } from '../codes.ts';
import type { ValueType } from '../values/type.ts';
import type { FieldTypes } from './types.ts';

/** What the checks of one query share. */
export interface CheckContext {
  readonly fields: FieldTypes;
  readonly diagnostics: Diagnostics;
  /** How bad a field is that the catalogue does not have, or that Elasticsearch could not query. */
  readonly unknownFields: Diagnostic['severity'];
  /** Names of fields that have been looked at, where what is wrong with one is only a warning. */
  readonly warned: Set<string>;
  /** What the regular expressions have taken to compile so far. */
  regexParts: number;
  /** Expressions over several fields so far. */
  combining: number;
}

/** A type as words. */
export function describe(type: ValueType): string {
  switch (type) {
    case 'integer':
    case 'double':
      return 'a number';
    case 'ip':
      return 'an IP address';
    case 'null':
      return 'null';
    case 'unknown':
      return 'a value of unknown type';
    default:
      return `a ${type}`;
  }
}
