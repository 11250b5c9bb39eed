import type { Diagnostic } from '../base/diagnostic.ts';
import type { QueryOptions } from './checked-query.ts';
import { readAttributes } from './read-attributes.ts';
import { Report } from './report.ts';
import { reportQuery } from './report-query.ts';
import { type EqlRule, type Rule, type RuleAttributes, UNSUPPORTED_TYPES, type UnsupportedType } from './rule.ts';
import { TableReader } from './table-reader.ts';
import { parseToml } from './toml.ts';

export interface LoadedRule {
  /** Null where there are errors. */
  readonly rule: Rule | null;
  /** Everything that is wrong with the file, in the order of its text. Spans are of the text. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Reads a rule file of Elastic's layout: `[metadata]`, `[rule]`, `[[rule.threat]]`, `[transform]`.
 * @param text of the file
 * @param file its path, kept as the rule's `file`
 */
export function loadRule(text: string, file: string, options: QueryOptions = {}): LoadedRule {
  const document = parseToml(text);
  if (document.table === null) return { rule: null, diagnostics: document.diagnostics };
  const report = new Report(document.locate);
  const root = new TableReader(document.table, [], report);
  const table = root.requiredTable('rule');
  const attributes = readAttributes(root, table, file);
  const type = table.requiredChoice('type', ['eql', ...UNSUPPORTED_TYPES]);
  const rule =
    type === 'eql' ? readEqlRule(table, attributes, text, options) : readUnsupportedRule(table, attributes, type);
  table.done();
  root.done();
  return { rule: report.failed ? null : rule, diagnostics: report.list() };
}

function readEqlRule(table: TableReader, attributes: RuleAttributes, text: string, options: QueryOptions): EqlRule {
  table.choice('language', ['eql']);
  const rule: EqlRule = {
    ...attributes,
    supported: true,
    type: 'eql',
    query: table.requiredString('query'),
    event_category_override: table.string('event_category_override'),
    timestamp_field: table.string('timestamp_field'),
    tiebreaker_field: table.string('tiebreaker_field'),
  };
  if (rule.query !== '') reportQuery(rule, table, text, options);
  return rule;
}

/** What rules of the other types have beside the common attributes. */
const TYPE_ATTRIBUTES = [
  'anomaly_threshold',
  'concurrent_searches',
  'history_window_start',
  'items_per_search',
  'language',
  'machine_learning_job_id',
  'new_terms',
  'new_terms_fields',
  'query',
  'saved_id',
  'threat_filters',
  'threat_index',
  'threat_indicator_path',
  'threat_language',
  'threat_mapping',
  'threat_query',
  'threshold',
];

function readUnsupportedRule(table: TableReader, attributes: RuleAttributes, type: UnsupportedType): Rule {
  const typeAttributes: Record<string, unknown> = {};
  for (const key of TYPE_ATTRIBUTES) {
    const value = table.unread(key);
    if (value !== undefined) typeAttributes[key] = value;
  }
  return { ...attributes, supported: false, type, type_attributes: typeAttributes };
}
