import type { Span } from '../base/diagnostic.ts';
import { Diagnostics } from './codes.ts';
import { isKeyword, PUNCTUATION, type Token, type TokenKind } from './token.ts';

/**
 * The tokens of a query, the last of kind `end`. Bad characters are reported and left out; operators of other
 * languages are reported and become the right ones, so that parsing can go on.
 */
export function tokenize(text: string, diagnostics: Diagnostics): Token[] {
  return new Lexer(text, diagnostics).run();
}

/** The comments of a query, in order. */
export function commentsOf(text: string): Span[] {
  const lexer = new Lexer(text, new Diagnostics());
  lexer.run();
  return lexer.comments;
}

const NAME = /[A-Za-z_@][A-Za-z0-9_]*/y;
/** A function's name may not start with `_` or `@` when `~` follows it. */
const NAME_TILDE = /[A-Za-z][A-Za-z0-9_]*~/y;
/** Digits alone are an integer; with a point or an exponent it is a decimal: `1.`, `.5`, `1e3`. */
const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const BLANK = /[ \t\r\n]+/y;
const LINE_COMMENT = /\/\/[^\r\n]*/y;

const SPACED_MISSING = /!\s+\[/y;

const FOREIGN: readonly { text: string; kind: TokenKind; word: string }[] = [
  { text: '&&', kind: 'and', word: 'and' },
  { text: '||', kind: 'or', word: 'or' },
  { text: '<>', kind: '!=', word: '!=' },
  { text: '=~', kind: 'regex~', word: 'regex~' },
];

class Lexer {
  readonly comments: Span[] = [];
  readonly #text: string;
  readonly #diagnostics: Diagnostics;
  readonly #tokens: Token[] = [];
  #at = 0;

  constructor(text: string, diagnostics: Diagnostics) {
    this.#text = text;
    this.#diagnostics = diagnostics;
  }

  run(): Token[] {
    while (this.#at < this.#text.length) {
      if (this.#blank()) continue;
      this.#string() || this.#number() || this.#name() || this.#quotedName() || this.#punctuation() || this.#bad();
    }
    this.#tokens.push({ kind: 'end', start: this.#at, end: this.#at, text: '' });
    return this.#tokens;
  }

  #blank(): boolean {
    if (this.#text.startsWith('/*', this.#at)) {
      this.#blockComment();
      return true;
    }
    const comment = this.#match(LINE_COMMENT);
    if (comment !== null) this.comments.push({ start: this.#at, end: this.#at + comment.length });
    const skipped = comment ?? this.#match(BLANK);
    this.#at += skipped?.length ?? 0;
    return skipped !== null;
  }

  /** Block comments nest. */
  #blockComment(): void {
    const start = this.#at;
    let depth = 0;
    do {
      if (this.#text.startsWith('/*', this.#at)) {
        depth++;
        this.#at += 2;
      } else if (this.#text.startsWith('*/', this.#at)) {
        depth--;
        this.#at += 2;
      } else {
        this.#at++;
      }
    } while (depth > 0 && this.#at < this.#text.length);
    this.comments.push({ start, end: this.#at });
    if (depth > 0) {
      const span = { start, end: start + 2 };
      this.#diagnostics.error(
        'unterminated-comment',
        span,
        'this comment has no end',
        'close it with */ (comments nest)',
      );
    }
  }

  #string(): boolean {
    const text = this.#text;
    const first = text[this.#at];
    if (first === '"') return text.startsWith('"""', this.#at) ? this.#rawString() : this.#plainString();
    if (first === "'") {
      this.#oldString(this.#at, 'single-quotes', 'strings are written in double quotes');
      return true;
    }
    const second = text[this.#at + 1];
    if (first === '?' && (second === '"' || second === "'")) {
      const start = this.#at++;
      this.#oldString(start, 'old-regex-string', 'strings starting with ? are no longer part of EQL', 'raw');
      return true;
    }
    return false;
  }

  #plainString(): boolean {
    const text = this.#text;
    const start = this.#at;
    let value = '';
    let from = start + 1;
    for (let at = from; at < text.length; ) {
      const char = text[at];
      if (char === '"') {
        this.#push('string', start, at + 1, value + text.slice(from, at));
        return true;
      }
      if (char === '\n' || char === '\r') break;
      if (char !== '\\') {
        at++;
        continue;
      }
      const sequence = this.#escape(at);
      value += text.slice(from, at) + sequence.value;
      at = sequence.end;
      from = at;
    }
    return this.#unterminated(start, '"', value);
  }

  /** The escape sequence at `at`, which is a backslash: its value, and where it ends. */
  #escape(at: number): { value: string; end: number } {
    const text = this.#text;
    const simple = SIMPLE_ESCAPES[text[at + 1]];
    if (simple !== undefined) return { value: simple, end: at + 2 };
    const unicode = /\\u\{([0-9A-Fa-f]{2,8})\}/y;
    unicode.lastIndex = at;
    const match = unicode.exec(text);
    if (match) {
      const code = Number.parseInt(match[1], 16);
      const end = at + match[0].length;
      if (code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff)) return { value: String.fromCodePoint(code), end };
      this.#diagnostics.error('invalid-escape', { start: at, end }, `${match[0]} is no Unicode character`);
      return { value: '', end };
    }
    const end = Math.min(at + 2, text.length);
    this.#diagnostics.error(
      'invalid-escape',
      { start: at, end },
      `${text.slice(at, end)} is not an escape sequence`,
      'write \\\\ for a backslash, or put the text in """three quotes""", where backslashes stand for themselves; ' +
        'there are \\b \\t \\n \\f \\r \\" \\\' \\\\ and \\u{hex}',
    );
    return { value: text.slice(at + 1, end), end };
  }

  /** `"""..."""` on one line, without escapes; one or two more quotes at its end belong to the text. */
  #rawString(): boolean {
    const text = this.#text;
    const start = this.#at;
    const close = text.indexOf('"""', start + 3);
    if (close < 0 || /[\r\n]/.test(text.slice(start, close))) return this.#unterminated(start, '"""', '');
    let end = close + 3;
    while (end < close + 5 && text[end] === '"') end++;
    this.#push('string', start, end, text.slice(start + 3, end - 3));
    return true;
  }

  #unterminated(start: number, quote: string, value: string): boolean {
    const rest = this.#text.slice(start);
    const lineEnd = rest.search(/[\r\n]|$/);
    const end = start + lineEnd;
    this.#diagnostics.error(
      'unterminated-string',
      { start, end },
      'this string does not end on its line',
      `close it with ${quote}; a line break within a string is written \\n`,
    );
    this.#push('string', start, end, value);
    return true;
  }

  /** A string as older engines wrote it, `this.#at` on its quote: reported, then taken as the string it was meant to be. */
  #oldString(start: number, code: 'single-quotes' | 'old-regex-string', message: string, raw?: 'raw'): void {
    const text = this.#text;
    const quote = text[this.#at];
    let close = this.#at + 1;
    while (close < text.length && text[close] !== quote && text[close] !== '\n') close += text[close] === '\\' ? 2 : 1;
    const end = Math.min(close + 1, text.length);
    const value = text.slice(this.#at + 1, Math.min(close, text.length));
    const better = raw ? `"""${value}"""` : JSON.stringify(value);
    this.#diagnostics.error(code, { start, end }, message, `write ${better}`);
    this.#push('string', start, end, value);
  }

  #number(): boolean {
    const match = this.#match(NUMBER);
    if (match === null) return false;
    this.#push(/^\d+$/.test(match) ? 'integer' : 'decimal', this.#at, this.#at + match.length, match);
    return true;
  }

  #name(): boolean {
    const tilde = this.#match(NAME_TILDE);
    if (tilde !== null) {
      const start = this.#at;
      const end = start + tilde.length;
      if (tilde === 'in~' || tilde === 'like~' || tilde === 'regex~') this.#push(tilde, start, end, tilde);
      else this.#push('name~', start, end, tilde.slice(0, -1));
      return true;
    }
    const name = this.#match(NAME);
    if (name === null) return false;
    this.#push(isKeyword(name) ? name : 'name', this.#at, this.#at + name.length, name);
    return true;
  }

  /** `` `name` ``, a backtick within it doubled. */
  #quotedName(): boolean {
    const text = this.#text;
    if (text[this.#at] !== '`') return false;
    const start = this.#at;
    let at = start + 1;
    while (at < text.length && text[at] !== '\n') {
      if (text[at] !== '`') at++;
      else if (text[at + 1] === '`') at += 2;
      else break;
    }
    if (text[at] === '`') {
      this.#push('quoted name', start, at + 1, text.slice(start + 1, at).replaceAll('``', '`'));
      return true;
    }
    this.#diagnostics.error(
      'unterminated-name',
      { start, end: at },
      'this name in backticks does not end on its line',
      'close it with `; a backtick within the name is written twice',
    );
    this.#push('quoted name', start, at, text.slice(start + 1, at));
    return true;
  }

  #punctuation(): boolean {
    const start = this.#at;
    for (const { text, kind, word } of FOREIGN) {
      if (!this.#text.startsWith(text, start)) continue;
      const span = { start, end: start + text.length };
      this.#diagnostics.error('foreign-operator', span, `${text} is not an operator of EQL`, `write ${word}`);
      this.#push(kind, start, span.end, word);
      return true;
    }
    for (const punctuation of PUNCTUATION) {
      if (!this.#text.startsWith(punctuation, start)) continue;
      this.#push(punctuation, start, start + punctuation.length, punctuation);
      return true;
    }
    return false;
  }

  #bad(): boolean {
    const start = this.#at;
    const char = String.fromCodePoint(this.#text.codePointAt(start) ?? 0);
    const span = { start, end: start + char.length };
    const spaced = this.#match(SPACED_MISSING);
    if (spaced !== null) {
      span.end = start + spaced.length;
      this.#diagnostics.error('missing-event', span, '![ is written without a space', 'write ![');
      this.#push('![', start, span.end, '![');
      return true;
    }
    if (char === '!') {
      this.#diagnostics.error('foreign-operator', span, '! is not an operator of EQL', 'write not');
      this.#push('not', start, span.end, 'not');
      return true;
    }
    const help = CURLY_QUOTES.includes(char) ? 'write a straight double quote: "' : undefined;
    this.#diagnostics.error('invalid-character', span, `${JSON.stringify(char)} is not part of EQL`, help);
    this.#at = span.end;
    return true;
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.#at;
    return pattern.exec(this.#text)?.[0] ?? null;
  }

  #push(kind: TokenKind, start: number, end: number, text: string): void {
    this.#tokens.push({ kind, start, end, text });
    this.#at = end;
  }
}

const CURLY_QUOTES = '“”„‘’';

const SIMPLE_ESCAPES: Readonly<Record<string, string | undefined>> = {
  b: '\b',
  t: '\t',
  n: '\n',
  f: '\f',
  r: '\r',
  '"': '"',
  "'": "'",
  '\\': '\\',
};
