import type { Span } from '../../base/diagnostic.ts';
import type { Code, Diagnostics } from '../codes.ts';
import type { Token, TokenKind } from '../token.ts';

/** How deep expressions may nest, in parentheses, function calls, `not` and signs together. */
const MAX_DEPTH = 200;

/** How many arithmetic operators a query may have: chains of them make the tree as deep as they are long. */
const MAX_ARITHMETIC_OPERATORS = 500;

/**
 * A place in the tokens of a query. It reports at most one error for each token, so that what follows from an error is
 * not reported again.
 */
export class Cursor {
  readonly text: string;
  readonly diagnostics: Diagnostics;
  readonly #tokens: readonly Token[];
  #index = 0;
  #reportedAt = -1;
  #depth = 0;
  #arithmetic = 0;

  constructor(text: string, tokens: readonly Token[], diagnostics: Diagnostics) {
    this.text = text;
    this.diagnostics = diagnostics;
    this.#tokens = tokens;
  }

  get token(): Token {
    return this.#tokens[this.#index];
  }

  /** The token taken last. */
  get previous(): Token {
    return this.#tokens[Math.max(0, this.#index - 1)];
  }

  /** The token `distance` further on, or the last. */
  peek(distance = 1): Token {
    return this.#tokens[Math.min(this.#index + distance, this.#tokens.length - 1)];
  }

  at(kind: TokenKind): boolean {
    return this.token.kind === kind;
  }

  /** The token is this word, which is no keyword. */
  atWord(word: string): boolean {
    return this.token.kind === 'name' && this.token.text === word;
  }

  advance(): Token {
    const token = this.token;
    if (token.kind !== 'end') this.#index++;
    return token;
  }

  accept(kind: TokenKind): boolean {
    if (!this.at(kind)) return false;
    this.advance();
    return true;
  }

  /** Takes a token of this kind, or reports that it was expected. */
  expect(kind: TokenKind, after: string): boolean {
    if (this.accept(kind)) return true;
    this.unexpected(`${describeKind(kind)} ${after}`);
    return false;
  }

  /** From the start of `first` to the end of the token taken last. */
  spanFrom(first: Token): Span {
    return { start: first.start, end: Math.max(first.end, this.previous.end) };
  }

  unexpected(expected: string, help?: string): void {
    const token = this.token;
    const found = token.kind === 'end' ? 'the query ends' : `found ${this.sourceOf(token)}`;
    this.error('unexpected-token', token, `expected ${expected}, but ${found}`, help);
  }

  error(code: Code, span: Span, message: string, help?: string): void {
    if (this.#reportedAt === this.#index) return;
    this.#reportedAt = this.#index;
    this.diagnostics.error(code, { start: span.start, end: span.end }, message, help);
  }

  sourceOf(span: Span): string {
    const source = this.text.slice(span.start, span.end);
    return source.length <= 40 ? source : `${source.slice(0, 37)}...`;
  }

  /** Skips to one of these tokens on the same level of brackets, or to the bracket that ends the level, or to the end. */
  skipTo(...kinds: TokenKind[]): void {
    let level = 0;
    for (; !this.at('end'); this.advance()) {
      const kind = this.token.kind;
      if (level === 0 && (kinds.includes(kind) || kind === ')' || kind === ']')) return;
      if (kind === '(' || kind === '[' || kind === '![') level++;
      else if (kind === ')' || kind === ']') level--;
    }
  }

  /** Runs `parse` one level deeper; past `MAX_DEPTH` it reports that, gives up the rest of the text and answers `fallback`. */
  deeper<T>(parse: () => T, fallback: T): T {
    if (this.#depth >= MAX_DEPTH) {
      this.#giveUp('too-deep', `the query nests more than ${MAX_DEPTH} levels deep`, 'split it into several queries');
      return fallback;
    }
    this.#depth++;
    const result = parse();
    this.#depth--;
    return result;
  }

  /** Counts an arithmetic operator. */
  countArithmetic(): void {
    if (++this.#arithmetic <= MAX_ARITHMETIC_OPERATORS) return;
    this.#giveUp('too-many-operators', `the query has more than ${MAX_ARITHMETIC_OPERATORS} arithmetic operators`);
  }

  #giveUp(code: Code, message: string, help?: string): void {
    this.error(code, this.token, message, help);
    this.#index = this.#tokens.length - 1;
    this.#reportedAt = this.#index;
  }
}

function describeKind(kind: TokenKind): string {
  return kind === 'end' ? 'the end of the query' : kind;
}
