import type { Expression, Literal, Logical, PatternMatch } from '../ast.ts';
import type { Comments } from './comments.ts';
import { bindingOf, LOOSEST, literalText, OPERAND, PRIMARY, write } from './expression.ts';

/** Columns that a line may have; longer ones are broken where the language has a place for it. */
export const MAX_WIDTH = 110;

const INDENT = '  ';

/** What can be written over several lines. */
const BREAKABLE: ReadonlySet<Expression['kind']> = new Set(['and', 'or', 'not', 'in', 'pattern']);

/**
 * Writes expressions over several lines where one is too short for them. Operators end a line, lists are filled, and
 * comments keep the part that they stand before, or behind on its line.
 */
export class Layout {
  readonly #text: string;
  readonly #comments: Comments;

  constructor(text: string, comments: Comments) {
    this.#text = text;
    this.#comments = comments;
  }

  /** The expression on one line, or null where it has comments or does not fit behind `column` columns. */
  flat(expression: Expression, column: number, least: number = LOOSEST): string | null {
    if (this.#comments.pendingBefore(expression.span.end)) return null;
    const text = write(expression, least, this.#literal);
    return column + text.length <= MAX_WIDTH ? text : null;
  }

  /** The expression over as many lines as it takes, all but the first indented by `indent`. */
  broken(expression: Expression, indent: string, least: number = LOOSEST): string {
    const flat = this.flat(expression, indent.length, least);
    if (flat !== null) return flat;
    if (bindingOf(expression) < least) {
      const inner = indent + INDENT;
      return `(\n${inner}${this.lead(expression, inner)}${this.broken(expression, inner)}\n${indent})`;
    }
    switch (expression.kind) {
      case 'and':
      case 'or':
        return this.#chain(expression, indent);
      case 'not':
        return `not ${this.broken(expression.operand, indent, bindingOf(expression))}`;
      case 'pattern':
        if (expression.patterns.length > 1) return this.#patterns(expression, indent);
        break;
      case 'in': {
        const operator = `${expression.negated ? 'not ' : ''}in${expression.insensitive ? '~' : ''}`;
        return this.#list(`${this.#bare(expression.operand, PRIMARY)} ${operator} (`, expression.values, indent);
      }
      default:
        break;
    }
    return this.#bare(expression, least);
  }

  #chain(expression: Logical, indent: string): string {
    const lines = expression.operands.map((operand, index) => {
      const lead = this.lead(operand, indent, OPERAND);
      const text = this.broken(operand, indent, OPERAND);
      const isLast = index === expression.operands.length - 1;
      return `${lead}${text}${isLast ? '' : ` ${expression.kind}`}${this.#trail(operand)}`;
    });
    return lines.join(`\n${indent}`);
  }

  #patterns(expression: PatternMatch, indent: string): string {
    return this.#list(
      `${this.#bare(expression.operand, PRIMARY)} ${expression.operator} (`,
      expression.patterns,
      indent,
    );
  }

  /** As many items on a line as fit; a line comment ends its line. */
  #list(head: string, items: readonly Expression[], indent: string): string {
    const inner = indent + INDENT;
    const lines: string[] = [];
    let line = '';
    const end = () => {
      if (line !== '') lines.push(line);
      line = '';
    };
    items.forEach((item, index) => {
      for (const comment of this.#comments.takeBefore(item.span.start)) {
        end();
        lines.push(comment);
      }
      const text = `${this.#bare(item, LOOSEST)}${index === items.length - 1 ? '' : ','}`;
      if (line !== '' && inner.length + line.length + 1 + text.length > MAX_WIDTH) end();
      line = line === '' ? text : `${line} ${text}`;
      const trail = this.#trail(item);
      line += trail;
      if (trail !== '') end();
    });
    end();
    return `${head}\n${lines.map((text) => `${inner}${text}`).join('\n')}\n${indent})`;
  }

  /** Comments that stand before an expression, each on a line. */
  lead(expression: Expression, indent: string, least: number = LOOSEST): string {
    const { start, end } = expression.span;
    const taken =
      bindingOf(expression) < least
        ? this.#comments.takeBeforeParenthesis(start)
        : // Within what is written on one line there is no place for a comment: it goes before that.
          this.#comments.takeBefore(BREAKABLE.has(expression.kind) ? start : end);
    return taken.map((comment) => `${comment}\n${indent}`).join('');
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
