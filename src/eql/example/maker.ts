import { type Diagnostic, hasErrors, type Span } from '../../base/diagnostic.ts';
import { type JsonDocument, jsonReader } from '../../base/json-document.ts';
import type { Query } from '../ast.ts';
import { type CheckedQuery, DEFAULT_CATEGORY_FIELD, fieldTypesOf } from '../check.ts';
import { Diagnostics } from '../codes.ts';
import { compileChecked, type Matcher } from '../compile.ts';
import { searchChecked } from '../runtime/search.ts';
import { type Cast, castOf, goalsOf, keyGoalsOf, notUntilGoal, presentParts } from './cast.ts';
import { Asker, type Goal } from './question.ts';
import { Solver } from './solver.ts';
import { type Scene, Timeline } from './timeline.ts';
import type { Assignment } from './variable.ts';

export interface ExampleOptions {
  /** The field that orders events; `@timestamp` by default, which they have in any case. */
  readonly timestampField?: string | undefined;
}

/** Events that match, before they are written down. */
export interface Solved {
  readonly cast: Cast;
  readonly scenes: readonly Scene[];
  /** Values that were there before any condition was looked at. */
  readonly start: Assignment;
  readonly values: Assignment;
  /** What the conditions ask for. */
  readonly goals: readonly Goal[];
  /** Join keys have values. */
  readonly keyGoals: readonly Goal[];
}

/** Makes events for a query that has been checked and has no errors. */
export class Maker {
  readonly query: Query;
  readonly asker: Asker;
  readonly timeline: Timeline;
  readonly #checked: CheckedQuery;
  readonly #timestampField: string;
  #matcher: Matcher<JsonDocument> | null = null;

  constructor(checked: CheckedQuery, query: Query, { timestampField = '@timestamp' }: ExampleOptions) {
    this.query = query;
    // Pipes count what was found, which says nothing of the events.
    this.#checked = { ...checked, query: { ...query, pipes: [] } };
    this.asker = new Asker(fieldTypesOf(checked.options));
    this.#timestampField = timestampField;
    this.timeline = new Timeline(query, [...new Set(['@timestamp', timestampField])]);
  }

  /** @param number of the example; each has its own times, and its own join keys where conditions leave them open */
  solve(number: number): Solved | Diagnostic {
    const { text, options } = this.#checked;
    const categoryField = options.eventCategoryField ?? DEFAULT_CATEGORY_FIELD;
    const cast = castOf({ text, query: this.query, fields: this.asker.fields, categoryField, number: number + 1 });
    const scenes = this.timeline.scenes(cast, number);
    const start = this.timeline.start(scenes);
    const solver = new Solver(this.asker, start);
    const goals = goalsFor(cast);
    for (const optional of [true, false]) {
      const keyGoals = presentParts(cast).flatMap((part) => keyGoalsOf(part, optional));
      const values = solver.solve([...goals, ...keyGoals]);
      if (values !== null) return { cast, scenes, start, values, goals, keyGoals };
    }
    return this.#failure(solver);
  }

  /** The same at another time and, for what relates several events, with other join keys. */
  another(solved: Solved, number: number): Solved | null {
    if (this.query.kind === 'event') return { ...solved, scenes: this.timeline.scenes(solved.cast, number) };
    const other = this.solve(number);
    return 'values' in other ? other : null;
  }

  /** Whether the engine finds something in the events. */
  matches(events: readonly JsonDocument[]): boolean {
    const reader = jsonReader();
    if (this.query.kind === 'event') {
      this.#matcher ??= compileChecked(this.#checked, reader).matcher;
      return events.some((event) => this.#matcher?.matches(event));
    }
    const { search } = searchChecked(this.#checked, { reader, timestampField: this.#timestampField });
    if (search === null) return false;
    for (const event of events) search.add(event);
    return search.results().length > 0;
  }

  #failure(solver: Solver): Diagnostic {
    if (solver.exhausted) return this.noExample('it was given up, since the query has too many alternatives to try');
    const { field, clauses } = solver.conflict ?? { field: null, clauses: [] };
    const list = clauses.slice(0, MAX_NAMED).map((clause) => `\`${clip(clause)}\``);
    const rest = clauses.length > MAX_NAMED ? ` and ${clauses.length - MAX_NAMED} more` : '';
    if (field === null) return this.noExample(`nothing was found for which ${list.join()} holds`);
    return this.noExample(`no value of ${field} was found for ${list.join(' and ')}${rest}`);
  }

  textOf({ start, end }: Span): string {
    return this.#checked.text.slice(start, end).replace(/\s+/g, ' ');
  }

  noExample(why: string): Diagnostic {
    const diagnostics = new Diagnostics();
    const none = this.query.kind === 'event' ? 'no event was found that matches' : 'no events were found that match';
    diagnostics.error('no-example', this.query.span, `${none}: ${why}`);
    return diagnostics.list()[0];
  }
}

/** Clauses that a message names. */
const MAX_NAMED = 4;

/** Characters of a clause in a message. */
const MAX_SHOWN = 100;

function clip(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}

function goalsFor(cast: Cast): Goal[] {
  const parts = presentParts(cast);
  const until = cast.parts.find(({ role }) => role === 'until');
  return parts.flatMap((part, index) => {
    const goesOn = index < parts.length - 1 || part.runs > 1;
    const ends = until !== undefined && goesOn ? [notUntilGoal(part, until)] : [];
    return [...goalsOf(part), ...ends];
  });
}

/** The maker for a query; diagnostics alone where it has errors. */
export function makerFor(checked: CheckedQuery, options: ExampleOptions): Maker | null {
  const { query, diagnostics } = checked;
  return query === null || hasErrors(diagnostics) ? null : new Maker(checked, query, options);
}
