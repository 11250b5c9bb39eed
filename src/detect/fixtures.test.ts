// What the tests of this folder share. It is named like a test so that it is left out of the build.
import type { FieldValue } from '../base/field.ts';
import type { Event } from '../ecs/event.ts';
import type { EqlRule } from '../rules/rule.ts';

type Json = Readonly<Record<string, unknown>>;

/** An event over a nested document. */
export function eventOf(document: Json): Event {
  return {
    time: Date.parse(String(valueAt(document, '@timestamp') ?? '2026-05-23T10:00:00Z')) * 1000,
    id: String(valueAt(document, 'event.id')),
    keep: () => {},
    get: (field) => valueAt(document, field),
    toJSON: () => structuredClone({ ...document }),
  };
}

function valueAt(document: Json, field: string): FieldValue {
  let value: unknown = document;
  for (const segment of field.split('.')) value = isJson(value) ? value[segment] : undefined;
  // Tests give scalars and lists of scalars alone.
  return value as FieldValue;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A rule with the attributes that matter to the test, and plain ones otherwise. */
export function ruleOf(attributes: Partial<EqlRule> = {}): EqlRule {
  return {
    supported: true,
    type: 'eql',
    file: 'rule.toml',
    metadata: { maturity: 'production', integration: [] },
    rule_id: '00000000-0000-4000-8000-000000000000',
    name: 'A rule',
    description: 'Finds something.',
    severity: 'medium',
    risk_score: 47,
    version: 1,
    enabled: true,
    author: [],
    tags: [],
    references: [],
    false_positives: [],
    threat: [],
    index: [],
    filters: [],
    interval: '5m',
    from: 'now-9m',
    to: 'now',
    max_signals: 100,
    timestamp_override_fallback_disabled: false,
    severity_mapping: [],
    risk_score_mapping: [],
    related_integrations: [],
    required_fields: [],
    exceptions_list: [],
    actions: [],
    response_actions: [],
    query: 'any where true',
    ...attributes,
  };
}
