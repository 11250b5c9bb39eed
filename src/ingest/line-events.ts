import type { DocumentReader, FieldValue, Shape } from '../base/field.ts';
import { jsonReader, jsonShapes } from '../base/json-document.ts';
import { JsonScanner } from '../base/json-scanner.ts';
import { DocumentEvent, type Identity } from './document-event.ts';

const parsed = jsonReader();

/**
 * Makes events of lines of JSON, and reads their fields from the bytes of the line: most events concern no rule, and
 * are never parsed. Of an event that is not the last one made, fields are read from the parsed document.
 */
export class LineEvents implements DocumentReader<DocumentEvent> {
  readonly #scanner = new JsonScanner(['_source']);
  #current: DocumentEvent | null = null;
  /** By the names of fields: those that rules and queries have. */
  readonly #accessors = new Map<string, (event: DocumentEvent) => FieldValue>();
  readonly #identity: Identity = {
    timestamp: this.field('@timestamp'),
    id: this.field('event.id'),
    documentId: this.field('_id'),
  };

  /**
   * The event of a line, behind which a line feed stands. Null where the line has to be parsed; what comes of it may be
   * an event all the same.
   * @param bytes stay as they are until the next event is made, or the event is kept
   */
  event(bytes: Buffer, start: number, end: number): DocumentEvent | null {
    this.#current = null;
    if (!this.#scanner.scan(bytes, start, end)) return null;
    this.#current = new DocumentEvent(null, { bytes, start, end, identity: this.#identity });
    return this.#current;
  }

  /** Reads the fields of an event that was kept from its bytes again, until the next is made. */
  revisit(event: DocumentEvent): void {
    const bytes = event.keptBytes;
    this.#current = bytes !== null && this.#scanner.scan(bytes, 0, bytes.length - 1) ? event : null;
  }

  field(name: string): (event: DocumentEvent) => FieldValue {
    const known = this.#accessors.get(name);
    if (known !== undefined) return known;
    const accessor = this.#accessor(name);
    this.#accessors.set(name, accessor);
    return accessor;
  }

  #accessor(name: string): (event: DocumentEvent) => FieldValue {
    const scanner = this.#scanner;
    const number = scanner.field(name);
    const read = parsed.field(name);
    return (event) => {
      if (event === this.#current) return scanner.value(number);
      return read?.(event.document);
    };
  }

  shapes(): (event: DocumentEvent) => Shape | null {
    const shapeOf = jsonShapes();
    return (event) => (event === this.#current ? this.#scanner.shape() : shapeOf(event.document));
  }
}
