import type { DocumentReader, FieldValue } from '../base/field.ts';
import { sha256Hex } from '../base/hash.ts';
import { type JsonDocument, jsonReader } from '../base/json-document.ts';
import type { Micros } from '../base/time.ts';
import type { Event } from '../ecs/event.ts';
import { redactDocument } from '../redact/document.ts';

const reader = jsonReader();

/**
 * An event that came as a JSON document with ECS field names. Rules decide on the document as it is
 * (`documentEventReader`); what is shown, stored or sent (`get`, `toJSON`) has passed `redact/`.
 */
export class DocumentEvent implements Event {
  readonly document: JsonDocument;
  #redacted: Record<string, unknown> | null = null;

  constructor(document: JsonDocument) {
    this.document = document;
  }

  /** `@timestamp`: RFC 3339 or epoch milliseconds; 0 where there is none. */
  get time(): Micros {
    const value = this.#raw('@timestamp');
    if (typeof value === 'number') return value * 1000;
    return typeof value === 'string' ? microsOf(value) : 0;
  }

  /** `event.id`, else `_id`, else a hash of the document. */
  get id(): string {
    const id = this.#raw('event.id') ?? this.#raw('_id');
    if (typeof id === 'string' && id !== '') return id;
    return sha256Hex(JSON.stringify(this.document)).slice(0, 32);
  }

  get(field: string): FieldValue {
    return reader.field(field)?.(this.toJSON());
  }

  toJSON(): Record<string, unknown> {
    this.#redacted ??= redactDocument(this.document);
    return this.#redacted;
  }

  #raw(field: string): FieldValue {
    return reader.field(field)?.(this.document);
  }
}

/** Reads documents for compiled queries. */
export const documentEventReader: DocumentReader<DocumentEvent> = {
  field(name) {
    const read = reader.field(name);
    return read && ((event) => read(event.document));
  },
};

/** RFC 3339 with up to nanoseconds, as microseconds; 0 where it is no time. */
function microsOf(text: string): Micros {
  const millis = Date.parse(text);
  if (Number.isNaN(millis)) return 0;
  const fraction = /\.\d{3}(\d{1,3})/.exec(text)?.[1] ?? '';
  return millis * 1000 + Number(fraction.padEnd(3, '0'));
}
