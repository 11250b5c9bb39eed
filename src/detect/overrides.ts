import type { FieldValue } from '../base/field.ts';
import type { Event } from '../ecs/event.ts';
import { type Rule, SEVERITIES, type Severity } from '../rules/rule.ts';

/** What a rule's alert is called and how grave it is, after the event has had its say. */
export interface Rating {
  readonly name: string;
  readonly severity: Severity;
  readonly riskScore: number;
}

/** Applies the rule's overrides as Kibana's detection engine does for single events. */
export function rate(rule: Rule, event: Event): Rating {
  return { name: nameOf(rule, event), severity: severityOf(rule, event), riskScore: riskOf(rule, event) };
}

function nameOf(rule: Rule, event: Event): string {
  const value = rule.rule_name_override === undefined ? undefined : event.get(rule.rule_name_override);
  return typeof value === 'string' && value !== '' ? value : rule.name;
}

/** The gravest severity of all mappings that apply. */
function severityOf(rule: Rule, event: Event): Severity {
  let gravest: Severity | null = null;
  for (const { field, value, severity } of rule.severity_mapping) {
    if (gravest !== null && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(gravest)) continue;
    if (values(event.get(field)).some((one) => equals(field, one, value))) gravest = severity;
  }
  return gravest ?? rule.severity;
}

/** Values are compared as strings, but for `event.severity`, which is compared as a number. */
function equals(field: string, actual: unknown, wanted: string): boolean {
  if (field === 'event.severity') return wanted !== '' && Number(actual) === Number(wanted);
  return actual === wanted;
}

/** The greatest score that the first mapping's field holds; what a mapping gives as `value` has no say. */
function riskOf(rule: Rule, event: Event): number {
  const mapping = rule.risk_score_mapping[0];
  if (mapping === undefined) return rule.risk_score;
  const scores = values(event.get(mapping.field)).flatMap((value) => scoreOf(value) ?? []);
  return scores.length > 0 ? Math.max(...scores) : rule.risk_score;
}

function scoreOf(value: unknown): number | null {
  const score = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof score === 'number' && score >= 0 && score <= 100 ? score : null;
}

function values(value: FieldValue): readonly unknown[] {
  if (value === undefined || value === null) return [];
  return typeof value === 'object' ? value : [value];
}
