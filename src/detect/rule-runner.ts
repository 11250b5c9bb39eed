import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import type { DocumentReader } from '../base/field.ts';
import type { Event } from '../ecs/event.ts';
import {
  type CheckedQuery,
  type CompiledFilter,
  compileChecked,
  compileSearch,
  compileStream,
  type FilterContext,
  type Query,
  type SequenceQuery,
  type StreamCounts,
  type StreamLimits,
} from '../eql/index.ts';
import type { EqlRule } from '../rules/rule.ts';
import type { MatchedEvent } from './alert.ts';

/** A rule at work: is told of the events that may concern it, and hands on the events of each match. */
export interface RuleRunner<E extends Event> {
  readonly rule: EqlRule;
  readonly query: Query;
  /** What an event must be, one filter for each of `filtersOf(query)`. */
  readonly filters: readonly CompiledFilter<E>[];
  /** @param met the numbers of the filters that the event meets, at least one; good for this call alone */
  take(event: E, met: readonly number[]): void;
  /** It is now that time, in epoch milliseconds, or later. */
  tick(time: number): void;
  /** No more events will come. */
  end(): void;
  /** Null where the rule looks at each event by itself. */
  readonly counts: StreamCounts | null;
}

export type OnMatch<E extends Event> = (rule: EqlRule, events: readonly MatchedEvent<E>[]) => void;

export interface RunnerOptions<E extends Event> {
  readonly reader: DocumentReader<E>;
  /** What all rules share. */
  readonly context: FilterContext<E>;
  readonly limits: Partial<StreamLimits>;
  readonly onMatch: OnMatch<E>;
}

/** Pipes of a rule's query have no say: every match makes an alert. */
export function runnerOf<E extends Event>(
  rule: EqlRule,
  checked: CheckedQuery,
  options: RunnerOptions<E>,
): { readonly runner: RuleRunner<E> | null; readonly diagnostics: readonly Diagnostic[] } {
  const { query, diagnostics } = checked;
  if (query === null || hasErrors(diagnostics)) return { runner: null, diagnostics };
  switch (query.kind) {
    case 'event':
      return { runner: eventRunner(rule, { ...checked, query: { ...query, pipes: [] } }, options), diagnostics };
    case 'sequence':
      return { runner: sequenceRunner(rule, query, checked, options), diagnostics };
    case 'sample':
      return { runner: sampleRunner(rule, query, checked, options), diagnostics };
  }
}

const NOTHING = (): void => {};

function eventRunner<E extends Event>(
  rule: EqlRule,
  checked: CheckedQuery,
  { reader, context, onMatch }: RunnerOptions<E>,
): RuleRunner<E> | null {
  const { matcher } = compileChecked(checked, reader, context);
  if (matcher === null) return null;
  return {
    rule,
    query: matcher.query,
    filters: [matcher],
    take: (event) => {
      event.keep();
      onMatch(rule, [{ event, evidence: () => matcher.evidence(event) }]);
    },
    tick: NOTHING,
    end: NOTHING,
    counts: null,
  };
}

function sequenceRunner<E extends Event>(
  rule: EqlRule,
  query: SequenceQuery,
  checked: CheckedQuery,
  { reader, context, limits, onMatch }: RunnerOptions<E>,
): RuleRunner<E> | null {
  const steps = query.steps.flatMap((step, number) => new Array<number>(step.runs).fill(number));
  const { compiled } = compileStream<E>(checked, { reader, context, limits, ...orderOf(rule) }, ({ documents }) =>
    onMatch(
      rule,
      documents.flatMap((event, index) => (event === null ? [] : [matched(event, filters[steps[index]])])),
    ),
  );
  if (compiled === null) return null;
  const { stream, filters } = compiled;
  return {
    rule,
    query,
    filters,
    take: (event, met) => stream.add(event, met),
    tick: (time) => stream.tick(time),
    end: () => stream.end(),
    get counts() {
      return stream.counts;
    },
  };
}

/** Samples have no order, so they are looked for when all events are there. */
function sampleRunner<E extends Event>(
  rule: EqlRule,
  query: Query,
  checked: CheckedQuery,
  { reader, onMatch }: RunnerOptions<E>,
): RuleRunner<E> | null {
  const size = rule.max_signals;
  const { search } = compileSearch<E>(checked.text, { ...checked.options, reader, size, ...orderOf(rule) });
  if (search === null) return null;
  const { filters } = search;
  return {
    rule,
    query,
    filters,
    take: (event) => search.add(event),
    tick: NOTHING,
    end: () => {
      for (const found of search.results()) {
        if (found.kind === 'event') continue;
        onMatch(
          rule,
          found.documents.flatMap((event, step) => (event === null ? [] : [matched(event, filters[step])])),
        );
      }
    },
    get counts() {
      return { late: 0, hurried: 0, ...search.losses };
    },
  };
}

function matched<E extends Event>(event: E, filter: CompiledFilter<E>): MatchedEvent<E> {
  return { event, evidence: () => filter.evidence(event) };
}

function orderOf(rule: EqlRule) {
  const { timestamp_field: time, tiebreaker_field: tiebreakerField } = rule;
  return {
    hold: (event: Event) => event.keep(),
    ...(time === undefined || time === '@timestamp'
      ? { timestamp: (event: Event) => (event.time === 0 ? Number.NaN : event.time / 1000) }
      : { timestampField: time }),
    ...(tiebreakerField !== undefined && { tiebreakerField }),
  };
}
