import { isoFromMicros } from '../base/time.ts';
import type { EqlRule } from '../rules/rule.ts';
import type { Alert } from './alert.ts';

type JsonObject = Readonly<Record<string, unknown>>;

/**
 * The alert as Kibana's `.alerts-security.alerts-*` indices hold it: the event's own document with `event.kind`
 * made `signal`, and what concerns the alert under `kibana.alert.*` (dotted names at the top level, as there). Of several
 * events it has what all of them say.
 */
export function alertDocument(alert: Alert): Record<string, unknown> {
  const documents = alert.events.map((event) => event.toJSON());
  const source = documents.reduce(common);
  const event = objectAt(source, 'event');
  const created = isoFromMicros(alert.created);
  return {
    ...withoutAlert(source),
    '@timestamp': created,
    event: { ...event, kind: 'signal' },
    hoplimit: { ...objectAt(source, 'hoplimit'), evidence: alert.evidence.map(evidenceDocument) },
    'kibana.space_ids': ['default'],
    'kibana.alert.uuid': alert.id,
    'kibana.alert.status': 'active',
    'kibana.alert.workflow_status': 'open',
    'kibana.alert.workflow_tags': [],
    'kibana.alert.workflow_assignee_ids': [],
    'kibana.alert.severity': alert.severity,
    'kibana.alert.risk_score': alert.riskScore,
    'kibana.alert.reason': alert.reason,
    'kibana.alert.start': created,
    'kibana.alert.last_detected': created,
    'kibana.alert.original_time': alert.originalTime,
    ...prefixed('kibana.alert.original_event', event),
    ...prefixed('kibana.alert.original_data_stream', objectAt(source, 'data_stream')),
    ...ancestry(alert, documents),
    ...(documents.length > 1 && { 'kibana.alert.group.id': alert.id }),
    ...(alert.rule.building_block_type && { 'kibana.alert.building_block_type': alert.rule.building_block_type }),
    ...ruleSnapshot(alert.rule),
    'kibana.alert.rule.name': alert.name,
    'kibana.alert.rule.execution.timestamp': created,
  };
}

/** Where the event is itself an alert, what concerned that alert is not this one's. */
function withoutAlert(source: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(source).filter(([key]) => !key.startsWith('kibana.')));
}

/** What two documents have in common, at any depth. */
function common(a: JsonObject, b: JsonObject): Record<string, unknown> {
  const shared: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(a)) {
    if (!Object.hasOwn(b, key)) continue;
    const other = b[key];
    if (isObject(value) && isObject(other)) {
      const below = common(value, other);
      if (Object.keys(below).length > 0) define(shared, key, below);
    } else if (JSON.stringify(value) === JSON.stringify(other)) {
      define(shared, key, value);
    }
  }
  return shared;
}

/** Also where the key means something to objects, such as `__proto__`. */
function define(object: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
}

/** The events and alerts that the alert came from, the eldest first, and how many steps it is away from an event. */
function ancestry(alert: Alert, documents: readonly JsonObject[]): JsonObject {
  const ancestors: unknown[] = [];
  let depth = 0;
  for (const [index, source] of documents.entries()) {
    const parentIsAlert = objectAt(source, 'event').kind === 'signal';
    const parentDepth = parentIsAlert ? numberAt(source, 'kibana.alert.depth', 1) : 0;
    const parentRule = source['kibana.alert.rule.uuid'];
    const elder = source['kibana.alert.ancestors'];
    if (parentIsAlert && Array.isArray(elder)) ancestors.push(...elder);
    ancestors.push({
      id: alert.events[index].id,
      type: parentIsAlert ? 'signal' : 'event',
      index: alert.index,
      depth: parentDepth,
      ...(typeof parentRule === 'string' && { rule: parentRule }),
    });
    depth = Math.max(depth, parentDepth + 1);
  }
  return { 'kibana.alert.ancestors': ancestors, 'kibana.alert.depth': depth };
}

/** A rule makes many alerts. */
const snapshots = new WeakMap<EqlRule, JsonObject>();

/** The rule as it was when the alert was made, so that an old alert can still be understood. */
function ruleSnapshot(rule: EqlRule): JsonObject {
  let snapshot = snapshots.get(rule);
  if (snapshot === undefined) {
    snapshot = makeSnapshot(rule);
    snapshots.set(rule, snapshot);
  }
  return snapshot;
}

/** What Kibana has no field of its own for stands under `parameters`. */
function makeSnapshot(rule: EqlRule): JsonObject {
  const own = Object.fromEntries(SNAPSHOT.map((key) => [key, rule[key]]));
  const parameters = Object.fromEntries(PARAMETERS.map((key) => [key, rule[key]]));
  return {
    'kibana.alert.rule.uuid': rule.rule_id,
    'kibana.alert.rule.category': 'Event Correlation Rule',
    'kibana.alert.rule.rule_type_id': 'siem.eqlRule',
    'kibana.alert.rule.consumer': 'siem',
    'kibana.alert.rule.producer': 'siem',
    'kibana.alert.rule.indices': rule.index,
    ...prefixed('kibana.alert.rule', own),
    'kibana.alert.rule.parameters': { language: 'eql', ...withoutMissing(parameters) },
  };
}

const SNAPSHOT = [
  'rule_id',
  'type',
  'version',
  'enabled',
  'description',
  'severity',
  'risk_score',
  'author',
  'license',
  'tags',
  'references',
  'false_positives',
  'note',
  'threat',
  'interval',
  'from',
  'to',
  'max_signals',
  'timestamp_override',
  'rule_name_override',
  'severity_mapping',
  'risk_score_mapping',
  'building_block_type',
  'exceptions_list',
  'timeline_id',
  'timeline_title',
  'actions',
  'throttle',
  'namespace',
] as const satisfies readonly (keyof EqlRule)[];

const PARAMETERS = [
  'query',
  'event_category_override',
  'timestamp_field',
  'tiebreaker_field',
  'index',
  'data_view_id',
  'filters',
  'timestamp_override_fallback_disabled',
  'setup',
  'alert_suppression',
  'investigation_fields',
  'related_integrations',
  'required_fields',
  'response_actions',
  'meta',
  'output_index',
] as const satisfies readonly (keyof EqlRule)[];

function evidenceDocument({ clause, field, value, matched, negated }: Alert['evidence'][number]): JsonObject {
  return withoutMissing({ clause, field, value, matched, negated });
}

function prefixed(prefix: string, values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(withoutMissing(values)).map(([key, value]) => [`${prefix}.${key}`, value]));
}

function withoutMissing(values: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined && value !== null));
}

function objectAt(source: JsonObject, key: string): JsonObject {
  const value = source[key];
  return isObject(value) ? value : {};
}

/** A JSON object, since an event's document holds JSON alone. */
function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function numberAt(source: JsonObject, key: string, otherwise: number): number {
  const value = source[key];
  return typeof value === 'number' ? value : otherwise;
}
