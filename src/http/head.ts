/**
 * The head of an HTTP/1 message: start line and header fields, one character a byte (latin-1). Fields are looked for
 * when asked for, since most messages are never asked.
 */
export class MessageHead {
  /** Start line and field lines with their line ends, as sent. */
  readonly text: string;
  #fields: Header[] | null = null;

  constructor(text: string) {
    this.text = text;
  }

  /** Value of the field, values of a repeated one joined by ", "; undefined where it is absent. `name` in lower case. */
  get(name: string): string | undefined {
    let value: string | undefined;
    for (const field of this.fields) {
      if (field.name === name) value = value === undefined ? field.value : `${value}, ${field.value}`;
    }
    return value;
  }

  /** All fields in the order sent; names in lower case, values without surrounding white space. */
  get fields(): readonly Header[] {
    if (!this.#fields) this.#fields = parseFields(this.text);
    return this.#fields;
  }
}

export interface Header {
  /** Lower case. */
  readonly name: string;
  readonly value: string;
}

function parseFields(text: string): Header[] {
  const fields: { name: string; value: string }[] = [];
  let start = text.indexOf('\n') + 1;
  while (start > 0 && start < text.length) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    const first = text.charCodeAt(start);
    if (first === 0x20 || first === 0x09) {
      // obs-fold (RFC 9112 section 5.2): the line continues the value before it.
      const last = fields.at(-1);
      const more = text.slice(start, end).trim();
      if (last && more) last.value = last.value ? `${last.value} ${more}` : more;
    } else {
      const colon = text.indexOf(':', start);
      if (colon > start && colon < end) {
        fields.push({
          name: text.slice(start, colon).trimEnd().toLowerCase(),
          value: text.slice(colon + 1, end).trim(),
        });
      }
    }
    start = end + 1;
  }
  return fields;
}
