import type { EventFilter, Field, Query } from '../ast.ts';
import type { FieldTypes } from '../semantic/types.ts';
import { type Clause, clausesOf } from './clauses.ts';
import { Draft } from './draft.ts';
import { type Goal, presence } from './question.ts';
import type { Variable } from './variable.ts';

/** An event that a query speaks of. */
export interface Part {
  readonly draft: Draft;
  readonly clauses: readonly Clause[];
  readonly role: 'event' | 'missing' | 'until';
  /** Of the steps of the query, from 1; null for an event query, and for `until`. */
  readonly step: number | null;
  readonly runs: number;
  /** The fields behind `by`, those of the whole query first. */
  readonly by: readonly Field[];
}

/** The events that a query speaks of, those of one sequence or sample with their join keys in common. */
export interface Cast {
  readonly parts: readonly Part[];
  /** The values that the events have in common, by their place behind `by`. */
  readonly keys: readonly Variable[];
}

export interface CastOptions {
  readonly text: string;
  readonly query: Query;
  readonly fields: FieldTypes;
  readonly categoryField: string;
  /** Tells the values of one example from those of another. */
  readonly number: number;
}

export function castOf(options: CastOptions): Cast {
  const parts = partsOf(options);
  const keys: Variable[] = [];
  for (const { draft, by } of parts) {
    for (const [index, { name }] of by.entries()) {
      const own = draft.variable(name);
      const common = keys[index] ?? own;
      keys[index] = common;
      // A field may stand at several places, which then have one value.
      if (own === common) continue;
      for (const other of parts) other.draft.replace(own, common);
      for (const [place, key] of keys.entries()) if (key === own) keys[place] = common;
    }
  }
  return { parts, keys };
}

function partsOf({ text, query, fields, categoryField, number }: CastOptions): Part[] {
  const part = (filter: EventFilter, rest: Omit<Part, 'draft' | 'clauses'>): Part => ({
    draft: new Draft(fields, number),
    clauses: clausesOf(text, filter, categoryField, fields),
    ...rest,
  });
  switch (query.kind) {
    case 'event':
      return [part(query.filter, { role: 'event', step: null, runs: 1, by: [] })];
    case 'sample':
      return query.steps.map(({ filter, by }, index) =>
        part(filter, { role: 'event', step: index + 1, runs: 1, by: [...query.by, ...by] }),
      );
    case 'sequence': {
      const parts = query.steps.map(({ filter, by, missing, runs }, index) =>
        part(filter, { role: missing ? 'missing' : 'event', step: index + 1, runs, by: [...query.by, ...by] }),
      );
      const { until } = query;
      if (until === null) return parts;
      return [...parts, part(until.filter, { role: 'until', step: null, runs: 1, by: [...query.by, ...until.by] })];
    }
  }
}

/** The events that must be there. */
export function presentParts({ parts }: Cast): Part[] {
  return parts.filter(({ role }) => role === 'event');
}

/** What an event must be to take its part. */
export function goalsOf(part: Part): Goal[] {
  return part.clauses.map((clause) => goalOf(part, clause, clause.wanted));
}

export function goalOf({ draft }: Part, { condition, text }: Clause, wanted: boolean): Goal {
  return { condition, draft, wanted, clause: wanted ? text : `not (${text})` };
}

/** The join keys of a part have values. @param optional those, too, that may have none */
export function keyGoalsOf({ draft, by }: Part, optional: boolean): Goal[] {
  return by.filter((field) => optional || !field.optional).map(({ name }) => presence(draft, name, true, `by ${name}`));
}

/** The event is none of those that end a sequence. */
export function notUntilGoal({ draft }: Part, { clauses }: Part): Goal {
  const operands = clauses.map(({ condition, wanted }) =>
    wanted ? condition : ({ kind: 'not', operand: condition } as const),
  );
  return { condition: { kind: 'and', operands }, draft, wanted: false, clause: 'not the event of until' };
}
