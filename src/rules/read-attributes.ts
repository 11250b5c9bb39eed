import { readMetadata } from './read-metadata.ts';
import { readSchedule } from './read-schedule.ts';
import { readThreats } from './read-threat.ts';
import {
  type AlertSuppression,
  LEAST_RISK,
  type RuleAttributes,
  SEVERITIES,
  severityOf,
  type Transform,
} from './rule.ts';
import type { TableReader } from './table-reader.ts';

/** The most fields by which alerts may be grouped. */
const MAX_GROUP_BY = 5;

/** The attributes that rules of all types have. `root` is the whole document, `rule` its table `[rule]`. */
export function readAttributes(root: TableReader, rule: TableReader, file: string): RuleAttributes {
  const attributes: RuleAttributes = {
    file,
    metadata: readMetadata(root.requiredTable('metadata')),
    rule_id: readRuleId(rule),
    name: rule.requiredString('name'),
    description: rule.requiredString('description'),
    severity: rule.requiredChoice('severity', SEVERITIES),
    risk_score: rule.requiredInteger('risk_score', { least: 0, most: 100 }),
    version: rule.integer('version', { least: 1 }) ?? 1,
    enabled: rule.boolean('enabled') ?? true,
    author: rule.strings('author'),
    license: rule.string('license'),
    tags: rule.strings('tags'),
    references: rule.strings('references'),
    false_positives: rule.strings('false_positives'),
    note: rule.string('note'),
    setup: rule.string('setup'),
    threat: readThreats(rule),
    index: rule.strings('index'),
    data_view_id: rule.string('data_view_id'),
    filters: rule.list('filters'),
    ...readSchedule(rule),
    timestamp_override: rule.string('timestamp_override'),
    timestamp_override_fallback_disabled: rule.boolean('timestamp_override_fallback_disabled') ?? false,
    building_block_type: rule.choice('building_block_type', ['default']),
    rule_name_override: rule.string('rule_name_override'),
    severity_mapping: rule.tables('severity_mapping', (mapping) => ({
      ...readMapping(mapping),
      severity: mapping.requiredChoice('severity', SEVERITIES),
    })),
    risk_score_mapping: rule.tables('risk_score_mapping', (mapping) => ({
      ...readMapping(mapping),
      risk_score: mapping.integer('risk_score', { least: 0, most: 100 }),
    })),
    alert_suppression: readSuppression(rule),
    investigation_fields: readInvestigationFields(rule),
    related_integrations: rule.tables('related_integrations', (related) => ({
      package: related.requiredString('package'),
      version: related.requiredString('version'),
      integration: related.string('integration'),
    })),
    required_fields: rule.tables('required_fields', (field) => ({
      name: field.requiredString('name'),
      type: field.requiredString('type'),
    })),
    timeline_id: rule.string('timeline_id'),
    timeline_title: rule.string('timeline_title'),
    exceptions_list: rule.tables('exceptions_list', (list) => ({
      id: list.requiredString('id'),
      list_id: list.requiredString('list_id'),
      type: list.requiredString('type'),
      namespace_type: list.requiredChoice('namespace_type', ['agnostic', 'single']),
    })),
    actions: rule.list('actions'),
    response_actions: rule.list('response_actions'),
    throttle: rule.string('throttle'),
    meta: rule.record('meta'),
    namespace: rule.string('namespace'),
    output_index: rule.string('output_index'),
    transform: readTransform(root),
  };
  checkRisk(rule, attributes);
  return attributes;
}

/** Any string will do as an id, but one that is no UUID may well be another rule's. */
function readRuleId(rule: TableReader): string {
  const id = rule.requiredString('rule_id');
  if (id !== '' && !/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    rule.warning('rule-id-no-uuid', 'rule_id', `the rule's id "${id}" is no UUID`, 'make one with `uuidgen`');
  }
  return id;
}

function checkRisk(rule: TableReader, { severity, risk_score: risk }: RuleAttributes): void {
  if (severityOf(risk) === severity || !rule.has('severity') || !rule.has('risk_score')) return;
  rule.warning(
    'severity-risk-mismatch',
    'risk_score',
    `a risk score of ${risk} is ${severityOf(risk)}, but the severity is ${severity}`,
    `scores from ${LEAST_RISK[severity]} on go with ${severity}`,
  );
}

function readMapping(mapping: TableReader): { field: string; operator: 'equals'; value: string } {
  return {
    field: mapping.requiredString('field'),
    operator: mapping.requiredChoice('operator', ['equals']),
    // Empty where the field's own value is what counts.
    value: mapping.string('value') ?? '',
  };
}

function readSuppression(rule: TableReader): AlertSuppression | undefined {
  const table = rule.table('alert_suppression');
  if (table === undefined) return undefined;
  const groupBy = table.strings('group_by');
  if (groupBy.length < 1 || groupBy.length > MAX_GROUP_BY) {
    table.error('out-of-range', 'group_by', `alerts are grouped by 1 to ${MAX_GROUP_BY} fields, not ${groupBy.length}`);
  }
  const duration = table.table('duration');
  const suppression: AlertSuppression = {
    group_by: groupBy,
    duration: duration && {
      value: duration.requiredInteger('value', { least: 1 }),
      unit: duration.requiredChoice('unit', ['s', 'm', 'h']),
    },
    missing_fields_strategy: table.choice('missing_fields_strategy', ['suppress', 'doNotSuppress']) ?? 'suppress',
  };
  duration?.done();
  table.done();
  return suppression;
}

function readInvestigationFields(rule: TableReader): RuleAttributes['investigation_fields'] {
  const table = rule.table('investigation_fields');
  if (table === undefined) return undefined;
  const names = table.strings('field_names');
  if (names.length === 0) table.error('empty', 'field_names', '`field_names` names no field');
  table.done();
  return { field_names: names };
}

function readTransform(root: TableReader): Transform | undefined {
  const table = root.table('transform');
  if (table === undefined) return undefined;
  const transform: Transform = {
    investigate: table.tables('investigate', (question) => ({
      label: question.requiredString('label'),
      description: question.string('description'),
      providers: question.tableLists('providers', (filter) => ({
        field: filter.requiredString('field'),
        excluded: filter.boolean('excluded') ?? false,
        queryType: filter.requiredChoice('queryType', ['phrase', 'range']),
        value: filter.string('value') ?? '',
        valueType: filter.string('valueType') ?? 'string',
      })),
      relativeFrom: question.string('relativeFrom'),
      relativeTo: question.string('relativeTo'),
    })),
    osquery: table.tables('osquery', (question) => ({
      label: question.requiredString('label'),
      query: question.requiredString('query'),
    })),
  };
  table.done();
  return transform;
}
