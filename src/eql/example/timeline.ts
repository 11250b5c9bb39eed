import type { JsonDocument } from '../../base/json-document.ts';
import type { Query } from '../ast.ts';
import { type Cast, type Part, presentParts } from './cast.ts';
import { dateText, START } from './dates.ts';
import type { Assignment } from './variable.ts';

/** Milliseconds from one event to the next, where maxspan allows as many. */
const STEP = 1_000;

/** Milliseconds between examples beyond what their sequences may take. */
const BETWEEN = 60_000;

/** The longest maxspan for which examples are set apart by it: thirty days. */
const LONGEST = 30 * 86_400_000;

/** An event at its time. */
export interface Scene {
  readonly part: Part;
  /** Epoch milliseconds. */
  readonly time: number;
}

/** When the events of examples come. */
export class Timeline {
  /** Milliseconds from one event to the next. */
  readonly step: number;
  readonly #maxspan: number;
  readonly #fields: readonly string[];

  /** @param fields what is the time of an event */
  constructor(query: Query, fields: readonly string[]) {
    this.#maxspan = query.kind === 'sequence' ? (query.maxspan?.millis ?? Number.POSITIVE_INFINITY) : 0;
    const events = query.kind === 'sequence' ? query.steps.reduce((sum, { runs }) => sum + runs, 0) : 1;
    // All take half of maxspan at most, so that there is room for events before and behind them.
    this.step = query.kind === 'sequence' ? Math.min(STEP, Math.floor(this.#maxspan / (2 * events))) : STEP;
    this.#fields = fields;
  }

  /** The events of a query in order, each run by itself. @param number of the example: each has its own time */
  scenes(cast: Cast, number: number): Scene[] {
    const room = BETWEEN + 2 * Math.min(this.#maxspan, LONGEST);
    const parts = presentParts(cast).flatMap((part) => new Array<Part>(part.runs).fill(part));
    return parts.map((part, index) => ({ part, time: START + number * room + index * this.step }));
  }

  /** What events have as their time before anything asks for another. */
  start(scenes: readonly Scene[]): Assignment {
    return new Map(scenes.toReversed().flatMap(({ part, time }) => this.#times(part, time)));
  }

  /** The event as JSON; its time is that of the scene, unless conditions asked for another. */
  document({ part, time }: Scene, values: Assignment, start: Assignment): JsonDocument {
    const own = this.#times(part, time).filter(([variable]) => values.get(variable) === start.get(variable));
    return part.draft.document(new Map([...values, ...own]));
  }

  #times({ draft, by }: Part, time: number) {
    // A time that events have in common is for their conditions to say.
    const own = this.#fields.filter((field) => by.every(({ name }) => name !== field));
    return own.map((field) => [draft.variable(field), [dateText(time)]] as const);
  }
}
