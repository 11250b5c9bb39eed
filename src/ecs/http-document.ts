import type { FieldValue } from '../base/field.ts';
import type { MessageHead } from '../http/head.ts';
import type { HttpEvent } from './http-event.ts';
import { CONSTANT, HTTP_FIELDS } from './http-fields.ts';
import { shownHeaders } from './shown-headers.ts';

type Document = Record<string, unknown>;

/** A level of the nested document: what is read, or what lies below. Leaves come first. */
interface Branch {
  readonly leaves: Leaf[];
  readonly branches: { readonly key: string; readonly branch: Branch }[];
}

export type Leaf = { readonly key: string } & Source;

/** Where a leaf comes from: the same in every event, read of the event, or the header fields of one of its messages. */
export type Source =
  | { readonly constant: NonNullable<FieldValue> }
  | { readonly read: (event: HttpEvent) => FieldValue }
  | { readonly head: (event: HttpEvent) => MessageHead | undefined };

/** The nested ECS document of an HTTP event. Fields without a value are left out. */
export function httpDocument(event: HttpEvent): Document {
  return build(DOCUMENT, event) ?? {};
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
  for (const leaf of branch.leaves) {
    const value = valueAt(leaf, event);
    if (value === null || value === undefined) continue;
    document ??= {};
    document[leaf.key] = value;
  }
  for (const { key, branch: below } of branch.branches) {
    const value = build(below, event);
    if (value === null) continue;
    document ??= {};
    document[key] = value;
  }
  return document;
}

function valueAt(source: Source, event: HttpEvent): unknown {
  if ('constant' in source) return source.constant;
  return 'read' in source ? source.read(event) : shownHeaders(source.head(event));
}

function grow(): Branch {
  const root: Branch = { leaves: [], branches: [] };
  for (const [name, read] of HTTP_FIELDS) {
    const constant = CONSTANT[name];
    plant(root, name.split('.'), constant === undefined || constant === null ? { read } : { constant });
  }
  plant(root, ['http', 'request', 'headers'], { head: (event) => event.request?.head });
  plant(root, ['http', 'response', 'headers'], { head: (event) => event.response?.head });
  return root;
}

function plant(root: Branch, path: string[], source: Source): void {
  let branch = root;
  for (const key of path.slice(0, -1)) {
    let below = branch.branches.find((entry) => entry.key === key);
    if (!below) {
      below = { key, branch: { leaves: [], branches: [] } };
      branch.branches.push(below);
    }
    branch = below.branch;
  }
  branch.leaves.push({ key: path[path.length - 1], ...source });
}

const DOCUMENT = grow();

/** All leaves in the order of the document, each with the names on the way to it. */
export function documentLeaves(): { readonly path: readonly string[]; readonly source: Source }[] {
  return leavesBelow(DOCUMENT, []);
}

function leavesBelow(branch: Branch, path: readonly string[]): ReturnType<typeof documentLeaves> {
  return [
    ...branch.leaves.map((leaf) => ({ path: [...path, leaf.key], source: leaf })),
    ...branch.branches.flatMap(({ key, branch: below }) => leavesBelow(below, [...path, key])),
  ];
}
