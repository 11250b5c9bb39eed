import type { FieldCatalogue } from '../base/field.ts';
import { catalogue as ecsCatalogue } from '../ecs/catalogue.ts';
import type { CheckOptions } from '../eql/index.ts';
import type { EqlRule } from './rule.ts';

/** How a rule wants its query to be read. Without a catalogue of one's own, fields are those of ECS and ours. */
export function queryOptions(rule: EqlRule, catalogue: FieldCatalogue = ecsCatalogue): CheckOptions {
  if (rule.event_category_override === undefined) return { catalogue };
  return { catalogue, eventCategoryField: rule.event_category_override };
}
