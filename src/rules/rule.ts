/**
 * A detection rule. Attributes bear the names that Elastic's rule files and API give them, so that a rule reads the
 * same in its file, in an export, in an alert and here.
 */
export type Rule = EqlRule | UnsupportedRule;

export interface EqlRule extends RuleAttributes {
  readonly supported: true;
  readonly type: 'eql';
  /** EQL. */
  readonly query: string;
  /** The field that the word before `where` is compared with; `event.category` where absent. */
  readonly event_category_override?: string | undefined;
  /** The field by which the events of a sequence are put in order; `@timestamp` where absent. */
  readonly timestamp_field?: string | undefined;
  /** The field that decides the order of events of the same time. */
  readonly tiebreaker_field?: string | undefined;
}

/** A rule in a language that hoplimit does not run: it can be listed, kept and exported. */
export interface UnsupportedRule extends RuleAttributes {
  readonly supported: false;
  readonly type: UnsupportedType;
  /** The attributes that rules of this type alone have, unread. */
  readonly type_attributes: Readonly<Record<string, unknown>>;
}

export const UNSUPPORTED_TYPES = [
  'query',
  'saved_query',
  'esql',
  'threshold',
  'new_terms',
  'machine_learning',
  'threat_match',
] as const;
export type UnsupportedType = (typeof UNSUPPORTED_TYPES)[number];

export interface RuleAttributes {
  /** The path of the file that the rule was read from. */
  readonly file: string;
  readonly metadata: RuleMetadata;
  /** The signature's id: the same on every installation. */
  readonly rule_id: string;
  readonly name: string;
  readonly description: string;
  readonly severity: Severity;
  /** 0 to 100. */
  readonly risk_score: number;
  /** Of the rule's content, from 1. */
  readonly version: number;
  readonly enabled: boolean;
  readonly author: readonly string[];
  readonly license?: string | undefined;
  readonly tags: readonly string[];
  readonly references: readonly string[];
  readonly false_positives: readonly string[];
  /** The investigation guide, in Markdown. */
  readonly note?: string | undefined;
  /** What must be set up for the rule to see events, in Markdown. */
  readonly setup?: string | undefined;
  readonly threat: readonly Threat[];

  /** Patterns of the indices and data streams that the rule reads; empty means all. */
  readonly index: readonly string[];
  readonly data_view_id?: string | undefined;
  /** Kibana filters, unread. */
  readonly filters: readonly unknown[];
  /** How often a scheduled rule runs: `5m`. */
  readonly interval: string;
  /** Date math: the start of the time that a scheduled run looks at. */
  readonly from: string;
  readonly to: string;
  /** The most alerts that one interval may make. */
  readonly max_signals: number;
  /** The field that an event's time is taken from, such as `event.ingested`; `@timestamp` where absent. */
  readonly timestamp_override?: string | undefined;
  readonly timestamp_override_fallback_disabled: boolean;

  /** The alerts are parts of others, and are not shown by themselves. */
  readonly building_block_type?: 'default' | undefined;
  readonly rule_name_override?: string | undefined;
  readonly severity_mapping: readonly SeverityMapping[];
  readonly risk_score_mapping: readonly RiskScoreMapping[];
  readonly alert_suppression?: AlertSuppression | undefined;
  readonly investigation_fields?: InvestigationFields | undefined;
  readonly related_integrations: readonly RelatedIntegration[];
  readonly required_fields: readonly RequiredField[];
  readonly timeline_id?: string | undefined;
  readonly timeline_title?: string | undefined;
  readonly exceptions_list: readonly ExceptionListReference[];
  /** Connectors that a Kibana tells of an alert, unread. */
  readonly actions: readonly unknown[];
  /** What an Elastic Agent does at an alert, unread. */
  readonly response_actions: readonly unknown[];
  readonly throttle?: string | undefined;
  readonly meta?: Readonly<Record<string, unknown>> | undefined;
  readonly namespace?: string | undefined;
  readonly output_index?: string | undefined;
  /** Queries offered to the analyst in the investigation guide. */
  readonly transform?: Transform | undefined;
}

export const SEVERITIES = ['low', 'medium', 'high', 'critical'] as const;
export type Severity = (typeof SEVERITIES)[number];

/** The least risk score of each severity; its greatest is the one below the next severity's least. */
export const LEAST_RISK: Readonly<Record<Severity, number>> = { low: 0, medium: 22, high: 48, critical: 74 };

/** The severity whose range of risk scores holds `risk`. */
export function severityOf(risk: number): Severity {
  if (risk >= LEAST_RISK.critical) return 'critical';
  if (risk >= LEAST_RISK.high) return 'high';
  return risk >= LEAST_RISK.medium ? 'medium' : 'low';
}

/** The table `[metadata]`: of the file, not of the detection. */
export interface RuleMetadata {
  readonly creation_date?: string | undefined;
  readonly updated_date?: string | undefined;
  readonly maturity: Maturity;
  readonly integration: readonly string[];
  readonly min_stack_version?: string | undefined;
  readonly min_stack_comments?: string | undefined;
  readonly deprecation_date?: string | undefined;
  readonly deprecated_reason?: string | undefined;
  readonly promotion?: boolean | undefined;
  readonly bypass_bbr_timing?: boolean | undefined;
}

export const MATURITIES = ['development', 'experimental', 'beta', 'production', 'deprecated'] as const;
export type Maturity = (typeof MATURITIES)[number];

/** A tactic of ATT&CK, with the techniques that the rule detects of it. */
export interface Threat {
  readonly framework: string;
  readonly tactic: ThreatEntry;
  readonly technique: readonly Technique[];
}

export interface Technique extends ThreatEntry {
  readonly subtechnique: readonly ThreatEntry[];
}

export interface ThreatEntry {
  readonly id: string;
  readonly name: string;
  readonly reference: string;
}

/** The alert has `severity` where `field` is `value`. */
export interface SeverityMapping {
  readonly field: string;
  readonly operator: 'equals';
  readonly value: string;
  readonly severity: Severity;
}

/** The alert's risk score is the value of `field`. */
export interface RiskScoreMapping {
  readonly field: string;
  readonly operator: 'equals';
  readonly value: string;
  readonly risk_score?: number | undefined;
}

export interface AlertSuppression {
  readonly group_by: readonly string[];
  readonly duration?: { readonly value: number | undefined; readonly unit: 's' | 'm' | 'h' } | undefined;
  readonly missing_fields_strategy: 'suppress' | 'doNotSuppress';
}

export interface InvestigationFields {
  readonly field_names: readonly string[];
}

export interface RelatedIntegration {
  readonly package: string;
  readonly version: string;
  readonly integration?: string | undefined;
}

export interface RequiredField {
  readonly name: string;
  readonly type: string;
}

export interface ExceptionListReference {
  readonly id: string;
  readonly list_id: string;
  readonly type: string;
  readonly namespace_type: 'agnostic' | 'single';
}

export interface Transform {
  readonly investigate: readonly Investigation[];
  readonly osquery: readonly OsqueryQuestion[];
}

/** A search for events near the alert. */
export interface Investigation {
  readonly label: string;
  readonly description?: string | undefined;
  /** Any of the outer list, all of each inner one. */
  readonly providers: readonly (readonly InvestigationFilter[])[];
  readonly relativeFrom?: string | undefined;
  readonly relativeTo?: string | undefined;
}

export interface InvestigationFilter {
  readonly field: string;
  readonly excluded: boolean;
  readonly queryType: 'phrase' | 'range';
  readonly value: string;
  readonly valueType: string;
}

export interface OsqueryQuestion {
  readonly label: string;
  readonly query: string;
}
