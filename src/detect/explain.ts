import type { Event } from '../ecs/event.ts';
import type { Explanation, Matcher } from '../eql/index.ts';

/** What each part of a query says about an event. The values shown are the event's own, without secrets. */
export function explainEvent<E extends Event>(matcher: Matcher<E>, event: E): Explanation {
  return withShownValues(matcher.explain(event), event);
}

/** The explanation with the values that the event shows, in place of those that were compared. */
export function withShownValues(explanation: Explanation, event: Event): Explanation {
  return {
    ...explanation,
    fields: explanation.fields.map(({ field }) => ({ field, value: event.get(field) })),
    children: explanation.children.map((child) => withShownValues(child, event)),
  };
}
