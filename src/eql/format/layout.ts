import {
  type Call,
  type Comparison,
  childrenOf,
  type Expression,
  type Literal,
  type Logical,
  type Membership,
  type PatternMatch,
} from '../ast.ts';
import type { Comments } from './comments.ts';
import { bindingOf, LOOSEST, literalText, OPERAND, PRIMARY, SUM, write } from './expression.ts';
import { joinLines, type Line, type Member, rowsOf } from './lines.ts';

/** Columns that a line may have; longer ones are broken where the language has a place for it. */
export const MAX_WIDTH = 110;

const INDENT = '  ';

/** What has a place for comments within it, once it is written over several lines. */
const BREAKABLE: ReadonlySet<Expression['kind']> = new Set(['and', 'or', 'not', 'in', 'pattern', 'call']);

/** Columns of a line that are taken by what stands before an expression, behind the indent, and by what follows it. */
interface Taken {
  readonly before: number;
  readonly behind: number;
}

const NOTHING: Taken = { before: 0, behind: 0 };

/**
 * Writes expressions over several lines where one is too short for them. Operators end a line, lists are put in rows,
 * comments keep the part that they stand before, or behind on its line, and an empty line stays one.
 */
export class Layout {
  readonly #text: string;
  readonly #comments: Comments;
  readonly #widths = new Map<Expression, number>();

  constructor(text: string, comments: Comments) {
    this.#text = text;
    this.#comments = comments;
  }

  /** The expression on one line, or null where it has comments or needs more than `width` columns. */
  flat(expression: Expression, width: number, least: number = LOOSEST): string | null {
    if (this.#comments.pendingBefore(expression.span.end) || this.#leastWidth(expression) > width) return null;
    const text = write(expression, least, this.#literal);
    return text.length <= width ? text : null;
  }

  /** The expression over as many lines as it takes, all but the first indented by `indent`. */
  broken(expression: Expression, indent: string, least: number = LOOSEST, taken: Taken = NOTHING): string {
    const flat = this.flat(expression, MAX_WIDTH - indent.length - taken.before - taken.behind, least);
    if (flat !== null) return flat;
    if (bindingOf(expression) < least) {
      const inner = indent + INDENT;
      return `(\n${inner}${joinLines(this.withLead(expression, inner), inner)}\n${indent})`;
    }
    switch (expression.kind) {
      case 'and':
      case 'or':
        return this.#chain(expression, indent, taken);
      case 'not': {
        const behindNot = { ...taken, before: taken.before + 'not '.length };
        return `not ${this.broken(expression.operand, indent, bindingOf(expression), behindNot)}`;
      }
      case 'pattern':
        return this.#pattern(expression, indent);
      case 'in':
        return this.#membership(expression, indent);
      case 'call':
        return this.#call(expression, indent);
      case 'comparison':
        return this.#comparison(expression, indent);
      default:
        return this.#bare(expression, least);
    }
  }

  /** Columns that the literals and names of an expression take together; what is within others is asked for often. */
  #leastWidth(expression: Expression): number {
    let width = this.#widths.get(expression);
    if (width === undefined) {
      const parts = childrenOf(expression);
      width = parts.length === 0 ? this.#bare(expression, LOOSEST).length : 0;
      for (const part of parts) width += this.#leastWidth(part);
      this.#widths.set(expression, width);
    }
    return width;
  }

  /** The comments that stand before an expression, and the expression, one below the other. */
  withLead(expression: Expression, indent: string): Line[] {
    const lead = this.#lead(expression, LOOSEST);
    const gap = this.#comments.gapBefore(expression.span.start);
    return [...lead, { text: this.broken(expression, indent), gap }];
  }

  #chain({ kind, operands }: Logical, indent: string, { before, behind }: Taken): string {
    const lines = operands.flatMap((operand, index) => {
      const lead = this.#lead(operand, OPERAND);
      const gap = this.#comments.gapBefore(operand.span.start);
      const isLast = index === operands.length - 1;
      const taken = { before: index === 0 ? before : 0, behind: isLast ? behind : kind.length + 1 };
      const text = this.broken(operand, indent, OPERAND, taken);
      return [...lead, { text: `${text}${isLast ? '' : ` ${kind}`}${this.#trail(operand)}`, gap }];
    });
    return joinLines(lines, indent);
  }

  #pattern(expression: PatternMatch, indent: string): string {
    const { operand, operator, patterns } = expression;
    if (patterns.length === 1) return this.#bare(expression, LOOSEST);
    return this.#list(`${this.#bare(operand, PRIMARY)} ${operator} (`, patterns, indent);
  }

  #membership({ operand, negated, insensitive, values }: Membership, indent: string): string {
    const operator = `${negated ? 'not ' : ''}in${insensitive ? '~' : ''}`;
    return this.#list(`${this.#bare(operand, PRIMARY)} ${operator} (`, values, indent);
  }

  #call(call: Call, indent: string): string {
    if (call.args.length === 0) return this.#bare(call, LOOSEST);
    return this.#list(`${call.name}${call.insensitive ? '~' : ''}(`, call.args, indent);
  }

  /** Of a comparison only a call can be broken. */
  #comparison(expression: Comparison, indent: string): string {
    const { left, operator, right } = expression;
    if (left.kind === 'call') return `${this.#call(left, indent)} ${operator} ${this.#bare(right, SUM)}`;
    if (right.kind === 'call') return `${this.#bare(left, SUM)} ${operator} ${this.#call(right, indent)}`;
    return this.#bare(expression, LOOSEST);
  }

  /** Comments and empty lines part the members; what is between them is put in rows. */
  #list(head: string, items: readonly Expression[], indent: string): string {
    const inner = indent + INDENT;
    const lines: Line[] = [];
    let members: Member[] = [];
    let gapBeforeRows = false;
    const endRows = (trail: string) => {
      const rows = rowsOf(members, MAX_WIDTH - inner.length);
      rows.forEach((row, index) => {
        const isLast = index === rows.length - 1;
        lines.push({ text: isLast ? row + trail : row, gap: index === 0 && gapBeforeRows });
      });
      members = [];
    };
    items.forEach((item, index) => {
      const isFirst = index === 0;
      const lead = this.#comments.takeBefore(item.span.start);
      const gap = !isFirst && this.#comments.gapBefore(item.span.start);
      if (gap || lead.length > 0) endRows('');
      lines.push(...lead);
      if (members.length === 0) gapBeforeRows = gap;
      const startsRow = !isFirst && this.#text.slice(items[index - 1].span.end, item.span.start).includes('\n');
      members.push({ text: `${this.#bare(item, LOOSEST)}${index === items.length - 1 ? '' : ','}`, startsRow });
      const trail = this.#trail(item);
      if (trail !== '') endRows(trail);
    });
    endRows('');
    return `${head}\n${inner}${joinLines(lines, inner)}\n${indent})`;
  }

  /** Comments that stand before an expression, each on a line. */
  #lead(expression: Expression, least: number): Line[] {
    const { start, end } = expression.span;
    if (bindingOf(expression) < least) return this.#comments.takeBeforeParenthesis(start);
    // Within what is written on one line there is no place for a comment: it goes before that.
    return this.#comments.takeBefore(BREAKABLE.has(expression.kind) ? start : end);
  }

  #trail(expression: Expression): string {
    return this.#comments
      .takeOnLine(expression.span)
      .map((comment) => ` ${comment}`)
      .join('');
  }

  #bare(expression: Expression, least: number): string {
    return write(expression, least, this.#literal);
  }

  /** Strings as they were written, so that a raw string stays raw; numbers too, unless they have a sign. */
  readonly #literal = (node: Literal): string => {
    const source = this.#text.slice(node.span.start, node.span.end);
    if (typeof node.value === 'string') return source;
    return typeof node.value === 'number' && /^[\d.][\w.+-]*$/.test(source) ? source : literalText(node);
  };
}
