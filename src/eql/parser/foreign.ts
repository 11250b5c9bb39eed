import { isKeyword, type Keyword } from '../token.ts';
import type { Cursor } from './cursor.ts';

/**
 * A keyword in capitals where `wanted` could stand: reported, and taken as if it were right. `peek` asks whether an
 * `and` or `or` in capitals is next, and takes nothing.
 */
export function fixKeywordCase(cursor: Cursor, wanted: Keyword | 'peek'): boolean {
  const token = cursor.token;
  if (token.kind !== 'name') return false;
  const lower = token.text.toLowerCase();
  if (wanted === 'peek') return lower === 'and' || lower === 'or';
  if (lower !== wanted || !isKeyword(lower)) return false;
  // A field may be called NOT: only what goes on like a condition is a misspelt keyword.
  const next = cursor.peek().kind;
  if (wanted === 'not' && next !== 'name' && next !== 'quoted name' && next !== '?' && next !== '(') return false;
  cursor.error('keyword-case', token, 'keywords are lower-case', `write ${lower}`);
  cursor.advance();
  return true;
}

/** Syntax that older engines or other languages have, behind an operand. True where it was reported. */
export function rejectForeignSyntax(cursor: Cursor): boolean {
  const token = cursor.token;
  if (token.kind === 'of') {
    cursor.error(
      'lineage',
      token,
      'child of, descendant of and event of are not supported',
      'compare fields of the parent (process.parent.*), or write a sequence by process.entity_id',
    );
    return true;
  }
  if (token.kind === 'name') {
    const lower = token.text.toLowerCase();
    const instead = FOREIGN_WORDS.get(lower);
    if (instead) {
      cursor.error('foreign-operator', token, `${token.text} is not an operator of EQL`, instead);
      return true;
    }
    if (isKeyword(lower)) {
      cursor.error('keyword-case', token, 'keywords are lower-case', `write ${lower}`);
      return true;
    }
  }
  if (token.kind === 'decimal' && token.text.startsWith('.')) {
    cursor.unexpected('a field name', `write .\`${token.text.slice(1)}\``);
    return true;
  }
  if (token.kind === 'string' || token.kind === '(') {
    cursor.unexpected('an operator', 'write == to compare exactly, or : to ignore case and use wildcards');
    return true;
  }
  return false;
}

/** Words in lower case, and what to write instead. */
const FOREIGN_WORDS: ReadonlyMap<string, string> = new Map([
  ['matches', 'write regex~ for a regular expression, or : for wildcards'],
  ['rlike', 'write regex'],
  ['contains', 'write : "*text*", or the function stringContains'],
  ['startswith', 'write : "text*", or the function startsWith'],
  ['endswith', 'write : "*text", or the function endsWith'],
  ['is', 'write == null or != null'],
  ['between', 'write x >= low and x <= high'],
  ['xor', 'write (a and not b) or (not a and b)'],
]);
