import type { FieldValue } from '../base/field.ts';
import type { JsonBytes } from '../base/json-bytes.ts';
import type { MessageHead } from '../http/head.ts';
import { documentLeaves } from './http-document.ts';
import type { HttpEvent } from './http-event.ts';
import { hasHeaders, writeHeaders } from './shown-headers.ts';

/** Part of the document: one leaf, or several constant ones in a row. */
interface Part {
  /** Names on the way to the first and to the last leaf of it. */
  readonly first: readonly string[];
  readonly last: readonly string[];
  /** Of constant leaves: all of the JSON between the first's name and what follows the last. */
  readonly constant: Uint8Array | null;
  /** Of the others, one of the two. All parts have all properties, so that the loop over them stays fast. */
  readonly read: ((event: HttpEvent) => FieldValue) | null;
  readonly head: ((event: HttpEvent) => MessageHead | undefined) | null;
  /** What stands between the part before, by its number, and this one: braces, comma, names. Made when it is met. */
  readonly between: (Uint8Array | undefined)[];
}

/** Writes the document of an event, the same as `httpDocument` has it, as JSON. */
export function writeHttpDocument(to: JsonBytes, event: HttpEvent): void {
  let before = -1;
  for (let index = 0; index < PARTS.length; index++) {
    const part = PARTS[index];
    if (part.read !== null) {
      const value = part.read(event);
      if (value === null || value === undefined) continue;
      to.raw(between(before, index));
      to.value(value);
    } else if (part.constant !== null) {
      to.raw(between(before, index));
      to.raw(part.constant);
    } else if (part.head !== null) {
      const head = part.head(event);
      if (!hasHeaders(head)) continue;
      to.raw(between(before, index));
      writeHeaders(to, head);
    }
    before = index;
  }
  to.raw(END[before]);
}

function between(before: number, index: number): Uint8Array {
  const part = PARTS[index];
  const known = part.between[before + 1];
  if (known !== undefined) return known;
  const bytes = Buffer.from(before < 0 ? `{${opening(part.first, 0)}` : joint(PARTS[before].last, part.first));
  part.between[before + 1] = bytes;
  return bytes;
}

/** From behind the value at one path to before the value at the next. */
function joint(from: readonly string[], to: readonly string[]): string {
  let common = 0;
  while (common < from.length - 1 && common < to.length - 1 && from[common] === to[common]) common++;
  return `${'}'.repeat(from.length - 1 - common)},${opening(to, common)}`;
}

function opening(path: readonly string[], from: number): string {
  return path
    .slice(from)
    .map((key) => `${JSON.stringify(key)}:`)
    .join('{');
}

function parts(): Part[] {
  const all: Part[] = [];
  for (const { path, source } of documentLeaves()) {
    const read = 'read' in source ? source.read : null;
    const head = 'head' in source ? source.head : null;
    const json = 'constant' in source ? JSON.stringify(source.constant) : null;
    const before = all.at(-1);
    if (json !== null && before && before.constant !== null) {
      const constant = Buffer.concat([before.constant, Buffer.from(joint(before.last, path) + json)]);
      all[all.length - 1] = { ...before, last: path, constant };
    } else {
      const constant = json === null ? null : Buffer.from(json);
      all.push({ first: path, last: path, constant, read, head, between: [] });
    }
  }
  return all;
}

const PARTS = parts();
const END = PARTS.map(({ last }) => Buffer.from('}'.repeat(last.length)));
