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
  /** Tells documents of different shapes apart, where that costs less than to look for what they do not have. */
  shapes?(): (document: D) => Shape | null;
}

/** What documents that are built alike may have. The same object for all documents of one shape. */
export interface Shape {
  /** False: no document of this shape has the field. */
  mayHave(field: string): boolean;
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
