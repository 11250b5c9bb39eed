import type { FieldValue, Scalar } from '../base/field.ts';
import { isoFromMicros } from '../base/time.ts';
import { printable } from '../detect/printable.ts';
import { type Found, fieldsOf, type Query } from '../eql/index.ts';
import { redactDocument } from '../redact/document.ts';
import type { AnyEvent } from './any-event.ts';
import type { Style } from './style.ts';
import { table } from './text.ts';

/** A result as a line of JSON has it; null stands for an event that is missing. */
export function foundJson(query: Query, found: Found<AnyEvent>): object {
  if (found.kind === 'event') return { event: found.document };
  return {
    sequence: { join_keys: shownKeys(query, found.joinKeys).map(([, value]) => value), events: found.documents },
  };
}

/** Columns of the table beside the time. */
const MAX_COLUMNS = 6;

/** Results for people: a table of events, or one of each sequence below what its events have in common. */
export function foundText(query: Query, results: readonly Found<AnyEvent>[], style: Style): string[] {
  const events = results.flatMap((found) => (found.kind === 'event' ? [found.document] : found.documents));
  const columns = columnsFor(query, events);
  const rows = events.map((event) => rowOf(event, columns));
  if (rows.length === 0) return [];
  const lines = table([['@timestamp', ...columns], ...rows]);
  if (query.kind === 'event') return lines;
  const text = [lines[0]];
  let next = 1;
  for (const [index, found] of results.entries()) {
    if (found.kind === 'event') continue;
    const keys = shownKeys(query, found.joinKeys).map(([name, value]) => `${name} is ${cell(value) || 'null'}`);
    text.push(style('bold', [`${query.kind} ${index + 1}`, ...keys].join(', ')));
    text.push(...lines.slice(next, next + found.documents.length));
    next += found.documents.length;
  }
  return text;
}

function columnsFor(query: Query, events: readonly (AnyEvent | null)[]): string[] {
  const hasValue = (field: string) => events.some((event) => event !== null && cell(event.get(field)) !== '');
  return fieldsOf(query).filter(hasValue).slice(0, MAX_COLUMNS);
}

function rowOf(event: AnyEvent | null, columns: readonly string[]): string[] {
  if (event === null) return ['(none, as asked)'];
  return [timeCell(event), ...columns.map((field) => cell(event.get(field)))];
}

/** Names and values of join keys, without secrets. The names are those of the first step. */
function shownKeys(query: Query, values: readonly (Scalar | null)[]): [name: string, value: FieldValue][] {
  if (query.kind === 'event') return [];
  const names = [...query.by, ...query.steps[0].by].map(({ name }) => name);
  return values.map((value, index) => {
    const shown = Object.values(redactDocument({ [names[index]]: value }))[0];
    const isShown = typeof shown === 'string' || typeof shown === 'number' || typeof shown === 'boolean';
    return [names[index], isShown ? shown : null];
  });
}

/** Of an event without a time that can be read, what it has instead. */
function timeCell(event: AnyEvent): string {
  return event.time === 0 ? cell(event.get('@timestamp')) : isoFromMicros(event.time);
}

function cell(value: FieldValue): string {
  if (value === null || value === undefined) return '';
  return printable(typeof value === 'object' ? value.join(', ') : String(value));
}
