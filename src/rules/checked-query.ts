import type { FieldCatalogue } from '../base/field.ts';
import { catalogue as ecsCatalogue } from '../ecs/catalogue.ts';
import { type CheckedQuery, type CheckOptions, check } from '../eql/index.ts';
import type { EqlRule } from './rule.ts';

/** The fields that queries may name: by default those of ECS and ours, and any others with a warning. */
export interface QueryOptions {
  readonly catalogue?: FieldCatalogue | undefined;
  readonly unknownFields?: CheckOptions['unknownFields'];
}

/**
 * A rule's query, parsed and checked as the rule wants it to be read. Who loads a rule checks its query, and who runs the rule compiles it, so the result is remembered.
 */
export function checkedQuery(rule: EqlRule, options: QueryOptions = {}): CheckedQuery {
  const { catalogue = ecsCatalogue, unknownFields = 'warning' } = options;
  const known = remembered.get(rule);
  if (known?.options.catalogue === catalogue && known.options.unknownFields === unknownFields) return known;
  const field = rule.event_category_override;
  const checked = check(rule.query, {
    catalogue,
    unknownFields,
    ...(field !== undefined && { eventCategoryField: field }),
  });
  remembered.set(rule, checked);
  return checked;
}

/** By rule, with the options that it was last checked with. */
const remembered = new WeakMap<EqlRule, CheckedQuery>();
