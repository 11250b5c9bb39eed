import type { FieldValue } from '../base/field.ts';
import type { HttpEvent } from './http-event.ts';
import { HTTP_FIELDS } from './http-fields.ts';
import { shownHeaders } from './shown-headers.ts';

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

function grow(): Branch {
  const root: Branch = { leaves: [], branches: [] };
  for (const [name, read] of HTTP_FIELDS) plant(root, name.split('.'), read);
  plant(root, ['http', 'request', 'headers'], (event) => shownHeaders(event.request?.head));
  plant(root, ['http', 'response', 'headers'], (event) => shownHeaders(event.response?.head));
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
