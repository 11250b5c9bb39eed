import { compileCondition, type Filter, type FilterContext, newContext } from '../compiler/filter.ts';
import type { Condition, Leaf } from '../condition.ts';
import type { Read } from '../interpreter.ts';
import type { FieldTypes } from '../semantic/types.ts';
import type { Draft } from './draft.ts';
import type { Assignment, Variable } from './variable.ts';

/** A condition that an event must meet, or must not. */
export interface Goal {
  readonly condition: Condition;
  readonly draft: Draft;
  readonly wanted: boolean;
  /** What of the query asks for it. */
  readonly clause: string;
}

/** A goal that is one leaf. */
export interface Question extends Goal {
  readonly leaf: Leaf;
}

/** Questions asked, and parts of regular languages put together, in the search for one example: a few seconds. */
const MAX_WORK = 3_000_000;

/** Compiles conditions as the engine does, to ask them about events in the making. */
export class Asker {
  readonly fields: FieldTypes;
  #work = 0;
  #before = 0;
  readonly #context: FilterContext<Read>;
  readonly #filters = new WeakMap<Condition, Filter<Read>>();

  constructor(fields: FieldTypes) {
    this.fields = fields;
    this.#context = newContext({ field: (name) => (read) => read(name) }, fields);
  }

  /** Whether the goal is reached; not, where the search has taken more than `MAX_WORK`. */
  reached({ condition, draft, wanted }: Goal, values: Assignment): boolean {
    if (this.exhausted) return false;
    this.#work++;
    let filter = this.#filters.get(condition);
    if (filter === undefined) {
      filter = compileCondition(condition, this.#context);
      this.#filters.set(condition, filter);
    }
    return filter(draft.reader(values)) === wanted;
  }

  /** Another search begins. */
  begin(): void {
    this.#before += this.#work;
    this.#work = 0;
  }

  /** Of all searches. */
  get work(): number {
    return this.#before + this.#work;
  }

  /** Counts work that was done for the search. */
  spend(work: number): void {
    this.#work += work;
  }

  get exhausted(): boolean {
    return this.#work > MAX_WORK;
  }
}

function fieldsOfLeaf(leaf: Leaf): readonly string[] {
  return leaf.kind === 'composed' ? leaf.fields.map(({ name }) => name) : [leaf.field];
}

/** The variables that a leaf asks about, each once. */
export function variablesOf(leaf: Leaf, draft: Draft): Variable[] {
  return [...new Set(fieldsOfLeaf(leaf).map((name) => draft.variable(name)))];
}

/** A goal that a field has a value, or that it has none. */
export function presence(draft: Draft, field: string, wanted: boolean, clause: string): Goal {
  return { condition: { kind: 'leaf', leaf: { kind: 'missing', field } }, draft, wanted: !wanted, clause };
}
