import { type Diagnostic, hasErrors } from '../../base/diagnostic.ts';
import type { Scalar } from '../../base/field.ts';
import { type EventFilter, filtersOf, type Query, type SampleQuery, type SequenceQuery } from '../ast.ts';
import { type CheckedQuery, type CheckOptions, check, DEFAULT_CATEGORY_FIELD } from '../check.ts';
import { type CompiledFilter, compiledFilter, filterContext } from '../compile.ts';
import type { Filter } from '../compiler/filter.ts';
import { Absences } from './absences.ts';
import type { JoinKey } from './join-key.ts';
import { type Losses, noLosses } from './losses.ts';
import { comparePlaced, type Placed } from './placed.ts';
import { type OrderOptions, Placer } from './placer.ts';
import { SampleFinder } from './samples.ts';
import { limited, type ResultPosition, Selection } from './selection.ts';
import { type CompleteSequence, SequenceMachine, stepsOf } from './sequence-machine.ts';
import { keysOf, placeIn, type SequenceEvent, type SequencePlan, sequencePlan } from './sequence-plan.ts';

export interface SearchOptions<D> extends CheckOptions, OrderOptions<D> {
  /** Results at most; 10 by default. */
  readonly size?: number;
  /** Which results are kept where there are more; the last by default. */
  readonly resultPosition?: ResultPosition;
  /** Samples at most that have the same join key; 1 by default. */
  readonly maxSamplesPerKey?: number;
}

/** What a query found: an event, or the events of a sequence or sample. */
export type Found<D> =
  | { readonly kind: 'event'; readonly document: D }
  | {
      readonly kind: 'sequence';
      readonly joinKeys: readonly (Scalar | null)[];
      /** For each step, runs counted each; null for an event that is missing. */
      readonly documents: readonly (D | null)[];
    };

/** A query over a finite set of documents: all are added, in any order, and then come the results. */
export interface Search<D> {
  readonly query: Query;
  /** What an event must be: one filter, or one for each step and `until`, in source order. */
  readonly filters: readonly CompiledFilter<D>[];
  /** @throws SearchLimitError */
  add(document: D): void;
  /** By time, and of those that there are as many as pipes and size leave. */
  results(): Found<D>[];
  /** Results that there were before pipes and size; known after `results`. */
  readonly count: number;
  /** What there was no room for; known after `results`. */
  readonly losses: Losses;
}

/** More documents match steps of a sequence or sample than are held. */
export class SearchLimitError extends Error {
  override readonly name = 'SearchLimitError';
}

/** Events that sequences in the making have at most, all together. */
const MAX_PARTIALS = 2_000_000;

/** Documents of a sequence or sample that are held at most: those that match one of its steps, by each of their join keys; and times of missing ones. */
const MAX_HELD = 5_000_000;

export interface CompiledSearch<D> {
  /** Null where there are errors. */
  readonly search: Search<D> | null;
  readonly diagnostics: Diagnostic[];
}

/** Parses, checks and compiles a query of any kind. */
export function compileSearch<D>(text: string, options: SearchOptions<D>): CompiledSearch<D> {
  return searchChecked(check(text, options), options);
}

/** Compiles a query of any kind that has been checked. */
export function searchChecked<D>(
  { text, query, diagnostics, options: checkOptions }: CheckedQuery,
  given: Omit<SearchOptions<D>, keyof CheckOptions>,
): CompiledSearch<D> {
  if (query === null || hasErrors(diagnostics)) return { search: null, diagnostics };
  const options: SearchOptions<D> = { ...given, ...checkOptions };
  const context = filterContext(options);
  const categoryField = options.eventCategoryField ?? DEFAULT_CATEGORY_FIELD;
  const compiled = new Map(
    filtersOf(query).map((filter) => [filter, compiledFilter(text, filter, context, categoryField)]),
  );
  const compile = (filter: EventFilter): Filter<D> => compiled.get(filter)?.matches ?? (() => false);
  const common: Common<D> = {
    filters: [...compiled.values()],
    placer: new Placer<D>(options),
    selection: new Selection<Found<D>>(query.pipes, options.size ?? 10, options.resultPosition ?? 'tail'),
  };
  switch (query.kind) {
    case 'event':
      return { search: new EventSearch(query, common), diagnostics };
    case 'sequence':
      return { search: new SequenceSearch(query, sequencePlan(query, context, compile), common), diagnostics };
    case 'sample': {
      const finder = new SampleFinder(query, context, compile);
      return { search: new SampleSearch(query, finder, options.maxSamplesPerKey ?? 1, common), diagnostics };
    }
  }
}

/** What searches of every kind have. */
interface Common<D> {
  readonly filters: readonly CompiledFilter<D>[];
  readonly placer: Placer<D>;
  readonly selection: Selection<Found<D>>;
}

class EventSearch<D> implements Search<D> {
  readonly query: Query;
  readonly filters: readonly CompiledFilter<D>[];
  readonly #matches: Filter<D>;
  readonly #placer: Placer<D>;
  readonly #selection: Selection<Found<D>>;
  #held: Placed<D>[] = [];
  readonly losses = noLosses();
  count = 0;

  constructor(query: Query, { filters, placer, selection }: Common<D>) {
    this.query = query;
    this.filters = filters;
    this.#matches = filters[0].matches;
    this.#placer = placer;
    this.#selection = selection;
  }

  add(document: D): void {
    if (!this.#matches(document)) return;
    this.count++;
    this.#held.push(this.#placer.place(document));
    // Memory holds at most twice what is asked for, and a thousand more.
    const { end, count } = this.#selection.first;
    if (this.#held.length <= 2 * count + 1000) return;
    this.#held = limited(this.#held.sort(comparePlaced), end, count);
  }

  results(): Found<D>[] {
    for (const { document } of this.#held.sort(comparePlaced)) this.#selection.add({ kind: 'event', document });
    return this.#selection.results();
  }
}

function limitError(): SearchLimitError {
  return new SearchLimitError(`more than ${MAX_HELD} documents match the steps of the query; narrow its conditions`);
}

class SequenceSearch<D> implements Search<D> {
  readonly query: SequenceQuery;
  readonly filters: readonly CompiledFilter<D>[];
  readonly #plan: SequencePlan<D>;
  readonly #placer: Placer<D>;
  readonly #held: SequenceEvent<D>[] = [];
  #keys = 0;
  readonly #selection: Selection<Found<D>>;

  constructor(query: SequenceQuery, plan: SequencePlan<D>, { filters, placer, selection }: Common<D>) {
    this.query = query;
    this.filters = filters;
    this.#plan = plan;
    this.#placer = placer;
    this.#selection = selection;
  }

  get count(): number {
    return this.#selection.count;
  }

  get losses(): Losses {
    return this.#plan.losses;
  }

  add(document: D): void {
    const event = placeIn(this.#plan, this.#placer, document);
    if (event === null) return;
    this.#keys += keysOf(event);
    if (this.#keys > MAX_HELD) throw limitError();
    this.#held.push(event);
  }

  results(): Found<D>[] {
    const events = this.#held.sort(comparePlaced);
    const absences = new Absences(this.#plan, MAX_HELD);
    for (const event of events) absences.add(event);
    const machine = new SequenceMachine(this.#plan, { partials: MAX_PARTIALS }, (sequence) => {
      if (absences.permit(sequence)) this.#selection.add(foundSequence(this.#plan, sequence));
    });
    for (const event of events) machine.add(event);
    return this.#selection.results();
  }
}

class SampleSearch<D> implements Search<D> {
  readonly query: SampleQuery;
  readonly filters: readonly CompiledFilter<D>[];
  readonly #finder: SampleFinder<D>;
  readonly #perKey: number;
  readonly #placer: Placer<D>;
  /** As they came. */
  readonly #held: Placed<D>[] = [];
  readonly #selection: Selection<Found<D>>;

  constructor(query: SampleQuery, finder: SampleFinder<D>, perKey: number, { filters, placer, selection }: Common<D>) {
    this.query = query;
    this.filters = filters;
    this.#finder = finder;
    this.#perKey = perKey;
    this.#placer = placer;
    this.#selection = selection;
  }

  get count(): number {
    return this.#selection.count;
  }

  get losses(): Losses {
    return this.#finder.losses;
  }

  add(document: D): void {
    if (!this.filters.some(({ matches }) => matches(document))) return;
    if (this.#held.length >= MAX_HELD) throw limitError();
    this.#held.push(this.#placer.place(document));
  }

  results(): Found<D>[] {
    for (const event of this.#held) this.#finder.add(event);
    for (const { key, events } of this.#finder.samples(this.#perKey)) {
      this.#selection.add(
        found(
          key,
          events.map(({ document }) => document),
        ),
      );
    }
    return this.#selection.results();
  }
}

function foundSequence<D>(plan: SequencePlan<D>, sequence: CompleteSequence<D>): Found<D> {
  return found(sequence.key, stepsOf(plan, sequence));
}

function found<D>(key: JoinKey, documents: readonly (D | null)[]): Found<D> {
  return { kind: 'sequence', joinKeys: key.values, documents };
}
