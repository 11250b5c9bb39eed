import type { Expression, Literal } from '../ast.ts';
import { childrenOf, filtersOf } from '../ast.ts';
import type { LintContext } from './context.ts';

/** Paths in strings whose backslashes are not what they seem. */
export function lintTexts(context: LintContext): void {
  for (const { condition } of filtersOf(context.query)) visit(condition, false, context);
}

function visit(expression: Expression, isRegex: boolean, context: LintContext): void {
  if (expression.kind === 'literal') {
    if (expression.type === 'string' && !isRegex) lintString(expression, context);
    return;
  }
  const holdsRegexes = expression.kind === 'pattern' && expression.operator.startsWith('regex');
  for (const child of childrenOf(expression)) visit(child, holdsRegexes, context);
}

function lintString({ span }: Literal, { report, text }: LintContext): void {
  const source = text.slice(span.start, span.end);
  if (source.startsWith('"""')) {
    if (!/[\w*?:]\\\\[\w*?]/.test(source)) return;
    const message = 'a raw string keeps both of two backslashes, so the value must have two';
    report('doubled-backslash', span, message, 'write one, or a string in single double quotes');
    return;
  }
  const letter = ESCAPE_IN_PATH.exec(source)?.[1];
  if (letter === undefined || !PATH.test(source)) return;
  const name = letter === 't' ? 'a tab' : 'a control character';
  report(
    'accidental-escape',
    span,
    `\\${letter} is ${name} in this string`,
    `write \\\\${letter}, or the path as """raw string"""`,
  );
}

/** An escape that makes a control character, with a letter behind it as the name of a folder has. */
const ESCAPE_IN_PATH = /^(?:[^\\]|\\.)*?(?<=[\w*?:\\-])\\([btnfr])[A-Za-z0-9]/;

/** A drive, or a backslash that was written as it should be. */
const PATH = /^"[A-Za-z?*]:\\|\\\\/;
