import { escapeControls } from '../base/controls.ts';
import type { JsonBytes } from '../base/json-bytes.ts';
import type { Header, MessageHead } from '../http/head.ts';
import { splitHostPort } from '../http/target.ts';
import { redactHeaderValue } from '../redact/header.ts';
import { redactText } from '../redact/text.ts';

// Header fields as they may be shown: without secrets. What is found of a shared header is found once.

type Headers = Record<string, string | number>;

/** All fields by name, values of a repeated one joined as `MessageHead.get` joins them. */
export function shownHeaders(head: MessageHead | undefined): Headers | null {
  if (!head || head.fields.length === 0) return null;
  const document: Headers = {};
  for (const header of head.fields) {
    const known = shown.get(header);
    const { key, value } = known ?? show(header);
    // A repeated name, or one that means something to objects, such as `__proto__`.
    if (key in document) return joinedHeaders(head);
    document[key] = value;
  }
  return document;
}

export function hasHeaders(head: MessageHead | undefined): head is MessageHead {
  return head !== undefined && head.fields.length > 0;
}

/** Writes what `shownHeaders` gives of a head that has fields. */
export function writeHeaders(to: JsonBytes, head: MessageHead): void {
  if (mayRepeatNames(head.fields)) {
    to.text(escapeControls(JSON.stringify(shownHeaders(head))));
    return;
  }
  let separator = OPEN;
  for (const header of head.fields) {
    const { key, value, json } = shown.get(header) ?? show(header);
    to.byte(separator);
    separator = COMMA;
    if (json !== null) {
      to.raw(json);
      continue;
    }
    to.string(key);
    to.byte(COLON);
    to.value(value);
  }
  to.byte(CLOSE);
}

const OPEN = 0x7b;
const CLOSE = 0x7d;
const COLON = 0x3a;
const COMMA = 0x2c;

/** Whether two fields may have one name; also where a name means something to objects, such as `__proto__`. */
function mayRepeatNames(fields: readonly Header[]): boolean {
  for (let i = 0; i < fields.length; i++) {
    const { name } = fields[i];
    if (name.charCodeAt(0) === UNDERSCORE) return true;
    for (let j = 0; j < i; j++) if (fields[j].name === name) return true;
  }
  return false;
}

const UNDERSCORE = 0x5f;

/** The same where names are repeated: what is joined is joined before it is redacted. */
function joinedHeaders(head: MessageHead): Headers {
  const document = new Map<string, string | number>();
  for (const name of new Set(head.fields.map((header) => header.name))) {
    const { key, value } = showValue(name, head.get(name) ?? '');
    const before = document.get(key);
    document.set(key, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(document);
}

interface ShownHeader {
  readonly key: string;
  readonly value: string | number;
  /** Both as JSON, of shared headers. */
  readonly json: Uint8Array | null;
}

/** What shared headers look like in a document. They go with the lines that they stand for. */
const shown = new WeakMap<Header, ShownHeader>();

function show(header: Header): ShownHeader {
  const { key, value } = showValue(header.name, header.value);
  const isAscii = header.isShared && /^[ -~]*$/.test(`${key}${value}`);
  const json = isAscii ? Buffer.from(`${JSON.stringify(key)}:${JSON.stringify(value)}`) : null;
  const result = { key, value, json };
  if (header.isShared) shown.set(header, result);
  return result;
}

function showValue(name: string, value: string): { readonly key: string; readonly value: string | number } {
  const redacted = redactHeaderValue(name, value);
  const isNumber = name === 'content-length' && /^\d{1,15}$/.test(redacted);
  return { key: redactText(name), value: isNumber ? Number(redacted) : redacted };
}

/** The value of a field, as `shownHeaders` has it but as text; null where the field is absent. `name` in lower case. */
export function shownHeader(head: MessageHead | undefined, name: string): string | null {
  let only: Header | null = null;
  for (const header of head?.fields ?? NO_HEADERS) {
    if (header.name !== name) continue;
    if (only !== null) return redactHeaderValue(name, head?.get(name) ?? '');
    only = header;
  }
  if (only === null) return null;
  return String((shown.get(only) ?? show(only)).value);
}

const NO_HEADERS: readonly Header[] = [];

export interface Authority {
  readonly host: string | null;
  readonly port: number | null;
}

const NO_AUTHORITY: Authority = { host: null, port: null };
const authorities = new WeakMap<Header, Authority>();

/** Host and port of the Host header; of several, of the values joined. */
export function shownAuthority(head: MessageHead): Authority {
  const hosts = head.fields.filter((header) => header.name === 'host');
  if (hosts.length !== 1) return hosts.length === 0 ? NO_AUTHORITY : authorityOf(head.get('host') ?? '');
  const known = authorities.get(hosts[0]);
  if (known !== undefined) return known;
  const authority = authorityOf(hosts[0].value);
  if (hosts[0].isShared) authorities.set(hosts[0], authority);
  return authority;
}

function authorityOf(value: string): Authority {
  if (value === '') return NO_AUTHORITY;
  const { host, port } = splitHostPort(value);
  return { host: redactText(host), port };
}
