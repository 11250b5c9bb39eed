import type { Diagnostic } from '../base/diagnostic.ts';
import type { DocumentReader, FieldCatalogue } from '../base/field.ts';
import type { Micros } from '../base/time.ts';
import { catalogue as ecsCatalogue } from '../ecs/catalogue.ts';
import type { Event } from '../ecs/event.ts';
import {
  type Condition,
  type Explanation,
  type FilterContext,
  filterContext,
  needsField,
  SharedPlan,
  type StreamCounts,
  type StreamLimits,
} from '../eql/index.ts';
import { checkedQuery } from '../rules/checked-query.ts';
import type { EqlRule, Rule } from '../rules/rule.ts';
import { Alert, type MatchedEvent } from './alert.ts';
import { Deferred } from './deferred.ts';
import { withShownValues } from './explain.ts';
import { readsIndex } from './index-pattern.ts';
import { type OnMatch, type RuleRunner, runnerOf } from './rule-runner.ts';

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
  /** Of rules that relate several events; by default those of `STREAM_LIMITS`. */
  readonly limits?: Partial<StreamLimits>;
  /** Told before an event is read that was kept, and may have to be found again. */
  readonly revisit?: (event: E) => void;
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

const NO_ALERTS: readonly never[] = Object.freeze([]);

/** So many filters are asked one after the other; more are reached through what an event has. */
const FEW_FILTERS = 8;

/** Runs rules over events, one event after the other. */
export class Detector<E extends Event> {
  readonly skipped: readonly SkippedRule[];
  readonly failures: RuleFailure[] = [];
  readonly #options: DetectorOptions<E>;
  #running: readonly RuleRunner<E>[];
  #plan: Plan<E> | null;
  /** Where no event can be decided before all are there. */
  readonly #deferred: Deferred<E> | null;
  #alerts: Alert<E>[] | null = null;

  constructor(rules: readonly Rule[], options: DetectorOptions<E>) {
    this.#options = options;
    const running: RuleRunner<E>[] = [];
    const skipped: SkippedRule[] = [];
    const { reader, catalogue = ecsCatalogue } = options;
    const context = filterContext<E>({ reader, catalogue });
    const onMatch: OnMatch<E> = (rule, events) => this.#take(rule, events);
    for (const rule of rules) {
      const outcome = prepare(rule, options, context, onMatch);
      if ('filters' in outcome) running.push(outcome);
      else skipped.push(outcome);
    }
    this.#running = running;
    this.skipped = skipped;
    this.#plan = planFor(running, options);
    this.#deferred = options.limits?.lateness === Number.POSITIVE_INFINITY ? new Deferred(running) : null;
  }

  /** The rules that are being run. */
  get rules(): readonly EqlRule[] {
    return this.#running.map(({ rule }) => rule);
  }

  /** How the rules are reached, as text; null where they are few and each is asked. */
  describePlan(): string | null {
    return this.#plan?.filters.describe() ?? null;
  }

  /** The alerts that the event gives rise to, in the order of the rules. Never throws for what a rule does. */
  detect(event: E): readonly Alert<E>[] {
    if (this.#plan === null || !this.#reach(this.#plan, event)) this.#askEach(event);
    if (this.#deferred?.isFull) this.#release(false);
    return this.#handOut();
  }

  /** It is now that time: sequences that waited for it are decided. */
  tick(time: Micros): readonly Alert<E>[] {
    for (const running of this.#running) this.#try(running, () => running.tick(time / 1000));
    return this.#handOut();
  }

  /** No more events will come: the alerts of all that waited for more. */
  end(): readonly Alert<E>[] {
    this.#release(true);
    for (const running of this.#running) this.#try(running, () => running.end());
    return this.#handOut();
  }

  /** What rules that relate several events left out, for want of room or because it came too late. */
  losses(): { readonly rule: EqlRule; readonly counts: StreamCounts }[] {
    return this.#running.flatMap(({ rule, counts }) => {
      // What did not wait for others came before them, but for those that came late.
      const isLoss = counts !== null && Object.values({ ...counts, hurried: 0 }).some((count) => count > 0);
      return isLoss ? [{ rule, counts }] : [];
    });
  }

  /** The rules that can match no event without some of these fields, and which these are. */
  without(fields: ReadonlySet<string>): { readonly rule: EqlRule; readonly fields: readonly string[] }[] {
    return this.#running.flatMap((running) => {
      const needed = [...fields].filter((field) => needs(running, field));
      return needed.length > 0 ? [{ rule: running.rule, fields: needed }] : [];
    });
  }

  /** What each part of each rule's query says about the event, whether it matches or not. */
  explain(event: E): { readonly rule: EqlRule; readonly explanation: Explanation }[] {
    return this.#running.flatMap(({ rule, filters }) =>
      filters.map((filter) => ({ rule, explanation: withShownValues(filter.explain(event), event) })),
    );
  }

  /**
   * Asks each rule by itself whether the event concerns it, and changes nothing.
   * @param now a clock
   * @param tell told how long each took by that clock
   */
  measure(event: E, now: () => number, tell: (rule: EqlRule, time: number) => void): void {
    for (const running of this.#running) {
      const start = now();
      try {
        for (const filter of running.filters) if (filter.matches(event)) break;
      } catch {
        // It is told of where the rule is run.
      }
      tell(running.rule, now() - start);
    }
  }

  /** Tells the rules that the event concerns. False: something threw, and each rule is to be asked by itself. */
  #reach({ filters, owners, reached }: Plan<E>, event: E): boolean {
    for (const owner of reached) owner.met.length = 0;
    reached.length = 0;
    try {
      filters.match(event, (filter) => {
        const { owner, number } = owners[filter];
        if (owner.met.length === 0) reached.push(owner);
        owner.met.push(number);
      });
    } catch {
      return false;
    }
    if (reached.length > 1) reached.sort((a, b) => a.order - b.order);
    for (const { running, met } of reached) this.#tell(running, event, met);
    return true;
  }

  #askEach(event: E): void {
    for (const running of this.#running) {
      try {
        const met = metBy(running, event);
        if (met !== null) this.#tell(running, event, met);
      } catch (error) {
        this.#fail(running, error);
      }
    }
  }

  #tell(running: RuleRunner<E>, event: E, met: readonly number[]): void {
    if (!this.#deferred?.add(running, event, met)) this.#hand(running, event, met);
  }

  /** Tells rules of what was deferred. */
  #release(isEnd: boolean): void {
    let last: E | null = null;
    this.#deferred?.release(isEnd, (running, event, met) => {
      if (event !== last) this.#options.revisit?.(event);
      last = event;
      if (this.#running.includes(running)) this.#hand(running, event, met);
    });
  }

  #hand(running: RuleRunner<E>, event: E, met: readonly number[]): void {
    try {
      running.take(event, met);
    } catch (error) {
      this.#fail(running, error);
    }
  }

  #take(rule: EqlRule, events: readonly MatchedEvent<E>[]): void {
    const { clock, index } = this.#options;
    this.#alerts ??= [];
    this.#alerts.push(new Alert({ rule, events, index }, clock()));
  }

  #handOut(): readonly Alert<E>[] {
    const alerts = this.#alerts;
    if (alerts === null) return NO_ALERTS;
    this.#alerts = null;
    return alerts;
  }

  #try(running: RuleRunner<E>, act: () => unknown): void {
    try {
      act();
    } catch (error) {
      this.#fail(running, error);
    }
  }

  #fail(failed: RuleRunner<E>, error: unknown): void {
    this.#running = this.#running.filter((running) => running !== failed);
    this.#plan = planFor(this.#running, this.#options);
    const failure = { rule: failed.rule, error };
    this.failures.push(failure);
    this.#options.onFailure?.(failure);
  }
}

/** The numbers of the filters that the event meets; null where it meets none, as most do. */
function metBy<E extends Event>({ filters }: RuleRunner<E>, event: E): number[] | null {
  let met: number[] | null = null;
  for (let number = 0; number < filters.length; number++) {
    if (!filters[number].matches(event)) continue;
    if (met === null) met = [number];
    else met.push(number);
  }
  return met;
}

/** Whether an event without the field can have no part in what makes the rule match. */
function needs<E extends Event>({ query, filters }: RuleRunner<E>, field: string): boolean {
  if (query.kind === 'event') return needsField(filters[0].condition, field);
  if (query.by.some(({ name, optional }) => name === field && !optional)) return true;
  return query.steps.some((step, number) => {
    if ('missing' in step && step.missing) return false;
    const isKey = step.by.some(({ name, optional }) => name === field && !optional);
    return isKey || needsField(filters[number].condition, field);
  });
}

/** The filters of all rules, and whose each is. */
interface Plan<E extends Event> {
  readonly filters: SharedPlan<E>;
  /** By the number of a filter, whose it is, and its number there. */
  readonly owners: readonly { readonly owner: Owner<E>; readonly number: number }[];
  /** The rules that an event concerns; used anew for each. */
  readonly reached: Owner<E>[];
}

interface Owner<E extends Event> {
  readonly running: RuleRunner<E>;
  readonly order: number;
  /** The filters that the event meets; used anew for each. */
  readonly met: number[];
}

function planFor<E extends Event>(running: readonly RuleRunner<E>[], options: DetectorOptions<E>): Plan<E> | null {
  const { reader, catalogue = ecsCatalogue } = options;
  const conditions: Condition[] = [];
  const owners: { readonly owner: Owner<E>; readonly number: number }[] = [];
  for (const [order, one] of running.entries()) {
    const owner: Owner<E> = { running: one, order, met: [] };
    for (const [number, { condition }] of one.filters.entries()) {
      conditions.push(condition);
      owners.push({ owner, number });
    }
  }
  if (conditions.length <= FEW_FILTERS) return null;
  const context = filterContext<E>({ reader, catalogue });
  return { filters: new SharedPlan(conditions, context), owners, reached: [] };
}

function prepare<E extends Event>(
  rule: Rule,
  options: DetectorOptions<E>,
  context: FilterContext<E>,
  onMatch: OnMatch<E>,
): RuleRunner<E> | SkippedRule {
  const skip = (reason: SkippedRule['reason'], diagnostics: readonly Diagnostic[] = []) => ({
    rule,
    reason,
    diagnostics,
  });
  if (!rule.enabled) return skip('disabled');
  if (!rule.supported) return skip('unsupported');
  if (options.index !== undefined && !readsIndex(rule.index, options.index)) return skip('other_index');
  const { reader, catalogue, limits = {} } = options;
  const { runner, diagnostics } = runnerOf(rule, checkedQuery(rule, { catalogue }), {
    reader,
    context,
    limits,
    onMatch,
  });
  return runner ?? skip('query', diagnostics);
}
