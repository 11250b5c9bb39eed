import type { DocumentReader, FieldValue } from '../base/field.ts';
import { fieldNames } from '../base/json-document.ts';
import { nearest } from '../base/nearest.ts';
import { HTTP_FIELDS } from '../ecs/http-fields.ts';
import { DocumentEvent } from '../ingest/document-event.ts';
import type { AnyEvent } from './any-event.ts';

/** Events that are all looked at; after them, every `EVERY`th where that is enough. */
const FIRST = 1000;
const EVERY = 100;

/** Names of fields that are remembered, to tell what was perhaps meant. */
const MAX_NAMES = 10_000;

/** Finds out which of some fields no event has. What has been seen is not looked for again. */
export class UnseenFields {
  readonly #unseen = new Map<string, (event: AnyEvent) => FieldValue>();
  readonly #names = new Set<string>();
  readonly #isExact: boolean;
  #events = 0;
  /** Events that were looked at. */
  looked = 0;

  /** @param isExact all events are looked at */
  constructor(fields: Iterable<string>, reader: DocumentReader<AnyEvent>, isExact: boolean) {
    this.#isExact = isExact;
    for (const field of fields) this.#unseen.set(field, reader.field(field) ?? (() => undefined));
  }

  look(event: AnyEvent): void {
    if (this.#unseen.size === 0) return;
    const number = this.#events++;
    if (number >= FIRST && !this.#isExact && number % EVERY !== 0) return;
    this.looked++;
    for (const [field, read] of this.#unseen) if (hasValue(read(event))) this.#unseen.delete(field);
    if (this.#isExact && number < FIRST) this.#learn(event);
  }

  /** Fields that none of the events had that were looked at; none where there were no events. */
  get fields(): ReadonlySet<string> {
    return new Set(this.looked === 0 ? [] : this.#unseen.keys());
  }

  /** Fields of the first events with names that are nearly the same; known where all events are looked at. */
  near(field: string): string[] {
    return nearest(field, this.#names);
  }

  #learn(event: AnyEvent): void {
    const names = event instanceof DocumentEvent ? fieldNames(event.document) : HTTP_FIELDS.keys();
    for (const name of names) {
      if (this.#names.size >= MAX_NAMES) return;
      this.#names.add(name);
    }
  }
}

function hasValue(value: FieldValue): boolean {
  if (value === undefined || value === null) return false;
  return typeof value !== 'object' || value.some((item) => item !== null);
}
