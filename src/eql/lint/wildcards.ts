import type { Expression, Literal, PatternMatch } from '../ast.ts';
import { formatExpression } from '../format/expression.ts';
import { expressionsOf, type LintContext } from './context.ts';

/** Patterns that any value matches, and wildcards that say nothing. */
export function lintWildcards(context: LintContext): void {
  for (const expression of expressionsOf(context.query)) {
    if (expression.kind === 'pattern') lintPatterns(expression, context);
  }
}

function lintPatterns(expression: PatternMatch, context: LintContext): void {
  const isRegex = expression.operator.startsWith('regex');
  const lone = isRegex ? /^(?:\.\*)+$/ : /^\*+$/;
  for (const pattern of expression.patterns) {
    const text = String(pattern.value);
    if (lone.test(text)) reportLone(expression, pattern, context);
    else if (!isRegex && text.includes('**')) {
      context.report(
        'repeated-wildcard',
        pattern.span,
        'two stars side by side match what one matches',
        'leave one out',
      );
    }
  }
}

function reportLone(expression: PatternMatch, pattern: Literal, { report }: LintContext): void {
  const subject = formatExpression(expression.operand);
  const asks =
    expression.patterns.length > 1 ? 'any value matches this entry, and so the list' : 'any value matches this';
  report('lone-wildcard', pattern.span, asks, helpFor(expression.operand, subject));
}

function helpFor(operand: Expression, subject: string): string {
  const asked = `to ask for any value, write ${subject} != null`;
  return operand.kind === 'field' ? asked : 'leave it out';
}

/** `x == "a*"`: the star is a star there. */
export function lintEquality(context: LintContext): void {
  for (const expression of expressionsOf(context.query)) {
    const compared = literallyCompared(expression);
    for (const value of compared?.values ?? []) {
      if (value.kind !== 'literal' || typeof value.value !== 'string' || !looksLikePattern(value.value)) continue;
      const message = `${compared?.operator} takes * as the character itself`;
      context.report('wildcard-in-equality', value.span, message, compared?.help);
    }
  }
}

function literallyCompared(expression: Expression) {
  switch (expression.kind) {
    case 'comparison': {
      const { operator, left, right } = expression;
      if (operator !== '==' && operator !== '!=') return null;
      const help =
        operator === '==' ? 'for a pattern write : (or like, which minds case)' : 'for a pattern write not … : …';
      return { values: [left, right], operator, help };
    }
    case 'in': {
      const operator = `${expression.negated ? 'not ' : ''}in${expression.insensitive ? '~' : ''}`;
      return { values: expression.values, operator, help: 'for patterns write : (…), or like (…), which minds case' };
    }
    default:
      return null;
  }
}

/** A star at an end, beside two letters or more: `curl*`. Elsewhere it may well be meant, as in a list of arguments. */
function looksLikePattern(text: string): boolean {
  return /^\*.*[\w.\\/-]{2}|[\w.\\/-]{2}.*\*$/s.test(text);
}
