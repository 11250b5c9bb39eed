import type {
  Arithmetic,
  ArithmeticOperator,
  ComparisonOperator,
  Expression,
  Literal,
  Logical,
  PatternOperator,
} from '../ast.ts';
import type { Token, TokenKind } from '../token.ts';
import type { Cursor } from './cursor.ts';
import { fixKeywordCase, rejectForeignSyntax } from './foreign.ts';
import { closeParenthesis, isFieldStart, literal, nothing, primary } from './primary.ts';

/** What may stand behind a complete operand of `and` and `or`; a bracket that opens is for the sequence to judge. */
const AFTER_CONDITION: ReadonlySet<TokenKind> = new Set(['and', 'or', ')', ']', '[', '![', ',', '|', 'end']);

/** `not` binds tightest, then `and`, then `or`. */
export function expression(cursor: Cursor): Expression {
  return cursor.deeper(() => chain(cursor, 'or', (inner) => chain(inner, 'and', operand)), nothing(cursor));
}

function chain(cursor: Cursor, kind: Logical['kind'], part: (cursor: Cursor) => Expression): Expression {
  const first = cursor.token;
  const operands = [part(cursor)];
  while (fixKeywordCase(cursor, kind) || cursor.accept(kind)) operands.push(part(cursor));
  return operands.length === 1 ? operands[0] : { kind, operands, span: cursor.spanFrom(first) };
}

/** One operand of `and` or `or`. An error within it ends here: reading goes on behind it. */
function operand(cursor: Cursor): Expression {
  const result = negated(cursor);
  if (AFTER_CONDITION.has(cursor.token.kind) || fixKeywordCase(cursor, 'peek')) return result;
  if (!rejectForeignSyntax(cursor)) cursor.unexpected('and, or, or the end of the condition');
  cursor.skipTo('and', 'or', ',', '|');
  return result;
}

function negated(cursor: Cursor): Expression {
  const first = cursor.token;
  if (!fixKeywordCase(cursor, 'not') && !cursor.accept('not')) return comparison(cursor);
  const inner = cursor.deeper(() => negated(cursor), nothing(cursor));
  return { kind: 'not', operand: inner, span: cursor.spanFrom(first) };
}

function comparison(cursor: Cursor): Expression {
  const first = cursor.token;
  const left = additive(cursor);
  const operator = comparisonOperator(cursor);
  if (operator === null) return left;
  const right = additive(cursor);
  const result: Expression = { kind: 'comparison', operator, left, right, span: cursor.spanFrom(first) };
  const next = cursor.token;
  if (COMPARISONS.has(next.kind)) {
    const a = cursor.sourceOf(left.span);
    const b = cursor.sourceOf(right.span);
    cursor.error(
      'chained-comparison',
      next,
      'comparisons cannot be chained',
      `write ${a} ${operator} ${b} and ${b} ${next.text} ...`,
    );
    cursor.skipTo('and', 'or', ',', '|');
  }
  return result;
}

const COMPARISONS: ReadonlySet<TokenKind> = new Set(['==', '!=', '<', '<=', '>', '>=']);

function comparisonOperator(cursor: Cursor): ComparisonOperator | null {
  const kind = cursor.token.kind;
  switch (kind) {
    case '==':
    case '!=':
    case '<':
    case '<=':
    case '>':
    case '>=':
      cursor.advance();
      return kind;
    case '=':
      cursor.error(
        'single-equals',
        cursor.token,
        '= is not an operator of EQL',
        'write == to compare exactly, or : to ignore case and use wildcards',
      );
      cursor.advance();
      return '==';
    default:
      return null;
  }
}

function additive(cursor: Cursor): Expression {
  return arithmeticChain(cursor, ['+', '-'], multiplicative);
}

function multiplicative(cursor: Cursor): Expression {
  return arithmeticChain(cursor, ['*', '/', '%'], signed);
}

function arithmeticChain(
  cursor: Cursor,
  operators: readonly ArithmeticOperator[],
  part: (cursor: Cursor) => Expression,
): Expression {
  const first = cursor.token;
  let left = part(cursor);
  for (;;) {
    const operator = operators.find((candidate) => cursor.at(candidate));
    if (operator === undefined) return left;
    cursor.countArithmetic();
    cursor.advance();
    const right = part(cursor);
    const node: Arithmetic = { kind: 'arithmetic', operator, left, right, span: cursor.spanFrom(first) };
    left = node;
  }
}

/** A sign before a number belongs to the number; `+` before anything else says nothing. */
function signed(cursor: Cursor): Expression {
  const first = cursor.token;
  if (!cursor.at('-') && !cursor.at('+')) return predicate(cursor);
  const minus = cursor.at('-');
  cursor.advance();
  const inner = cursor.deeper(() => signed(cursor), nothing(cursor));
  const span = cursor.spanFrom(first);
  if (inner.kind === 'literal' && typeof inner.value === 'number') {
    return { ...inner, value: minus ? -inner.value : inner.value, span };
  }
  return minus ? { kind: 'negation', operand: inner, span } : inner;
}

function predicate(cursor: Cursor): Expression {
  const first = cursor.token;
  const subject = primary(cursor, expression);
  const kind = cursor.token.kind;
  switch (kind) {
    case 'in':
    case 'in~':
      return membership(cursor, first, subject, false);
    case 'not': {
      const next = cursor.peek();
      if (next.kind === 'in' || next.kind === 'in~') {
        cursor.advance();
        return membership(cursor, first, subject, true);
      }
      return next.kind in PATTERN_OPERATORS ? negatedPattern(cursor, first, subject, next) : subject;
    }
    case ':':
    case 'like':
    case 'like~':
    case 'regex':
    case 'regex~':
      cursor.advance();
      return patternMatch(cursor, first, subject, kind);
    default:
      return subject;
  }
}

const PATTERN_OPERATORS: Readonly<Record<PatternOperator, true>> = {
  ':': true,
  like: true,
  'like~': true,
  regex: true,
  'regex~': true,
};

function negatedPattern(cursor: Cursor, first: Token, subject: Expression, operator: Token): Expression {
  const left = cursor.sourceOf(subject.span);
  cursor.error(
    'negated-operator',
    { start: cursor.token.start, end: operator.end },
    `\`not\` cannot stand before \`${operator.text}\``,
    `write not ${left} ${operator.text} ...`,
  );
  cursor.advance();
  cursor.advance();
  // Safe: the caller has seen that the token is one of PATTERN_OPERATORS.
  return patternMatch(cursor, first, subject, operator.kind as PatternOperator);
}

function membership(cursor: Cursor, first: Token, subject: Expression, isNegated: boolean): Expression {
  const insensitive = cursor.advance().kind === 'in~';
  const values: Expression[] = [];
  const open = cursor.token;
  if (cursor.expect('(', `before the values of ${insensitive ? 'in~' : 'in'}`)) {
    do values.push(expression(cursor));
    while (cursor.accept(','));
    closeParenthesis(cursor, open, ', or ) after the values');
  }
  const span = cursor.spanFrom(first);
  return { kind: 'in', operand: subject, values, negated: isNegated, insensitive, span };
}

function patternMatch(cursor: Cursor, first: Token, subject: Expression, operator: PatternOperator): Expression {
  const patterns: Literal[] = [];
  const open = cursor.token;
  if (cursor.accept('(')) {
    do patterns.push(constant(cursor));
    while (cursor.accept(','));
    closeParenthesis(cursor, open, ', or ) after the patterns');
  } else {
    patterns.push(constant(cursor));
  }
  return { kind: 'pattern', operator, operand: subject, patterns, span: cursor.spanFrom(first) };
}

/** A pattern: any literal is read, so that the checks can say what is wrong with its type. */
function constant(cursor: Cursor): Literal {
  const read = literal(cursor);
  if (read) return read;
  if (isFieldStart(cursor)) {
    cursor.error(
      'not-a-constant',
      cursor.token,
      'a pattern is a constant, not a field',
      'patterns are strings in double quotes; a field cannot be compared with another field',
    );
  } else {
    cursor.unexpected('a string');
  }
  cursor.skipTo(',', 'and', 'or', '|');
  return nothing(cursor);
}
