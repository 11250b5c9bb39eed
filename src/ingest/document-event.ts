import type { DocumentReader, FieldValue } from '../base/field.ts';
import { sha256Hex } from '../base/hash.ts';
import { type JsonDocument, jsonReader, jsonShapes } from '../base/json-document.ts';
import { isDate, type Micros } from '../base/time.ts';
import type { Event } from '../ecs/event.ts';
import { redactDocument } from '../redact/document.ts';

const reader = jsonReader();
const timestamp = accessor('@timestamp');
const eventId = accessor('event.id');
const documentId = accessor('_id');

function accessor(field: string): (document: JsonDocument) => FieldValue {
  return reader.field(field) ?? (() => undefined);
}

/**
 * An event that came as a JSON document with ECS field names. Rules decide on the document as it is
 * (`documentEventReader`); what is shown, stored or sent (`get`, `toJSON`) has passed `redact/`.
 */
export class DocumentEvent implements Event {
  readonly document: JsonDocument;
  #redacted: Record<string, unknown> | null = null;
  #time: Micros | null = null;

  constructor(document: JsonDocument) {
    this.document = document;
  }

  /** `@timestamp`: RFC 3339 or epoch milliseconds; 0 where there is none, or none from the year 0 to 9999. */
  get time(): Micros {
    if (this.#time === null) {
      const time = microsOf(timestamp(this.document));
      this.#time = isDate(time) ? time : 0;
    }
    return this.#time;
  }

  /** `event.id`, else `_id`, else a hash of the document. */
  get id(): string {
    const id = eventId(this.document) ?? documentId(this.document);
    if (typeof id === 'string' && id !== '') return id;
    return sha256Hex(textOf(this.document) ?? JSON.stringify(this.toJSON())).slice(0, 32);
  }

  get(field: string): FieldValue {
    return reader.field(field)?.(this.toJSON());
  }

  toJSON(): Record<string, unknown> {
    this.#redacted ??= redactDocument(this.document);
    return this.#redacted;
  }
}

/** Reads documents for compiled queries. */
export const documentEventReader: DocumentReader<DocumentEvent> = {
  field(name) {
    const read = reader.field(name);
    return read && ((event) => read(event.document));
  },
  shapes() {
    const shapeOf = jsonShapes();
    return (event) => shapeOf(event.document);
  },
};

/** Epoch milliseconds, or RFC 3339 with up to nanoseconds, as microseconds; NaN where it is no time. */
function microsOf(value: FieldValue): Micros {
  if (typeof value === 'number') return value * 1000;
  if (typeof value !== 'string') return Number.NaN;
  const millis = Date.parse(value);
  const fraction = /\.\d{3}(\d{1,3})/.exec(value)?.[1] ?? '';
  return millis * 1000 + Number(fraction.padEnd(3, '0'));
}

/** A document as JSON; null where its values lie too deep within one another for the engine's stack. */
function textOf(document: JsonDocument): string | null {
  try {
    return JSON.stringify(document);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}
