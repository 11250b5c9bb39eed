import type { FieldValue } from '../base/field.ts';
import type { Header, MessageHead } from '../http/head.ts';
import { redactHeaderValue } from '../redact/header.ts';
import { redactText } from '../redact/text.ts';
import type { HttpEvent } from './http-event.ts';
import { HTTP_FIELDS } from './http-fields.ts';

type Document = Record<string, unknown>;

/** A level of the nested document: what is read, or what lies below. */
interface Branch {
  readonly leaves: { readonly key: string; readonly read: (event: HttpEvent) => unknown }[];
  readonly branches: { readonly key: string; readonly branch: Branch }[];
}

/** The nested ECS document of an HTTP event. Fields without a value are left out. */
export function httpDocument(event: HttpEvent): Document {
  return build(ROOT, event) ?? {};
}

/** The accessor of one header field, such as `http.request.headers.metadata-flavor`; null for any other name. */
export function headerField(name: string): ((event: HttpEvent) => FieldValue) | null {
  const match = /^http\.(request|response)\.headers\.(.+)$/.exec(name);
  if (!match) return null;
  const header = match[2];
  return match[1] === 'request' ? (event) => event.requestHeader(header) : (event) => event.responseHeader(header);
}

function build(branch: Branch, event: HttpEvent): Document | null {
  let document: Document | null = null;
  for (const { key, read } of branch.leaves) {
    const value = read(event);
    if (value === null || value === undefined) continue;
    document ??= {};
    document[key] = value;
  }
  for (const { key, branch: below } of branch.branches) {
    const value = build(below, event);
    if (value === null) continue;
    document ??= {};
    document[key] = value;
  }
  return document;
}

/** All header fields without secrets, values of a repeated one joined as `MessageHead.get` joins them. */
function headers(head: MessageHead | undefined): Document | null {
  if (!head || head.fields.length === 0) return null;
  const document: Document = {};
  for (const header of head.fields) {
    const known = shown.get(header);
    const { key, value } = known ?? show(header);
    if (Object.hasOwn(document, key)) return joinedHeaders(head);
    document[key] = value;
  }
  return document;
}

/** The same where names are repeated: what is joined is joined before it is redacted. */
function joinedHeaders(head: MessageHead): Document {
  const document: Document = {};
  for (const name of new Set(head.fields.map((header) => header.name))) {
    const { key, value } = showValue(name, head.get(name) ?? '');
    document[key] = Object.hasOwn(document, key) ? `${String(document[key])}, ${value}` : value;
  }
  return document;
}

interface ShownHeader {
  readonly key: string;
  readonly value: string | number;
}

/** What shared headers look like in a document. They go with the lines that they stand for. */
const shown = new WeakMap<Header, ShownHeader>();

function show(header: Header): ShownHeader {
  const result = showValue(header.name, header.value);
  if (header.isShared) shown.set(header, result);
  return result;
}

function showValue(name: string, value: string): ShownHeader {
  const redacted = redactHeaderValue(name, value);
  const isNumber = name === 'content-length' && /^\d{1,15}$/.test(redacted);
  return { key: redactText(name), value: isNumber ? Number(redacted) : redacted };
}

function grow(): Branch {
  const root: Branch = { leaves: [], branches: [] };
  for (const [name, read] of HTTP_FIELDS) plant(root, name.split('.'), read);
  plant(root, ['http', 'request', 'headers'], (event) => headers(event.request?.head));
  plant(root, ['http', 'response', 'headers'], (event) => headers(event.response?.head));
  return root;
}

function plant(root: Branch, path: string[], read: (event: HttpEvent) => unknown): void {
  let branch = root;
  for (const key of path.slice(0, -1)) {
    let below = branch.branches.find((entry) => entry.key === key);
    if (!below) {
      below = { key, branch: { leaves: [], branches: [] } };
      branch.branches.push(below);
    }
    branch = below.branch;
  }
  branch.leaves.push({ key: path[path.length - 1], read });
}

const ROOT = grow();
