/** Reserved words; all lower-case. A field or part of one with such a name is written in backticks. */
const KEYWORDS = [
  'and',
  'any',
  'by',
  'false',
  'in',
  'join',
  'like',
  'maxspan',
  'not',
  'null',
  'of',
  'or',
  'regex',
  'sample',
  'sequence',
  'true',
  'until',
  'where',
  'with',
] as const;
export type Keyword = (typeof KEYWORDS)[number];

export const PUNCTUATION = [
  '![',
  '==',
  '!=',
  '<=',
  '>=',
  '<',
  '>',
  '=',
  ':',
  '+',
  '-',
  '*',
  '/',
  '%',
  '(',
  ')',
  '[',
  ']',
  ',',
  '.',
  '|',
  '?',
] as const;
type Punctuation = (typeof PUNCTUATION)[number];

export type TokenKind =
  | Keyword
  | Punctuation
  | 'in~'
  | 'like~'
  | 'regex~'
  | 'name'
  /** In backticks. */
  | 'quoted name'
  /** A name with `~` directly behind it: a function's case-insensitive form. */
  | 'name~'
  | 'string'
  | 'integer'
  | 'decimal'
  | 'end';

export interface Token {
  readonly kind: TokenKind;
  readonly start: number;
  readonly end: number;
  /** Names and strings: the value, quotes and escapes undone; otherwise the source text. */
  readonly text: string;
}

const keywords: ReadonlySet<string> = new Set(KEYWORDS);

export function isKeyword(word: string): word is Keyword {
  return keywords.has(word);
}
