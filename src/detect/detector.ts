import type { Diagnostic } from '../base/diagnostic.ts';
import type { DocumentReader, FieldCatalogue } from '../base/field.ts';
import type { Micros } from '../base/time.ts';
import type { Event } from '../ecs/event.ts';
import { compileChecked, type Explanation, type Matcher } from '../eql/index.ts';
import { checkedQuery } from '../rules/checked-query.ts';
import type { EqlRule, Rule } from '../rules/rule.ts';
import { Alert } from './alert.ts';
import { explainEvent } from './explain.ts';
import { readsIndex } from './index-pattern.ts';

export interface DetectorOptions<E extends Event> {
  readonly reader: DocumentReader<E>;
  /** The time now, stamped on the alerts. */
  readonly clock: () => Micros;
  /** By default the fields of ECS and our own. */
  readonly catalogue?: FieldCatalogue;
  /**
   * The index or data stream of all the events that this detector will see, such as `logs-network_traffic.http-default`.
   * Only rules whose `index` patterns cover it are run. Without it, every rule is.
   */
  readonly index?: string;
  /** Told when a rule has failed; it is not run any more. */
  readonly onFailure?: (failure: RuleFailure) => void;
}

/** A rule that was not taken on, and why. */
export interface SkippedRule {
  readonly rule: Rule;
  readonly reason: 'disabled' | 'unsupported' | 'other_index' | 'query';
  /** Of its query, where that is the reason. Spans are of the query. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A rule whose matcher threw, which no matcher should. */
export interface RuleFailure {
  readonly rule: EqlRule;
  readonly error: unknown;
}

interface RunningRule<E extends Event> {
  readonly rule: EqlRule;
  readonly matcher: Matcher<E>;
}

const NO_ALERTS: readonly never[] = Object.freeze([]);

/** Runs event rules over events, one event at a time. */
export class Detector<E extends Event> {
  readonly skipped: readonly SkippedRule[];
  readonly failures: RuleFailure[] = [];
  readonly #options: DetectorOptions<E>;
  #running: readonly RunningRule<E>[];

  constructor(rules: readonly Rule[], options: DetectorOptions<E>) {
    this.#options = options;
    const running: RunningRule<E>[] = [];
    const skipped: SkippedRule[] = [];
    for (const rule of rules) {
      const outcome = prepare(rule, options);
      if ('matcher' in outcome) running.push(outcome);
      else skipped.push(outcome);
    }
    this.#running = running;
    this.skipped = skipped;
  }

  /** The rules that are being run. */
  get rules(): readonly EqlRule[] {
    return this.#running.map(({ rule }) => rule);
  }

  /** The alerts that the event gives rise to, in the order of the rules. Never throws for what a rule does. */
  detect(event: E): readonly Alert<E>[] {
    let alerts: Alert<E>[] | null = null;
    for (const running of this.#running) {
      try {
        if (!running.matcher.matches(event)) continue;
        alerts ??= [];
        alerts.push(this.#alert(running, event));
      } catch (error) {
        this.#fail(running, error);
      }
    }
    return alerts ?? NO_ALERTS;
  }

  /** What each part of each rule's query says about the event, whether it matches or not. */
  explain(event: E): { readonly rule: EqlRule; readonly explanation: Explanation }[] {
    return this.#running.map(({ rule, matcher }) => ({ rule, explanation: explainEvent(matcher, event) }));
  }

  #alert({ rule, matcher }: RunningRule<E>, event: E): Alert<E> {
    const { clock, index } = this.#options;
    return new Alert({ rule, event, index, evidence: () => matcher.evidence(event) }, clock());
  }

  #fail(failed: RunningRule<E>, error: unknown): void {
    this.#running = this.#running.filter((running) => running !== failed);
    const failure = { rule: failed.rule, error };
    this.failures.push(failure);
    this.#options.onFailure?.(failure);
  }
}

function prepare<E extends Event>(rule: Rule, options: DetectorOptions<E>): RunningRule<E> | SkippedRule {
  const skip = (reason: SkippedRule['reason'], diagnostics: readonly Diagnostic[] = []) => ({
    rule,
    reason,
    diagnostics,
  });
  if (!rule.enabled) return skip('disabled');
  if (!rule.supported) return skip('unsupported');
  if (options.index !== undefined && !readsIndex(rule.index, options.index)) return skip('other_index');
  const { matcher, diagnostics } = compileChecked(checkedQuery(rule, options.catalogue), options.reader);
  return matcher === null ? skip('query', diagnostics) : { rule, matcher };
}
