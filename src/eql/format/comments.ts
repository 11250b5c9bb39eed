import type { Span } from '../../base/diagnostic.ts';
import { commentsOf } from '../lexer.ts';

/**
 * The comments of a text, handed out in order as printing passes the places where they stand, so that none is lost.
 */
export class Comments {
  readonly #text: string;
  readonly #spans: readonly Span[];
  #next = 0;

  constructor(text: string) {
    this.#text = text;
    this.#spans = commentsOf(text);
  }

  /** A comment that was not taken yet starts before `offset`. */
  pendingBefore(offset: number): boolean {
    return this.#next < this.#spans.length && this.#spans[this.#next].start < offset;
  }

  /** Takes the comments that start before `offset`. */
  takeBefore(offset: number): string[] {
    const taken: string[] = [];
    while (this.pendingBefore(offset)) taken.push(this.#take());
    return taken;
  }

  /** Takes the comments that start before the parenthesis that opens before `offset`. */
  takeBeforeParenthesis(offset: number): string[] {
    const taken: string[] = [];
    while (this.pendingBefore(offset) && this.#codeBetween(this.#spans[this.#next].end, offset).includes('(')) {
      taken.push(this.#take());
    }
    return taken;
  }

  /** The text between two places without comments. */
  #codeBetween(start: number, end: number): string {
    let code = '';
    let from = start;
    for (const span of this.#spans) {
      if (span.start < start || span.end > end) continue;
      code += this.#text.slice(from, span.start);
      from = span.end;
    }
    return code + this.#text.slice(from, end);
  }

  /** Takes the comments that follow a part on its line; the comma or the operator behind the part may stand between. */
  takeOnLine({ start, end }: Span): string[] {
    const taken: string[] = [];
    if (this.#next === this.#spans.length) return taken;
    // Parentheses around the part are no part of its span.
    const opened = /[(\s]*$/.exec(this.#text.slice(0, start))?.[0].replace(/\s/g, '').length ?? 0;
    const separator = new RegExp(`^(?:\\s*\\)){0,${opened}}[ \\t]*,?[ \\t]*(?:and|or)?[ \\t]*$`);
    for (let from = end; this.#next < this.#spans.length; from = this.#spans[this.#next - 1].end) {
      if (!separator.test(this.#text.slice(from, this.#spans[this.#next].start))) break;
      taken.push(this.#take());
    }
    return taken;
  }

  #take(): string {
    const span = this.#spans[this.#next++];
    return this.#text.slice(span.start, span.end);
  }
}
