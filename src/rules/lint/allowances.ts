import type { Span } from '../../base/diagnostic.ts';
import { commentsOf } from '../../eql/lexer.ts';

/** A lint that a comment of the query allows to be: `// hoplimit: allow lone-wildcard`. */
export interface Allowance {
  readonly code: string;
  /** Where the code stands in the query. */
  readonly span: Span;
}

/** Elasticsearch keeps comments, and takes no notice of them. */
export function allowancesOf(query: string): Allowance[] {
  return commentsOf(query).flatMap(({ start, end }) => {
    const match = /\bhoplimit:\s*allow\s+(?<codes>[\w-]+(?:\s*,\s*[\w-]+)*)/d.exec(query.slice(start, end));
    const codes = match?.indices?.groups?.codes;
    if (codes === undefined) return [];
    const [from, to] = codes.map((at) => at + start);
    return [...query.slice(from, to).matchAll(/[\w-]+/g)].map(({ 0: code, index }) => ({
      code,
      span: { start: from + index, end: from + index + code.length },
    }));
  });
}
