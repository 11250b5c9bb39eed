import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import type { DocumentReader, FieldValue } from '../base/field.ts';
import type { EventFilter, Query } from './ast.ts';
import { type CheckedQuery, type CheckOptions, check, DEFAULT_CATEGORY_FIELD, fieldTypesOf } from './check.ts';
import { Diagnostics } from './codes.ts';
import { compileCondition, type Filter, type FilterContext, newContext } from './compiler/filter.ts';
import { type Condition, printCondition } from './condition.ts';
import { type Evidence, Explainer, type Explanation } from './explain.ts';
import type { Read } from './interpreter.ts';
import { foldConstants } from './optimizer/fold.ts';
import { lower } from './optimizer/lower.ts';
import { reorder } from './optimizer/reorder.ts';
import type { FieldTypes } from './semantic/types.ts';
import { domainOf } from './values/compare.ts';

export interface CompileOptions<D> extends CheckOptions {
  reader: DocumentReader<D>;
}

/** An event query, or a step of a sequence or sample, ready to be asked about documents. */
export interface CompiledFilter<D> {
  /** What `matches` asks. */
  readonly condition: Condition;
  /** Never throws. */
  matches(document: D): boolean;
  /** For a document that matches: the clauses that made it match, in source order. */
  evidence(document: D): Evidence[];
  /** The filter with what each part of it says about the document. */
  explain(document: D): Explanation;
  /** What `matches` does, in order, as text. */
  plan(): string;
}

export interface Matcher<D> extends CompiledFilter<D> {
  readonly query: Query;
}

export interface Compiled<D> {
  /** Null where there are errors, and for sequences, samples and pipes, which look at more than one event. */
  readonly matcher: Matcher<D> | null;
  readonly diagnostics: Diagnostic[];
}

/** Parses, checks and compiles an event query. */
export function compile<D>(text: string, options: CompileOptions<D>): Compiled<D> {
  return compileChecked(check(text, options), options.reader);
}

/** Compiles an event query that has been checked. @param context of queries that share their parts */
export function compileChecked<D>(
  checked: CheckedQuery,
  reader: DocumentReader<D>,
  context: FilterContext<D> = filterContext({ ...checked.options, reader }),
): Compiled<D> {
  const { text, query, diagnostics, options } = checked;
  if (!query || hasErrors(diagnostics)) return { matcher: null, diagnostics };
  if (query.kind !== 'event' || query.pipes.length > 0) {
    return { matcher: null, diagnostics: [...diagnostics, notAnEventQuery(query)] };
  }
  const categoryField = options.eventCategoryField ?? DEFAULT_CATEGORY_FIELD;
  return { matcher: { query, ...compiledFilter(text, query.filter, context, categoryField) }, diagnostics };
}

/**
 * Compiles the filter of an event query, or of a step. It has been checked.
 * @param text of the query that the filter is of
 */
export function compiledFilter<D>(
  text: string,
  filter: EventFilter,
  context: FilterContext<D>,
  categoryField: string,
): CompiledFilter<D> {
  const { reader, fields } = context;
  const condition = conditionOf(filter, categoryField, fields);
  // Compiled when first asked: a plan for many filters may do without.
  let compiled: Filter<D> | null = null;
  // Made when first asked for: most queries match nothing.
  let made: Explainer | null = null;
  const explainer = () => {
    made ??= new Explainer(text, filter, categoryField, fields);
    return made;
  };
  return {
    condition,
    matches: (document) => {
      compiled ??= compileCondition(condition, context);
      return compiled(document);
    },
    evidence: (document) => explainer().evidence(readerOf(reader, document)),
    explain: (document) => explainer().explain(readerOf(reader, document)),
    plan: () => printCondition(condition),
  };
}

/** What filters of one kind of document are compiled with; those that share it share their leaves. */
export function filterContext<D>(options: CompileOptions<D>): FilterContext<D> {
  return newContext(options.reader, fieldTypesOf(options));
}

/** Condition and category in one, in the order in which they are evaluated: the category comes late, as it is an array. */
export function conditionOf(filter: EventFilter, categoryField: string, fields: FieldTypes): Condition {
  const condition = lower(foldConstants(filter.condition, fields), fields);
  if (filter.category === null) return reorder(condition);
  if (condition.kind === 'constant' && !condition.value) return condition;
  const field = { kind: 'field', name: categoryField, optional: false, span: filter.categorySpan } as const;
  const domain = domainOf(fields.typeOf(field));
  const category: Condition = {
    kind: 'leaf',
    leaf: { kind: 'comparison', field: categoryField, domain, operator: '==', value: filter.category },
  };
  return condition.kind === 'constant' ? category : reorder({ kind: 'and', operands: [condition, category] });
}

function readerOf<D>(reader: DocumentReader<D>, document: D): Read {
  return (name): FieldValue => reader.field(name)?.(document);
}

function notAnEventQuery(query: Query): Diagnostic {
  const diagnostics = new Diagnostics();
  const pipe = query.pipes[0];
  const help = 'only event queries, "category where condition", can be run here: they decide on each event by itself';
  if (query.kind !== 'event') {
    diagnostics.error('not-an-event-query', query.span, `this is a ${query.kind}, which relates several events`, help);
  } else {
    diagnostics.error('not-an-event-query', pipe.span, `this is a pipe (${pipe.name}), which counts events`, help);
  }
  return diagnostics.list()[0];
}
