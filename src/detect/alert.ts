import { isoFromMicros, type Micros } from '../base/time.ts';
import type { Event } from '../ecs/event.ts';
import type { Evidence } from '../eql/index.ts';
import type { EqlRule, Severity } from '../rules/rule.ts';
import { alertDocument } from './alert-document.ts';
import { alertId } from './alert-id.ts';
import { rate } from './overrides.ts';
import { reasonOf } from './reason.ts';

/** A rule has matched an event. */
export interface Match<E extends Event = Event> {
  readonly rule: EqlRule;
  readonly event: E;
  /** The index or data stream that the event is of; part of the alert's id. Empty where it is of none. */
  readonly index: string;
  /** The clauses that made it match, in the order of the query. */
  readonly evidence: readonly Evidence[];
}

/** What an analyst is shown of a match. */
export class Alert<E extends Event = Event> implements Match<E> {
  readonly rule: EqlRule;
  readonly event: E;
  readonly index: string;
  readonly evidence: readonly Evidence[];
  /** The same on every run over the same event. */
  readonly id: string;
  /** When the alert was made; the only thing about it that differs from run to run. */
  readonly created: Micros;
  /** The rule's, or what the rule takes from the event instead. */
  readonly name: string;
  readonly severity: Severity;
  readonly riskScore: number;
  /** One sentence on what happened. */
  readonly reason: string;

  constructor({ rule, event, index, evidence }: Match<E>, created: Micros) {
    this.rule = rule;
    this.event = event;
    this.index = index;
    this.evidence = evidence;
    this.id = alertId(rule.rule_id, index, event.id);
    this.created = created;
    const { name, severity, riskScore } = rate(rule, event);
    this.name = name;
    this.severity = severity;
    this.riskScore = riskScore;
    this.reason = reasonOf(event);
  }

  /** Where the event took place in time, as its document has it. */
  get originalTime(): string {
    return isoFromMicros(this.event.time);
  }

  /** The document with the `kibana.alert.*` names. */
  toJSON(): Record<string, unknown> {
    return alertDocument(this);
  }
}
