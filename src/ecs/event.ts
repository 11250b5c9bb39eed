import type { FieldValue } from '../base/field.ts';
import type { Micros } from '../base/time.ts';

/**
 * One thing that happened, with ECS field names. Fields are read by name; the nested document is its wire form, made
 * when asked for.
 */
export interface Event {
  /** `@timestamp`. */
  readonly time: Micros;
  /** `event.id`: the same however the event was read. Made when asked for. */
  readonly id: string;
  /** To be called before the event is held for longer than until the next one is made. */
  keep(): void;
  get(field: string): FieldValue;
  /** The nested ECS document. */
  toJSON(): Record<string, unknown>;
}
