import type { Expression, Literal } from '../ast.ts';
import { isKeyword } from '../token.ts';

/** An expression on one line, in the one way that we write it. */
export function formatExpression(expression: Expression): string {
  return write(expression, 0, literalText);
}

/** How tightly expressions bind. What binds less tightly than its place asks for is put in parentheses. */
export const LOOSEST = 0;
const OR = 1;
const AND = 2;
const NOT = 3;
const COMPARISON = 4;
export const SUM = 5;
const PRODUCT = 6;
const SIGN = 7;
const PREDICATE = 8;
export const PRIMARY = 9;

export function bindingOf(expression: Expression): number {
  switch (expression.kind) {
    case 'or':
      return OR;
    case 'and':
      return AND;
    case 'not':
      return NOT;
    case 'comparison':
      return COMPARISON;
    case 'arithmetic':
      return expression.operator === '+' || expression.operator === '-' ? SUM : PRODUCT;
    case 'negation':
      return SIGN;
    case 'literal':
      return typeof expression.value === 'number' && isNegative(expression.value) ? SIGN : PRIMARY;
    case 'in':
    case 'pattern':
      return PREDICATE;
    case 'field':
    case 'call':
      return PRIMARY;
  }
}

/** What an operand of `and` and `or` must bind: an `and` within an `or` is put in parentheses too, since few readers are sure of it. */
export const OPERAND = NOT;

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** @param literal how literals are written */
export function write(expression: Expression, least: number, literal: (node: Literal) => string): string {
  const text = writeBare(expression, literal);
  return bindingOf(expression) < least ? `(${text})` : text;
}

function writeBare(expression: Expression, literal: (node: Literal) => string): string {
  const at = (part: Expression, least: number) => write(part, least, literal);
  const binding = bindingOf(expression);
  switch (expression.kind) {
    case 'literal':
      return literal(expression);
    case 'field':
      return `${expression.optional ? '?' : ''}${fieldName(expression.name)}`;
    case 'call': {
      const args = expression.args.map((arg) => at(arg, LOOSEST)).join(', ');
      return `${expression.name}${expression.insensitive ? '~' : ''}(${args})`;
    }
    case 'negation':
      return `-${at(expression.operand, SIGN)}`;
    case 'arithmetic':
      return `${at(expression.left, binding)} ${expression.operator} ${at(expression.right, binding + 1)}`;
    case 'comparison':
      return `${at(expression.left, SUM)} ${expression.operator} ${at(expression.right, SUM)}`;
    case 'in': {
      const operator = `${expression.negated ? 'not ' : ''}in${expression.insensitive ? '~' : ''}`;
      return `${at(expression.operand, PRIMARY)} ${operator} (${expression.values.map((value) => at(value, LOOSEST)).join(', ')})`;
    }
    case 'pattern': {
      const patterns = expression.patterns.map(literal);
      const list = patterns.length === 1 ? patterns[0] : `(${patterns.join(', ')})`;
      return `${at(expression.operand, PRIMARY)} ${expression.operator} ${list}`;
    }
    case 'not':
      return `not ${at(expression.operand, NOT)}`;
    case 'and':
    case 'or':
      return expression.operands.map((operand) => at(operand, OPERAND)).join(` ${expression.kind} `);
  }
}

/** A literal by its value. */
export function literalText(node: Literal): string {
  if (typeof node.value === 'string') return quote(node.value);
  if (typeof node.value !== 'number') return String(node.value);
  const text = Object.is(node.value, -0) ? '-0' : String(node.value);
  return node.type === 'double' && !/[.e]/.test(text) ? `${text}.0` : text;
}

/** A string in double quotes. */
export function quote(value: string): string {
  const escaped = value.replace(/["\\\u0000-\u001f\u007f\ud800-\udfff]/gu, (char) => {
    const simple = ESCAPES[char];
    return simple ?? `\\u{${(char.codePointAt(0) ?? 0).toString(16).padStart(2, '0')}}`;
  });
  return `"${escaped}"`;
}

const ESCAPES: Readonly<Record<string, string | undefined>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\f': '\\f',
  '\r': '\\r',
};

/** A field's name, its parts in backticks where they could not be read otherwise. */
export function fieldName(name: string): string {
  const parts = name.split('.');
  if (parts.includes('')) return backticks(name);
  return parts
    .map((part) => (/^[A-Za-z_@][A-Za-z0-9_]*$/.test(part) && !isKeyword(part) ? part : backticks(part)))
    .join('.');
}

function backticks(name: string): string {
  return `\`${name.replaceAll('`', '``')}\``;
}
