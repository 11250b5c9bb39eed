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
  /** The same object stands for the same line in other heads. */
  readonly isShared: boolean;
}

function parseFields(text: string): Header[] {
  const fields: Header[] = [];
  let start = text.indexOf('\n') + 1;
  while (start > 0 && start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const first = text.charCodeAt(start);
    if (first === 0x20 || first === 0x09) fold(fields, text.slice(start, end).trim());
    else parseLine(fields, text.slice(start, end));
    start = end + 1;
  }
  return fields;
}

/** obs-fold (RFC 9112 section 5.2): the line continues the value before it. */
function fold(fields: Header[], more: string): void {
  const last = fields.pop();
  if (last === undefined) return;
  const value = last.value && more ? `${last.value} ${more}` : last.value || more;
  fields.push({ name: last.name, value, isShared: false });
}

function parseLine(fields: Header[], line: string): void {
  const known = shared.get(line);
  if (known !== undefined) {
    fields.push(known);
    return;
  }
  const colon = line.indexOf(':');
  if (colon < 1) return;
  const name = line.slice(0, colon).trimEnd().toLowerCase();
  if (OF_FEW_VALUES.has(name) && line.length <= MAX_SHARED_LENGTH) fields.push(share(line, colon, name));
  else fields.push({ name, value: line.slice(colon + 1).trim(), isShared: false });
}

/** Fields that say the same in most messages, and nothing that is secret. */
const OF_FEW_VALUES = new Set(
  `accept accept-charset accept-encoding accept-language accept-ranges access-control-allow-origin allow cache-control
  connection content-encoding content-language content-type expect host keep-alive metadata metadata-flavor pragma
  proxy-connection server te transfer-encoding upgrade upgrade-insecure-requests user-agent vary x-powered-by`.split(
    /\s+/,
  ),
);

/** Lines of these fields that are remembered, so that they are read once; when there are more, all are forgotten. */
const MAX_SHARED = 2048;
const MAX_SHARED_LENGTH = 256;
const shared = new Map<string, Header>();

function share(line: string, colon: number, name: string): Header {
  if (shared.size >= MAX_SHARED) shared.clear();
  // A copy: a part of a text would keep the whole text in memory.
  const own = Buffer.from(line, 'latin1').toString('latin1');
  const header = { name, value: own.slice(colon + 1).trim(), isShared: true };
  shared.set(own, header);
  return header;
}
