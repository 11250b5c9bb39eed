import type { Span } from '../../base/diagnostic.ts';
import type { Scalar } from '../../base/field.ts';
import type { JsonDocument } from '../../base/json-document.ts';
import { printCondition } from '../condition.ts';
import { type Cast, goalOf, goalsOf, keyGoalsOf, type Part, presentParts } from './cast.ts';
import type { Clause } from './clauses.ts';
import type { Maker, Solved } from './maker.ts';
import type { Goal } from './question.ts';
import { Solver } from './solver.ts';
import { equals } from './substitution.ts';
import type { Scene } from './timeline.ts';
import { type Assignment, type Variable, variableFor } from './variable.ts';

/** One thing that can be wrong with events that would match. */
export interface Miss {
  readonly kind: 'clause' | 'exception' | 'join-key' | 'maxspan' | 'missing-event' | 'until';
  /** The step that it is about, from 1; null for an event query, and for what no step says. */
  readonly step: number | null;
  /** What of the query fails. */
  readonly clause: string;
  readonly span: Span;
  /** One sentence. */
  readonly why: string;
  /** Events that would match but for this; null where it cannot be the only thing wrong. */
  make(maker: Maker, solved: Solved): JsonDocument[] | null;
}

/** Everything that can be wrong, in the order of the query. */
export function missesOf(maker: Maker, cast: Cast): Miss[] {
  const misses: Miss[] = [];
  for (const [index, part] of cast.parts.entries()) {
    if (part.role !== 'event') misses.push(intruderMiss(maker, part, index));
    else {
      for (const [at, clause] of part.clauses.entries()) {
        // One that holds for all events cannot fail.
        if (clause.condition.kind !== 'constant') misses.push(clauseMiss(part, index, clause, at));
      }
    }
  }
  const present = presentParts(cast);
  const last = present[present.length - 1];
  if (present.reduce((sum, { runs }) => sum + runs, 0) === 1) return misses;
  for (const place of cast.keys.keys()) misses.push(keyMiss(last, place));
  if (maker.query.kind === 'sequence' && maker.query.maxspan) misses.push(maxspanMiss(maker.query.maxspan));
  return misses;
}

function clauseMiss({ step, by }: Part, index: number, clause: Clause, at: number): Miss {
  const where = step === null ? 'the event' : `the event of step ${step}`;
  return {
    kind: clause.wanted ? 'clause' : 'exception',
    step,
    clause: clause.text,
    span: clause.span,
    why: clause.wanted ? `${where} does not meet ${clause.text}` : `${where} meets ${clause.text}, which is excluded`,
    make(maker, solved) {
      const part = solved.cast.parts[index];
      const wrong = part.clauses[at];
      const missed = goalOf(part, wrong, !wrong.wanted);
      const others = solved.goals.filter((goal) => !isGoalOf(goal, part, wrong));
      const solve = (goals: readonly Goal[]) => new Solver(maker.asker, solved.values).solve(goals);
      let values = solve([...others, ...solved.keyGoals, missed]);
      if (values === null && by.length > 0) {
        // What events have in common fails in each of them: then others that ask for the same have no say.
        const same = printCondition(wrong.condition);
        values = solve([...others.filter(({ condition }) => printCondition(condition) !== same), missed]);
      }
      return values && replaced(maker, solved, part, values);
    },
  };
}

function isGoalOf(goal: Goal, part: Part, clause: Clause): boolean {
  return goal.draft === part.draft && goal.condition === clause.condition;
}

/** The last event of a part with other values; all events, where these are values that they have in common. */
function replaced(maker: Maker, solved: Solved, part: Part, values: Assignment): JsonDocument[] {
  const { scenes, cast, start } = solved;
  const isShared = cast.keys.some((key) => values.get(key) !== solved.values.get(key));
  const wrong = scenes.findLastIndex((scene) => scene.part === part);
  return scenes.map((scene, index) =>
    maker.timeline.document(scene, isShared || index === wrong ? values : solved.values, start),
  );
}

/** An event comes that must not: one of `![ ]` or of `until`. */
function intruderMiss(maker: Maker, { role, step }: Part, index: number): Miss {
  const { query } = maker;
  const place = query.kind === 'sequence' && step !== null ? query.steps[step - 1] : null;
  const span = place?.span ?? (query.kind === 'sequence' ? query.until?.span : undefined) ?? query.span;
  const clause = maker.textOf(span);
  const isUntil = role === 'until';
  return {
    kind: isUntil ? 'until' : 'missing-event',
    step,
    clause,
    span,
    why: isUntil
      ? `the event of until, ${clause}, comes before the last`
      : `an event comes that step ${step}, !${clause.replace(/^!/, '')}, forbids`,
    make(_, solved) {
      const part = solved.cast.parts[index];
      const goals = [...solved.goals, ...solved.keyGoals, ...goalsOf(part), ...keyGoalsOf(part, false)];
      const values = new Solver(maker.asker, solved.values).solve(goals);
      return values && withIntruder(maker, solved, part, values);
    },
  };
}

function withIntruder(maker: Maker, { scenes, cast, start }: Solved, part: Part, values: Assignment): JsonDocument[] {
  const { step } = maker.timeline;
  const behind = part.role === 'until' ? scenes.length - 1 : eventsBefore(cast, part);
  const beside = scenes[Math.min(behind, scenes.length - 1)].time;
  // Before the first and behind the last as near as can be; else halfway between its neighbours.
  const time = behind === 0 ? beside - 1 : behind === scenes.length ? beside + 1 : beside - Math.ceil(step / 2);
  const intruder: Scene = { part, time };
  const all = [...scenes.slice(0, behind), intruder, ...scenes.slice(behind)];
  const started = new Map([...maker.timeline.start([intruder]), ...start]);
  return all.map((scene) => maker.timeline.document(scene, new Map([...started, ...values]), started));
}

function eventsBefore({ parts }: Cast, part: Part): number {
  const before = parts.slice(0, parts.indexOf(part)).filter(({ role }) => role === 'event');
  return before.reduce((sum, { runs }) => sum + runs, 0);
}

/** The last event has another value where the others have one in common. */
function keyMiss({ by, step }: Part, place: number): Miss {
  const { name, span } = by[place];
  return {
    kind: 'join-key',
    step,
    clause: `by ${name}`,
    span,
    why: `${name} of the last event is another than that of the event before`,
    make(maker, solved) {
      const { cast, scenes, start } = solved;
      const present = presentParts(cast);
      const part = present[present.length - 1];
      const key = cast.keys[place];
      const others = scenes.slice(0, -1).map((scene) => maker.timeline.document(scene, solved.values, start));
      const before = solved.values.get(key) ?? [];
      const values = valuesWithOtherKey(maker, solved, part, key, before);
      return values && [...others, maker.timeline.document(scenes[scenes.length - 1], values, start)];
    },
  };
}

function valuesWithOtherKey(
  maker: Maker,
  { goals, keyGoals, values }: Solved,
  { draft, by }: Part,
  key: Variable,
  before: readonly Scalar[],
): Assignment | null {
  const names = by.filter(({ name }) => draft.variable(name) === key).map(({ name }) => name);
  const { fields } = maker.asker;
  const [type] = key.types;
  const other = variableFor(key.name, type, 0);
  draft.replace(key, other);
  const differs = names.flatMap((name) =>
    before.map(
      (value): Goal => ({ condition: equals(name, value, fields), draft, wanted: false, clause: `by ${name}` }),
    ),
  );
  const start = new Map([...values, [other, before] as const]);
  const own = (all: readonly Goal[]) => all.filter((goal) => goal.draft === draft);
  return new Solver(maker.asker, start).solve([...own(goals), ...own(keyGoals), ...differs]);
}

function maxspanMiss({ span, millis }: { readonly span: Span; readonly millis: number }): Miss {
  return {
    kind: 'maxspan',
    step: null,
    clause: `maxspan=${millis}ms`,
    span,
    why: `the last event comes ${millis + 1} ms after the first, which is more than maxspan`,
    make(maker, { scenes, values, start }) {
      const late = scenes.map((scene, index) =>
        index < scenes.length - 1 ? scene : { ...scene, time: scenes[0].time + millis + 1 },
      );
      return late.map((scene) => maker.timeline.document(scene, values, start));
    },
  };
}
