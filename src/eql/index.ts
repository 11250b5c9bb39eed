/**
 * Elastic's Event Query Language: parser, checks, and matchers for event queries. Knows no schema: which fields there are,
 * of which types, and how documents are read is handed in.
 */
export type { Diagnostic, Span } from '../base/diagnostic.ts';
export type { DocumentReader, FieldCatalogue, FieldType, FieldValue, Scalar, Shape } from '../base/field.ts';
export { type JsonDocument, jsonReader } from '../base/json-document.ts';
export type * from './ast.ts';
export { childrenOf, filtersOf } from './ast.ts';
export { type CheckedQuery, type CheckOptions, check } from './check.ts';
export { CODES } from './codes.ts';
export {
  type Compiled,
  type CompiledFilter,
  type CompileOptions,
  compile,
  compileChecked,
  compiledFilter,
  filterContext,
  type Matcher,
} from './compile.ts';
export type { Filter, FilterContext } from './compiler/filter.ts';
export { type Condition, needsField } from './condition.ts';
export { type Example, exampleOf } from './example/example.ts';
export type { ExampleOptions } from './example/maker.ts';
export { type NearMiss, type NearMisses, nearMissesOf } from './example/near-miss.ts';
export type { Evidence, Explanation } from './explain.ts';
export { fieldsOf, requiredFieldsOf } from './fields.ts';
export { format } from './format/query.ts';
export { isSameQuery } from './format/same-query.ts';
export { parse } from './parser/parse.ts';
export { SharedPlan } from './plan/shared-plan.ts';
export type { Losses } from './runtime/losses.ts';
export {
  type CompiledSearch,
  compileSearch,
  type Found,
  type Search,
  SearchLimitError,
  type SearchOptions,
} from './runtime/search.ts';
export type { ResultPosition } from './runtime/selection.ts';
export {
  type FoundSequence,
  type SavedStream,
  SequenceStream,
  STREAM_LIMITS,
  type StreamCounts,
  type StreamLimits,
} from './runtime/sequence-stream.ts';
export { compileStream, type StreamOptions, type StreamQuery } from './runtime/stream-query.ts';
