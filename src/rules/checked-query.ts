import type { FieldCatalogue } from '../base/field.ts';
import { catalogue as ecsCatalogue } from '../ecs/catalogue.ts';
import { type CheckedQuery, check } from '../eql/index.ts';
import type { EqlRule } from './rule.ts';

/**
 * A rule's query, parsed and checked as the rule wants it to be read. Without a catalogue of one's own, fields are those
 * of ECS and ours. Who loads a rule checks its query, and who runs the rule compiles it, so the result is remembered.
 */
export function checkedQuery(rule: EqlRule, catalogue: FieldCatalogue = ecsCatalogue): CheckedQuery {
  const known = remembered.get(rule);
  if (known?.options.catalogue === catalogue) return known;
  const field = rule.event_category_override;
  const checked = check(rule.query, { catalogue, ...(field !== undefined && { eventCategoryField: field }) });
  remembered.set(rule, checked);
  return checked;
}

/** By rule, with the catalogue that it was last checked with. */
const remembered = new WeakMap<EqlRule, CheckedQuery>();
