import type { Scalar } from '../../base/field.ts';
import { valuesFor } from './choose-values.ts';
import { type Asker, type Goal, type Question, variablesOf } from './question.ts';
import { substitutions } from './substitution.ts';
import type { Assignment, Variable } from './variable.ts';

/** Choices between alternatives that one search may make, those included that were taken back. */
const MAX_CHOICES = 2_000;

/** Clauses that no value was found to meet together. */
export interface Conflict {
  /** The field whose values were looked for; null where a clause holds for no event at all. */
  readonly field: string | null;
  readonly clauses: readonly string[];
}

interface State {
  readonly values: ReadonlyMap<Variable, readonly Scalar[]>;
  /** What has been asked of each variable by itself. */
  readonly questions: ReadonlyMap<Variable, Question[]>;
  /** Goals that can be reached in several ways, or that are about several variables. */
  readonly open: readonly Goal[];
}

/**
 * Finds values that reach all goals. What can be reached in one way only is settled first; an alternative is chosen
 * only where the values found until then do not meet any, and taken back where nothing comes of it.
 */
export class Solver {
  /** The first that was met; null where there was none. */
  conflict: Conflict | null = null;
  readonly #asker: Asker;
  readonly #start: Assignment;
  #choices = 0;

  /** @param start values to begin with, which are changed only where goals ask for it */
  constructor(asker: Asker, start: Assignment) {
    this.#asker = asker;
    this.#start = start;
    asker.begin();
  }

  /** More was needed than `MAX_CHOICES`, or than `MAX_WORK`. */
  get exhausted(): boolean {
    return this.#choices > MAX_CHOICES || this.#asker.exhausted;
  }

  /** Null where no values were found. */
  solve(goals: readonly Goal[]): Assignment | null {
    return this.#solve({ values: this.#start, questions: new Map(), open: [] }, goals)?.values ?? null;
  }

  #solve(before: State, goals: readonly Goal[]): State | null {
    const state = this.#settle(before, goals);
    if (state === null) return null;
    const goal = state.open.find((one) => !this.#asker.reached(one, state.values));
    if (goal === undefined) return state;
    if (++this.#choices > MAX_CHOICES) return null;
    for (const next of this.#ways(state, goal)) {
      const found = this.#solve(next.state, next.goals);
      if (found !== null) return found;
      if (this.exhausted) return null;
    }
    return null;
  }

  /** The ways to reach an open goal. */
  *#ways(state: State, goal: Goal): Generator<{ readonly state: State; readonly goals: readonly Goal[] }> {
    const { condition } = goal;
    if (condition.kind === 'and' || condition.kind === 'or') {
      const rest = { ...state, open: state.open.filter((one) => one !== goal) };
      for (const operand of condition.operands) yield { state: rest, goals: [{ ...goal, condition: operand }] };
    } else if (condition.kind === 'leaf') {
      const question = { ...goal, leaf: condition.leaf };
      const settle = (goals: readonly Goal[]) => this.#settle(state, goals)?.values ?? null;
      for (const goals of substitutions(question, this.#asker.fields, settle)) {
        const next = this.#settle(state, goals);
        // The goal stays open, as other values may still change; so a way that misses it leads nowhere.
        if (next !== null && this.#asker.reached(goal, next.values)) yield { state: next, goals: [] };
      }
    }
  }

  /** Takes up goals, and finds values for all that can be reached in one way only; null where there are none. */
  #settle(state: State, goals: readonly Goal[]): State | null {
    const next: Unsettled = {
      values: new Map(state.values),
      questions: new Map(state.questions),
      open: [...state.open],
      asked: new Set(),
    };
    return this.#takeUp(next, goals) && this.#findValues(next) ? next : null;
  }

  /** Takes goals apart into questions about one variable each, and what stays open; false where one cannot be reached. */
  #takeUp(next: Unsettled, goals: readonly Goal[]): boolean {
    const left = goals.toReversed();
    for (let goal = left.pop(); goal !== undefined; goal = left.pop()) {
      const { condition, wanted } = goal;
      switch (condition.kind) {
        case 'constant':
          if (condition.value === wanted) break;
          this.conflict ??= { field: null, clauses: [goal.clause] };
          return false;
        case 'not':
          left.push({ ...goal, condition: condition.operand, wanted: !wanted });
          break;
        case 'and':
        case 'or':
          if ((condition.kind === 'and') === wanted || condition.operands.length === 1) {
            for (const operand of condition.operands.toReversed()) left.push({ ...goal, condition: operand });
          } else {
            next.open.push(goal);
          }
          break;
        case 'leaf': {
          const [variable, ...others] = variablesOf(condition.leaf, goal.draft);
          if (others.length > 0) next.open.push(goal);
          else ask(next, variable, { ...goal, leaf: condition.leaf });
        }
      }
    }
    return true;
  }

  #findValues({ values, questions, asked }: Unsettled): boolean {
    for (const variable of asked) {
      const all = questions.get(variable) ?? [];
      if (all.every((question) => this.#asker.reached(question, values))) continue;
      const found = valuesFor(variable, all, this.#start.get(variable) ?? [], this.#asker);
      if (found === null) {
        this.conflict ??= { field: variable.name, clauses: [...new Set(all.map(({ clause }) => clause))] };
        return false;
      }
      values.set(variable, found);
    }
    return true;
  }
}

/** A state that is being made of another. */
interface Unsettled {
  readonly values: Map<Variable, readonly Scalar[]>;
  readonly questions: Map<Variable, Question[]>;
  readonly open: Goal[];
  /** Variables with questions that the state before did not have. */
  readonly asked: Set<Variable>;
}

function ask({ questions, asked }: Unsettled, variable: Variable, question: Question): void {
  const known = questions.get(variable) ?? [];
  if (asked.has(variable)) {
    known.push(question);
    return;
  }
  // A list of its own: that of the state before is still of use to other choices.
  questions.set(variable, [...known, question]);
  asked.add(variable);
}
