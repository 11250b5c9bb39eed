import type { Event } from '../ecs/event.ts';
import { printable } from './printable.ts';

/** The first value of a field as text that may be shown; undefined where there is none. */
export function textOf(event: Event, field: string): string | undefined {
  const value = event.get(field);
  const first = typeof value === 'object' && value !== null ? value[0] : value;
  return first === undefined || first === null || first === '' ? undefined : printable(String(first));
}
