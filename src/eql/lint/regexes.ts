import type { Literal, PatternMatch } from '../ast.ts';
import { quote } from '../format/expression.ts';
import { expressionsOf, type LintContext } from './context.ts';

/** Regular expressions that say less, or no more, than their author thinks. */
export function lintRegexes(context: LintContext): void {
  for (const expression of expressionsOf(context.query)) {
    if (expression.kind !== 'pattern' || !expression.operator.startsWith('regex')) continue;
    for (const pattern of expression.patterns) lintAnchors(pattern, String(pattern.value), context);
    lintNeed(expression, context);
  }
}

/** Only at the ends, where no other meaning is likely. */
function lintAnchors({ span }: Literal, text: string, { report }: LintContext): void {
  const [first, last] = [text.startsWith('^'), /(?:^|[^\\])(?:\\\\)*\$$/.test(text)];
  if (!first && !last) return;
  const which = first && last ? '^ and $ are plain characters' : `${first ? '^' : '$'} is a plain character`;
  report(
    'regex-anchor',
    span,
    `${which} in Lucene's syntax, which the value must then have`,
    'leave it out: the whole value is matched anyway',
  );
}

/** All patterns of the list say what wildcards say. */
function lintNeed({ operator, patterns, span }: PatternMatch, { report }: LintContext): void {
  const wildcards = patterns.map(({ value }) => wildcardOf(String(value)));
  // One whose patterns are a bare `.*` is reported as a wildcard that says nothing.
  if (wildcards.includes(null) || wildcards.includes('*')) return;
  const written = wildcards.map((text) => quote(text ?? ''));
  const list = written.length === 1 ? written[0] : `(${written.join(', ')})`;
  const better = operator === 'regex' ? 'like' : ':';
  report('needless-regex', span, 'a wildcard says the same, and is faster', `write ${better} ${list}`);
}

/** The wildcard pattern that matches the same; null where there is none. */
function wildcardOf(regex: string): string | null {
  let wildcard = '';
  for (const [token] of regex.matchAll(/\.\*|\\?./gsu)) {
    if (token === '.*') wildcard += '*';
    else if (token === '.') wildcard += '?';
    else if (/^\\[^\w*?]$/.test(token)) wildcard += token[1];
    else if (/^[^\\.?+*|{}[\]()"#@&<>~^$]$/.test(token)) wildcard += token;
    else return null;
  }
  return wildcard;
}
