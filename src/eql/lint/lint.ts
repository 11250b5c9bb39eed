import { type Diagnostic, hasErrors } from '../../base/diagnostic.ts';
import { type CheckedQuery, DEFAULT_CATEGORY_FIELD, fieldTypesOf } from '../check.ts';
import { Budget } from './budget.ts';
import { lintConstants } from './constants.ts';
import { type Lint, type LintContext, Warnings } from './context.ts';
import { lintCost } from './cost.ts';
import { lintForms } from './forms.ts';
import { lintLists } from './lists.ts';
import { lintOutcome } from './outcome.ts';
import { lintRegexes } from './regexes.ts';
import { lintSequences } from './sequences.ts';
import { lintTexts } from './texts.ts';
import { lintValues } from './values.ts';
import { lintEquality, lintWildcards } from './wildcards.ts';

const ALL: readonly Lint[] = [
  lintConstants,
  lintOutcome,
  lintLists,
  lintWildcards,
  lintEquality,
  lintRegexes,
  lintTexts,
  lintValues,
  lintForms,
  lintCost,
  lintSequences,
];

/** What a seasoned author would say of a query that is right but may not be meant so; none of one with errors. */
export function lint({ text, query, diagnostics, options }: CheckedQuery): Diagnostic[] {
  if (query === null || hasErrors(diagnostics)) return [];
  const warnings = new Warnings();
  const context: LintContext = {
    text,
    query,
    fields: fieldTypesOf(options),
    categoryField: options.eventCategoryField ?? DEFAULT_CATEGORY_FIELD,
    budget: new Budget(),
    get isFull() {
      return warnings.isFull;
    },
    report: (...warning) => warnings.report(...warning),
  };
  for (const one of ALL) one(context);
  return warnings.list();
}
