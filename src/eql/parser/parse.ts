import type { Diagnostic } from '../../base/diagnostic.ts';
import type { Query } from '../ast.ts';
import { Diagnostics } from '../codes.ts';
import { tokenize } from '../lexer.ts';
import { Cursor } from './cursor.ts';
import { statement } from './query.ts';
import { checkStructure } from './structure.ts';

/** Characters a query may have: twenty times the longest of the public rules. */
export const MAX_QUERY_LENGTH = 1_000_000;

/**
 * The syntax tree of a query, or null where it has errors. All syntax errors are reported at once. Never throws.
 */
export function parse(text: string): { query: Query | null; diagnostics: Diagnostic[] } {
  const diagnostics = new Diagnostics();
  if (text.length > MAX_QUERY_LENGTH) {
    const span = { start: 0, end: 1 };
    diagnostics.error(
      'query-too-long',
      span,
      `a query may have at most ${MAX_QUERY_LENGTH.toLocaleString('en')} characters`,
    );
    return { query: null, diagnostics: diagnostics.list() };
  }
  const query = statement(new Cursor(text, tokenize(text, diagnostics), diagnostics));
  if (query && !diagnostics.hasErrors) checkStructure(query, diagnostics);
  return { query: diagnostics.hasErrors ? null : query, diagnostics: diagnostics.list() };
}
