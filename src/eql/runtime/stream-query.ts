import { type Diagnostic, hasErrors } from '../../base/diagnostic.ts';
import { filtersOf, type SequenceQuery } from '../ast.ts';
import { type CheckedQuery, DEFAULT_CATEGORY_FIELD } from '../check.ts';
import { type CompiledFilter, compiledFilter, filterContext } from '../compile.ts';
import type { FilterContext } from '../compiler/filter.ts';
import { type OrderOptions, Placer } from './placer.ts';
import { sequencePlan } from './sequence-plan.ts';
import { type FoundSequence, SequenceStream, type StreamLimits } from './sequence-stream.ts';

export interface StreamOptions<D> extends OrderOptions<D> {
  readonly limits?: Partial<StreamLimits>;
  /** Of queries that share their parts. */
  readonly context?: FilterContext<D>;
}

/** A sequence query that looks at a stream of events. */
export interface StreamQuery<D> {
  readonly query: SequenceQuery;
  /** One for each step and `until`, in source order. */
  readonly filters: readonly CompiledFilter<D>[];
  readonly stream: SequenceStream<D>;
}

/**
 * Compiles a sequence query that has been checked.
 * @param onFound told of each sequence once it is certain
 */
export function compileStream<D>(
  checked: CheckedQuery,
  options: StreamOptions<D>,
  onFound: (sequence: FoundSequence<D>) => void,
): { readonly compiled: StreamQuery<D> | null; readonly diagnostics: Diagnostic[] } {
  const { text, query, diagnostics, options: checkOptions } = checked;
  if (query?.kind !== 'sequence' || hasErrors(diagnostics)) return { compiled: null, diagnostics };
  const context = options.context ?? filterContext({ ...checkOptions, reader: options.reader });
  const categoryField = checkOptions.eventCategoryField ?? DEFAULT_CATEGORY_FIELD;
  const filters = new Map(
    filtersOf(query).map((filter) => [filter, compiledFilter(text, filter, context, categoryField)]),
  );
  const plan = sequencePlan(query, context, (filter) => filters.get(filter)?.matches ?? (() => false));
  const stream = new SequenceStream(plan, new Placer<D>(options), onFound, options.limits);
  return { compiled: { query, filters: [...filters.values()], stream }, diagnostics };
}
