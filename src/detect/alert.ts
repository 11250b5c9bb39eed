import { isoFromMicros, type Micros } from '../base/time.ts';
import type { Event } from '../ecs/event.ts';
import type { Evidence } from '../eql/index.ts';
import type { EqlRule, Severity } from '../rules/rule.ts';
import { alertDocument } from './alert-document.ts';
import { alertId } from './alert-id.ts';
import { type Rating, rate } from './overrides.ts';
import { reasonOf } from './reason.ts';

/** An event that made a rule match, and which clauses it met. */
export interface MatchedEvent<E extends Event = Event> {
  readonly event: E;
  /** Works out the clauses that it met, in the order of the query. */
  readonly evidence: () => readonly Evidence[];
}

/** A rule has matched an event, or a sequence or sample of them. */
export interface Match<E extends Event = Event> {
  readonly rule: EqlRule;
  /** In the order of the query's steps; at least one. */
  readonly events: readonly MatchedEvent<E>[];
  /** The index or data stream that the events are of; part of the alert's id. Undefined: what they say, or none. */
  readonly index: string | undefined;
}

/** What an analyst is shown of a match. What costs something is worked out when it is asked for. */
export class Alert<E extends Event = Event> {
  readonly rule: EqlRule;
  /** The event that matched; of several, the last. */
  readonly event: E;
  /** When the alert was made; the only thing about it that differs from run to run. */
  readonly created: Micros;
  readonly #match: Match<E>;
  #index: string | null = null;
  #id: string | null = null;
  #evidence: readonly Evidence[] | null = null;
  #rating: Rating | null = null;
  #reason: string | null = null;

  constructor(match: Match<E>, created: Micros) {
    this.rule = match.rule;
    this.event = match.events[match.events.length - 1].event;
    this.created = created;
    this.#match = match;
  }

  /** The index or data stream that the event is of; empty where it is of none. */
  get index(): string {
    this.#index ??= dataStreamOf(this.event) ?? this.#match.index ?? '';
    return this.#index;
  }

  /** The same on every run over the same event. */
  get id(): string {
    this.#id ??= alertId(this.rule.rule_id, this.index, ...this.events.map(({ id }) => id));
    return this.#id;
  }

  /** All events that matched: one, or those of a sequence or sample in the order of its steps. */
  get events(): readonly E[] {
    return this.#match.events.map(({ event }) => event);
  }

  /** The clauses that made the rule match, in the order of the query. Values are the events' own, without secrets. */
  get evidence(): readonly Evidence[] {
    this.#evidence ??= this.#match.events.flatMap(({ event, evidence }) =>
      evidence().map((one) => ({ ...one, value: event.get(one.field) })),
    );
    return this.#evidence;
  }

  /** The rule's, or what the rule takes from the event instead. */
  get name(): string {
    return this.#rate().name;
  }

  get severity(): Severity {
    return this.#rate().severity;
  }

  get riskScore(): number {
    return this.#rate().riskScore;
  }

  /** One sentence on what happened. */
  get reason(): string {
    this.#reason ??= reasonOf(this.events);
    return this.#reason;
  }

  /** Where the event took place in time, as its document has it. */
  get originalTime(): string {
    return isoFromMicros(this.event.time);
  }

  /** The document with the `kibana.alert.*` names. */
  toJSON(): Record<string, unknown> {
    return alertDocument(this);
  }

  #rate(): Rating {
    this.#rating ??= rate(this.rule, this.event);
    return this.#rating;
  }
}

/** The data stream that the event says it is of. */
function dataStreamOf(event: Event): string | undefined {
  const parts = ['data_stream.type', 'data_stream.dataset', 'data_stream.namespace'].map((field) => event.get(field));
  return parts.every((part) => typeof part === 'string') ? parts.join('-') : undefined;
}
