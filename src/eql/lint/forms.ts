import type { Span } from '../../base/diagnostic.ts';
import type { Comparison, Expression, Logical, Not } from '../ast.ts';
import { Diagnostics } from '../codes.ts';
import { formatExpression, quote } from '../format/expression.ts';
import { tokenize } from '../lexer.ts';
import { orient } from '../scalar.ts';
import type { TokenKind } from '../token.ts';
import { expressionsOf, type LintContext } from './context.ts';

/** Conditions that are harder to read than what they say. */
export function lintForms(context: LintContext): void {
  const tokens = new Tokens(context.text);
  for (const expression of expressionsOf(context.query)) {
    if (expression.kind === 'not') lintNegation(expression, context);
    if (expression.kind === 'or') {
      lintMixed(expression, tokens, context);
      lintRepeatedField(expression, context);
    }
  }
}

function lintNegation({ operand, span }: Not, { report, text }: LintContext): void {
  const positive = withoutNegation(operand, text);
  if (positive === null) return;
  report('double-negation', span, 'two negations take each other back', `write ${positive}`);
}

function withoutNegation(expression: Expression, text: string): string | null {
  switch (expression.kind) {
    case 'not':
      return text.slice(expression.operand.span.start, expression.operand.span.end);
    case 'in':
      return expression.negated ? formatExpression({ ...expression, negated: false }) : null;
    case 'comparison':
      return expression.operator === '!=' ? formatExpression({ ...expression, operator: '==' }) : null;
    default:
      return null;
  }
}

/** `a and b or c`: `and` binds tighter, which few readers are sure of. */
function lintMixed({ operands }: Logical, tokens: Tokens, { report }: LintContext): void {
  const bare = operands.filter((operand) => operand.kind === 'and' && !tokens.areParenthesesAround(operand.span));
  if (bare.length === 0) return;
  const message = '`and` binds tighter than `or`: this part stands for itself';
  report('mixed-and-or', bare[0].span, message, 'put it in parentheses, or the `or`, whichever is meant');
}

/** The tokens of a query, which know of parentheses; the tree does not. */
class Tokens {
  readonly #text: string;
  /** By where they start and end; made when first asked for. */
  #before: ReadonlyMap<number, TokenKind> | null = null;
  #behind: ReadonlyMap<number, TokenKind> = new Map();

  constructor(text: string) {
    this.#text = text;
  }

  /** Of an operand of `or`: whether a parenthesis opens right before it, and closes right behind it. */
  areParenthesesAround({ start, end }: Span): boolean {
    if (this.#before === null) {
      const tokens = tokenize(this.#text, new Diagnostics());
      this.#before = new Map(tokens.slice(1).map((token, at) => [token.start, tokens[at].kind]));
      this.#behind = new Map(tokens.slice(1).map((token, at) => [tokens[at].end, token.kind]));
    }
    return this.#before.get(start) === '(' && this.#behind.get(end) === ')';
  }
}

/** From here on, a list is shorter and plainer. */
const MANY = 3;

/** `x == "a" or x == "b" or x == "c"` */
function lintRepeatedField({ operands, span }: Logical, { report }: LintContext): void {
  const groups = new Map<string, Alternative[]>();
  for (const alternative of operands.flatMap((operand) => alternativeOf(operand) ?? [])) {
    const key = `${alternative.operator} ${alternative.subject}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [alternative]);
    else group.push(alternative);
  }
  for (const alternatives of groups.values()) {
    if (alternatives.length < MANY) continue;
    const [{ subject, operator }] = alternatives;
    const message = `${subject} is compared ${alternatives.length} times`;
    const help = `write ${subject} ${operator} (${alternatives
      .slice(0, 2)
      .map(({ value }) => value)
      .join(', ')}, …)`;
    report('list-instead-of-or', span, message, help);
  }
}

interface Alternative {
  readonly subject: string;
  /** Which takes a list. */
  readonly operator: string;
  readonly value: string;
}

function alternativeOf(expression: Expression): Alternative | null {
  if (expression.kind === 'pattern' && expression.patterns.length === 1) {
    const { operand, operator, patterns } = expression;
    return { subject: formatExpression(operand), operator, value: quote(String(patterns[0].value)) };
  }
  return expression.kind === 'comparison' ? equalityOf(orient(expression)) : null;
}

function equalityOf({ operator, left, right }: Comparison): Alternative | null {
  if (operator !== '==' || left.kind !== 'field' || right.kind !== 'literal' || right.value === null) return null;
  return { subject: formatExpression(left), operator: 'in', value: formatExpression(right) };
}
