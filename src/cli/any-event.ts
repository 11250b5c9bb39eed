import type { DocumentReader } from '../base/field.ts';
import type { Event } from '../ecs/event.ts';
import { HttpEvent, httpEventReader } from '../ecs/http-event.ts';
import type { DocumentEvent } from '../ingest/document-event.ts';
import type { LineEvents } from '../ingest/line-events.ts';

export type AnyEvent = HttpEvent | DocumentEvent;

/** Reads events from captures and from documents, where both come together. */
export function anyEventReader(lines: LineEvents): DocumentReader<AnyEvent> {
  return {
    field(name) {
      const ofHttp = httpEventReader.field(name);
      const ofDocument = lines.field(name);
      return (event) => (event instanceof HttpEvent ? ofHttp?.(event) : ofDocument(event));
    },
  };
}

/** Epoch milliseconds; NaN where the event has no time. */
export function millisOfEvent(event: Event): number {
  return event.time === 0 ? Number.NaN : event.time / 1000;
}
