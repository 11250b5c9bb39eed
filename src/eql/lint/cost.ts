import { type EventFilter, type Expression, filtersOf } from '../ast.ts';
import { foldConstants } from '../optimizer/fold.ts';
import { lower } from '../optimizer/lower.ts';
import { hasAnchor } from '../plan/anchor.ts';
import { orient } from '../scalar.ts';
import type { LintContext } from './context.ts';

/** What costs more than it must, for every event. */
export function lintCost(context: LintContext): void {
  for (const filter of filtersOf(context.query)) {
    lintAnchors(filter, context);
    if (filter.category === null) lintCategory(filter, context);
  }
}

/** Engines look conditions up by values that events have; what has none must be asked of each event. */
function lintAnchors({ category, condition }: EventFilter, { fields, report }: LintContext): void {
  const lowered = lower(foldConstants(condition, fields), fields);
  if (lowered.kind === 'constant' || hasAnchor(lowered)) return;
  const which = category === null ? 'every event' : `every event of the category ${category}`;
  const message = `this has to be asked of ${which}, since no text leads to it`;
  const help = 'add what the events in question have in common, such as event.type, event.action or a name';
  report('asked-of-every-event', condition.span, message, help);
}

/** `any where event.category == "process" and …` */
function lintCategory({ categorySpan, condition }: EventFilter, { categoryField, report }: LintContext): void {
  for (const part of condition.kind === 'and' ? condition.operands : [condition]) {
    const category = categoryOf(part, categoryField);
    if (category === null) continue;
    report('any-category', categorySpan, `the condition asks for one category, ${category}`, `write ${category} where`);
    return;
  }
}

function categoryOf(part: Expression, categoryField: string): string | null {
  if (part.kind === 'pattern' && part.operand.kind === 'field' && part.operand.name === categoryField) {
    return part.patterns.length === 1 ? plainWord(part.patterns[0].value) : null;
  }
  if (part.kind !== 'comparison') return null;
  const { operator, left, right } = orient(part);
  const isCategory = operator === '==' && left.kind === 'field' && left.name === categoryField;
  return isCategory && right.kind === 'literal' ? plainWord(right.value) : null;
}

function plainWord(value: unknown): string | null {
  return typeof value === 'string' && /^[a-z_]+$/.test(value) ? value : null;
}
