import type { Query } from '../ast.ts';
import { commentsOf } from '../lexer.ts';
import { parse } from '../parser/parse.ts';

/**
 * Two texts are the same query: equal trees but for places, and the same comments in the same order, whatever their line
 * ends. False where one of them has syntax errors.
 */
export function isSameQuery(one: string, other: string): boolean {
  const [{ query: a }, { query: b }] = [parse(one), parse(other)];
  if (a === null || b === null) return false;
  return treeText(a) === treeText(b) && commentsText(one) === commentsText(other);
}

const PLACES: ReadonlySet<string> = new Set(['span', 'nameSpan', 'categorySpan']);

function treeText(query: Query): string {
  return JSON.stringify(query, (key, value: unknown) => {
    if (PLACES.has(key)) return undefined;
    // JSON has neither -0 nor Infinity.
    return typeof value === 'number' ? `number ${Object.is(value, -0) ? '-0' : value}` : value;
  });
}

function commentsText(text: string): string {
  const comments = commentsOf(text).map(({ start, end }) => text.slice(start, end).replaceAll('\r\n', '\n'));
  return JSON.stringify(comments);
}
