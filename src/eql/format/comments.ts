import type { Span } from '../../base/diagnostic.ts';
import { commentsOf } from '../lexer.ts';
import type { Line } from './lines.ts';

/**
 * The comments of a text, handed out in order as printing passes the places where they stand, so that none is lost; and
 * the empty lines by which its author set parts off.
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

  /** Takes the comments that start before `offset`, a line for each. */
  takeBefore(offset: number): Line[] {
    const taken: Line[] = [];
    while (this.pendingBefore(offset)) {
      const gap = this.gapBefore(this.#spans[this.#next].start);
      taken.push({ text: this.#take(), gap });
    }
    return taken;
  }

  /** Takes the comments before the parenthesis that opens before `offset`; where there is none, before `offset`. */
  takeBeforeParenthesis(offset: number): Line[] {
    return this.takeBefore(this.#parenthesisBefore(offset) ?? offset);
  }

  /**
   * An empty line stands before the part at `offset`, and before the parentheses that open there.
   * @param word that stands before the part and belongs to it
   */
  gapBefore(offset: number, word = ''): boolean {
    const behindWord = this.#skipBack(offset, /\s/);
    const start = word !== '' && this.#text.endsWith(word, behindWord) ? behindWord - word.length : offset;
    const [blank] = this.#text.slice(this.#skipBack(start, /[(\s]/), start).split('(', 1);
    return /\n[ \t\r]*\n/.test(blank);
  }

  /** Where the parenthesis is that stands before `offset`, white space and comments between them left out. */
  #parenthesisBefore(offset: number): number | null {
    let last = this.#next - 1;
    while (last + 1 < this.#spans.length && this.#spans[last + 1].start < offset) last++;
    let at = this.#skipBack(offset, /\s/);
    for (; last >= 0 && this.#spans[last].end === at; last--) at = this.#skipBack(this.#spans[last].start, /\s/);
    return this.#text[at - 1] === '(' ? at - 1 : null;
  }

  #skipBack(from: number, chars: RegExp): number {
    let at = from;
    while (at > 0 && chars.test(this.#text[at - 1])) at--;
    return at;
  }

  /**
   * Takes the comments that follow a part on its line. A comma or an operator may stand between, where the comment ends
   * the line; otherwise it is of what comes next.
   */
  takeOnLine({ start, end }: Span): string[] {
    const taken: string[] = [];
    if (this.#next === this.#spans.length) return taken;
    // Parentheses around the part are no part of its span.
    const before = this.#text.slice(this.#skipBack(start, /[(\s]/), start);
    const opened = before.replace(/\s/g, '').length;
    const separator = new RegExp(`^(?:\\s*\\)){0,${opened}}[ \\t]*(,?[ \\t]*(?:and|or)?)[ \\t]*$`);
    for (let from = end; this.#next < this.#spans.length; from = this.#spans[this.#next - 1].end) {
      const comment = this.#spans[this.#next];
      const between = separator.exec(this.#text.slice(from, comment.start));
      if (between === null || (between[1] !== '' && !this.#endsLine(comment.end))) break;
      taken.push(this.#take());
      if (this.#text.startsWith('//', comment.start)) break;
    }
    return taken;
  }

  /** Nothing but comments follows on the line. */
  #endsLine(offset: number): boolean {
    const next = /\/\/|\/\*|\n|\S|$/g;
    next.lastIndex = offset;
    const found = next.exec(this.#text)?.[0] ?? '';
    return found === '' || found === '\n' || found === '//' || found === '/*';
  }

  #take(): string {
    const span = this.#spans[this.#next++];
    return this.#text.slice(span.start, span.end);
  }
}
