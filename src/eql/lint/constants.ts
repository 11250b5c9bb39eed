import { type Expression, filtersOf } from '../ast.ts';
import { foldConstants } from '../optimizer/fold.ts';
import type { FieldTypes } from '../semantic/types.ts';
import type { LintContext } from './context.ts';

export const CONSTANT_HELP = 'compare with something that varies, or leave it out';

/** Conditions, and parts of them, that are the same whatever the event. What is null holds no more than what is false. */
export function lintConstants(context: LintContext): void {
  for (const { condition } of filtersOf(context.query)) {
    // `where true` is how one asks for every event.
    if (condition.kind === 'literal') continue;
    const folded = foldConstants(condition, context.fields);
    if (folded.kind !== 'literal') lintParts(condition, context);
    else if (folded.value === true) reportCondition(condition, true, '', CONSTANT_HELP, context);
    else reportCondition(failingPart(condition, context.fields), false, '', CONSTANT_HELP, context);
  }
}

/** The part of a conjunction for which it never holds. */
function failingPart(expression: Expression, fields: FieldTypes): Expression {
  if (expression.kind !== 'and') return expression;
  const failing = expression.operands.find((operand) => {
    const folded = foldConstants(operand, fields);
    return folded.kind === 'literal' && folded.value !== true;
  });
  return failing === undefined ? expression : failingPart(failing, fields);
}

function lintParts(expression: Expression, context: LintContext): void {
  if (expression.kind !== 'and' && expression.kind !== 'or' && expression.kind !== 'not') return;
  for (const part of expression.kind === 'not' ? [expression.operand] : expression.operands) {
    const folded = foldConstants(part, context.fields);
    if (folded.kind === 'literal') reportPart(part, folded.value === true, '', CONSTANT_HELP, context);
    else lintParts(part, context);
  }
}

/**
 * Reports that a whole condition has one outcome.
 * @param place the part of it that decides
 */
export function reportCondition(
  { span }: Expression,
  holds: boolean,
  reason: string,
  help: string,
  { report }: LintContext,
): void {
  if (holds) report('always-holds', span, 'every event meets this condition', 'write where true');
  else report('never-holds', span, `no event can meet this condition${reason}`, help);
}

/** The same of a part. */
export function reportPart(
  { span }: Expression,
  holds: boolean,
  reason: string,
  help: string,
  { report }: LintContext,
): void {
  if (holds) report('always-holds', span, `every event meets this part${reason}`, help);
  else report('never-holds', span, `no event can meet this part${reason}`, help);
}
