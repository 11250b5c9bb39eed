/**
 * What a field of a document may hold. Numbers are doubles, as in JSON; dates are strings or epoch milliseconds;
 * `undefined` and `null` both mean that the document has no value there.
 */
export type Scalar = string | number | boolean;
export type FieldValue = Scalar | null | undefined | readonly (Scalar | null)[];

/**
 * How compiled queries read documents of one kind. `field` is asked once a query, when it is compiled; the accessor
 * that it gives is called for every document, so the way to a field is found only once.
 */
export interface DocumentReader<D> {
  /** Null where no document of this kind can have the field. */
  field(name: string): ((document: D) => FieldValue) | null;
  /** Reads many fields at once, where that costs less than one after the other. */
  scan?(names: readonly string[]): FieldScan<D>;
}

/** Many fields of one document after the other. */
export interface FieldScan<D> {
  /** Of the document read last: what the accessor of each field would give, by its number among the names. */
  readonly values: readonly FieldValue[];
  /** The numbers of fields that the document has; `values` has `undefined` for all others. */
  readonly found: readonly number[];
  read(document: D): void;
}

/** The types of fields that are told apart; names are those of Elasticsearch mappings. */
export type FieldType =
  | 'keyword'
  | 'wildcard'
  | 'constant_keyword'
  | 'text'
  | 'match_only_text'
  | 'long'
  | 'integer'
  | 'short'
  | 'byte'
  | 'unsigned_long'
  | 'double'
  | 'float'
  | 'half_float'
  | 'scaled_float'
  | 'boolean'
  | 'date'
  | 'date_nanos'
  | 'ip'
  | 'version'
  | 'object'
  | 'nested'
  | 'flattened'
  | 'geo_point'
  | 'binary';

/** Which fields there are, and of what type. */
export interface FieldCatalogue {
  /** Undefined where the field is not known. */
  type(name: string): FieldType | undefined;
  /** All names, for suggestions. */
  names(): Iterable<string>;
  /** The field holds several values as a rule; undefined where that is not known. (Any field may.) */
  isArray?(name: string): boolean | undefined;
  /** All values that the field is meant to have; undefined where it may have any. */
  expectedValues?(name: string): readonly string[] | undefined;
}
