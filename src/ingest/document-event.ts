import type { FieldValue } from '../base/field.ts';
import { sha256Hex } from '../base/hash.ts';
import { type JsonDocument, jsonReader } from '../base/json-document.ts';
import { isDate, type Micros } from '../base/time.ts';
import type { Event } from '../ecs/event.ts';
import { redactDocument } from '../redact/document.ts';

const reader = jsonReader();
const parsed: Identity = {
  timestamp: accessor('@timestamp'),
  id: accessor('event.id'),
  documentId: accessor('_id'),
};

type Accessor = (document: JsonDocument) => FieldValue;

/** Fields that are shown are the same for most events; more than so many are begun anew. */
const MAX_ACCESSORS = 2048;
const accessors = new Map<string, Accessor | null>();

function accessorOf(field: string): Accessor | null {
  let known = accessors.get(field);
  if (known === undefined) {
    known = reader.field(field);
    if (accessors.size >= MAX_ACCESSORS) accessors.clear();
    accessors.set(field, known);
  }
  return known;
}

function accessor(field: string): (event: DocumentEvent) => FieldValue {
  const read = reader.field(field);
  return ({ document }) => read?.(document);
}

/** How to read the fields that tell events apart. */
export interface Identity {
  readonly timestamp: (event: DocumentEvent) => FieldValue;
  readonly id: (event: DocumentEvent) => FieldValue;
  readonly documentId: (event: DocumentEvent) => FieldValue;
}

/** Where an event stands as JSON. */
export interface EventLine {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  readonly identity: Identity;
}

/**
 * An event that came as a JSON document with ECS field names, parsed or not yet. Rules decide on the document as it is;
 * what is shown, stored or sent (`get`, `toJSON`) has passed `redact/`.
 */
export class DocumentEvent implements Event {
  #document: JsonDocument | null;
  readonly #line: EventLine | null;
  /** The line's bytes, once they are kept. */
  #bytes: Buffer | null = null;
  #redacted: Record<string, unknown> | null = null;
  #time: Micros | null = null;

  /** @param line in which the event stands, where it is not parsed yet */
  constructor(document: JsonDocument | null, line: EventLine | null = null) {
    this.#document = document;
    this.#line = line;
  }

  /** The document as it came. */
  get document(): JsonDocument {
    this.#document ??= JSON.parse(this.#text());
    return this.#document ?? {};
  }

  /** `@timestamp`: RFC 3339 or epoch milliseconds; 0 where there is none, or none from the year 0 to 9999. */
  get time(): Micros {
    if (this.#time === null) {
      const time = microsOf(this.#identity.timestamp(this));
      this.#time = isDate(time) ? time : 0;
    }
    return this.#time;
  }

  /** `event.id`, else `_id`, else a hash of the document. */
  get id(): string {
    const id = this.#identity.id(this) ?? this.#identity.documentId(this);
    if (typeof id === 'string' && id !== '') return id;
    return sha256Hex(textOf(this.document) ?? JSON.stringify(this.toJSON())).slice(0, 32);
  }

  /** To be called before the event is held for longer than until the next: what it stands in is used again. */
  keep(): void {
    if (this.#line === null || this.#bytes !== null || this.#document !== null) return;
    const { bytes, start, end } = this.#line;
    this.#bytes = Buffer.allocUnsafe(end + 1 - start);
    bytes.copy(this.#bytes, 0, start, end + 1);
  }

  /** Its line with the line feed behind it, once it was kept; null where it never had one, or was parsed before that. */
  get keptBytes(): Buffer | null {
    return this.#bytes;
  }

  get #identity(): Identity {
    return this.#line?.identity ?? parsed;
  }

  #text(): string {
    if (this.#bytes !== null) return this.#bytes.toString('utf8');
    return this.#line === null ? '{}' : this.#line.bytes.toString('utf8', this.#line.start, this.#line.end);
  }

  get(field: string): FieldValue {
    return accessorOf(field)?.(this.toJSON());
  }

  toJSON(): Record<string, unknown> {
    this.#redacted ??= redactDocument(this.document);
    return this.#redacted;
  }
}

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
