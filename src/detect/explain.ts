import type { Event } from '../ecs/event.ts';
import type { Explanation } from '../eql/index.ts';

/** What each part of a query says about an event, with the values that the event shows: its own, without secrets. */
export function withShownValues(explanation: Explanation, event: Event): Explanation {
  return {
    ...explanation,
    fields: explanation.fields.map(({ field }) => ({ field, value: event.get(field) })),
    children: explanation.children.map((child) => withShownValues(child, event)),
  };
}
