import type { Call, Expression, Field, Literal } from '../ast.ts';
import { isKeyword, type Token, type TokenKind } from '../token.ts';
import type { Cursor } from './cursor.ts';

/** What stands in the tree where nothing could be read. A query with one of these has an error. */
export function nothing(cursor: Cursor): Literal {
  const at = cursor.token.start;
  return { kind: 'literal', type: 'null', value: null, span: { start: at, end: at } };
}

/** A constant, a call, a field, or an expression in parentheses. */
export function primary(cursor: Cursor, expression: (cursor: Cursor) => Expression): Expression {
  const constant = literal(cursor);
  if (constant) return constant;
  const token = cursor.token;
  if (cursor.accept('(')) {
    const inner = expression(cursor);
    closeParenthesis(cursor, token, ') to close the parenthesis');
    return inner;
  }
  const { kind } = token;
  if (kind === 'name~' || (kind === 'name' && cursor.peek().kind === '(')) return call(cursor, expression);
  if (isFieldStart(cursor)) return field(cursor);
  if (isKeyword(kind) && cursor.peek().kind === '(') {
    cursor.error('reserved-word', token, `${kind} is a keyword, not a function`);
    return call(cursor, expression);
  }
  const isExtraComma = kind === ',' || (kind === ')' && cursor.previous.kind === ',');
  cursor.unexpected('a field, a constant or a function', isExtraComma ? 'remove the extra comma' : undefined);
  return nothing(cursor);
}

/** Takes the `)` that belongs to `open`, or reports what stands in its place and goes on behind it. */
export function closeParenthesis(cursor: Cursor, open: Token, expected: string): void {
  if (cursor.accept(')')) return;
  if (cursor.at('end')) cursor.error('unexpected-token', open, 'this ( is not closed');
  else cursor.unexpected(expected);
  cursor.skipTo(')');
  cursor.accept(')');
}

/** The literal at the cursor, or null. */
export function literal(cursor: Cursor): Literal | null {
  const token = cursor.token;
  const span = { start: token.start, end: token.end };
  switch (token.kind) {
    case 'null':
      cursor.advance();
      return { kind: 'literal', type: 'null', value: null, span };
    case 'true':
    case 'false':
      cursor.advance();
      return { kind: 'literal', type: 'boolean', value: token.kind === 'true', span };
    case 'string':
      cursor.advance();
      return { kind: 'literal', type: 'string', value: token.text, span };
    case 'integer':
      cursor.advance();
      // What a long cannot hold is a double, as in Elasticsearch.
      return {
        kind: 'literal',
        type: BigInt(token.text) <= MAX_LONG ? 'integer' : 'double',
        value: Number(token.text),
        span,
      };
    case 'decimal':
      cursor.advance();
      return { kind: 'literal', type: 'double', value: Number(token.text), span };
    default:
      return null;
  }
}

const MAX_LONG = 2n ** 63n - 1n;

const ARRAY_INDEX: ReadonlySet<TokenKind> = new Set(['integer', '-', '*', ']']);

export function isFieldStart(cursor: Cursor): boolean {
  const kind = cursor.token.kind;
  return kind === 'name' || kind === 'quoted name' || kind === '?' || (isKeyword(kind) && cursor.peek().kind === '.');
}

/** Characters of a field name: fifteen times the longest that ECS has. */
const MAX_FIELD_NAME = 1024;

/** `?name.of.field`, each part perhaps in backticks. */
export function field(cursor: Cursor): Field {
  const first = cursor.token;
  const optional = cursor.accept('?');
  let name = fieldPart(cursor, '');
  // In a sequence, the bracket behind a join key opens the next step.
  while (cursor.at('.') || (cursor.at('[') && ARRAY_INDEX.has(cursor.peek().kind))) {
    if (cursor.at('[')) {
      arrayIndex(cursor);
    } else {
      cursor.advance();
      name += `.${fieldPart(cursor, `${name}.`)}`;
    }
  }
  const span = cursor.spanFrom(first);
  if (name.length > MAX_FIELD_NAME) {
    const message = `a field name may have at most ${MAX_FIELD_NAME.toLocaleString('en')} characters`;
    cursor.diagnostics.error('field-name-too-long', span, message);
  }
  return { kind: 'field', name, optional, span };
}

function fieldPart(cursor: Cursor, before: string): string {
  const token = cursor.token;
  if (token.kind === 'name' || token.kind === 'quoted name') return cursor.advance().text;
  if (isKeyword(token.kind)) {
    cursor.error(
      'reserved-word',
      token,
      `${token.kind} is a keyword, so it cannot be part of a field name as it is`,
      `write ${before}\`${token.kind}\``,
    );
    cursor.advance();
    return token.text;
  }
  const help = token.kind === 'integer' ? `write ${before}\`${token.text}\`` : undefined;
  cursor.unexpected('a field name', help);
  if (token.kind === 'integer') cursor.advance();
  return '';
}

function arrayIndex(cursor: Cursor): void {
  const open = cursor.advance();
  cursor.skipTo();
  const close = cursor.token;
  cursor.error(
    'array-index',
    { start: open.start, end: close.end },
    'elements of an array cannot be picked by their index',
    'leave the index out: a condition on a field is met where any of its values meets it',
  );
  cursor.accept(']');
}

function call(cursor: Cursor, expression: (cursor: Cursor) => Expression): Call {
  const name = cursor.advance();
  const args: Expression[] = [];
  const open = cursor.token;
  if (cursor.expect('(', `before the arguments of ${name.text}`) && !cursor.accept(')')) {
    do args.push(expression(cursor));
    while (cursor.accept(','));
    closeParenthesis(cursor, open, `, or ) after the arguments of ${name.text}`);
  }
  const nameSpan = { start: name.start, end: name.end };
  const insensitive = name.kind === 'name~';
  return { kind: 'call', name: name.text, insensitive, args, nameSpan, span: cursor.spanFrom(name) };
}
