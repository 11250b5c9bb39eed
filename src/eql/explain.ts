import type { Span } from '../base/diagnostic.ts';
import type { FieldValue } from '../base/field.ts';
import { distinctFields, type EventFilter, type Expression } from './ast.ts';
import { isOfCategory, meets, type Read } from './interpreter.ts';
import { foldConstants } from './optimizer/fold.ts';
import { patternTest } from './pattern.ts';
import { equalsMember } from './scalar.ts';
import type { FieldTypes } from './semantic/types.ts';
import { domainOf } from './values/compare.ts';
import { valuesOf } from './values/field.ts';

/** A clause that made a document match. */
export interface Evidence {
  /** Source text of the clause. */
  clause: string;
  span: Span;
  field: string;
  value: FieldValue;
  /** The member of a list, or the pattern, that was met. */
  matched?: string;
  /** The clause stands below `not`, and the document matches because it does not hold. */
  negated: boolean;
}

/** What each part of a query says about a document. */
export interface Explanation {
  text: string;
  span: Span;
  /** `not evaluated`: it has no answer whatever the document is, such as a comparison with null. */
  outcome: boolean | 'not evaluated';
  fields: { field: string; value: FieldValue }[];
  children: Explanation[];
}

/** What is needed to say why one document matches. */
export interface Subject {
  readonly source: string;
  readonly filter: EventFilter;
  readonly categoryField: string;
  readonly read: Read;
  readonly fields: FieldTypes;
}

export function explain(subject: Subject): Explanation {
  const { source, filter, categoryField, read } = subject;
  const { span, categorySpan, category } = filter;
  const isOf = isOfCategory(category, categoryField, read);
  const condition = explainExpression(filter.condition, subject);
  const categoryPart: Explanation = {
    text: slice(source, categorySpan),
    span: categorySpan,
    outcome: isOf,
    fields: category === null ? [] : [{ field: categoryField, value: read(categoryField) }],
    children: [],
  };
  const outcome = isOf && condition.outcome === true;
  return { text: slice(source, span), span, outcome, fields: [], children: [categoryPart, condition] };
}

function explainExpression(expression: Expression, subject: Subject): Explanation {
  const parts = partsOf(expression);
  return {
    text: slice(subject.source, expression.span),
    span: expression.span,
    outcome: outcomeOf(expression, subject),
    fields: parts.length > 0 ? [] : fieldsOf(expression, subject),
    children: parts.map((part) => explainExpression(part, subject)),
  };
}

/** The conditions that an expression joins; none where it is a leaf. */
function partsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'and' || expression.kind === 'or') return expression.operands;
  return expression.kind === 'not' ? [expression.operand] : [];
}

function outcomeOf(expression: Expression, { read, fields }: Subject): Explanation['outcome'] {
  const folded = foldConstants(expression, fields);
  if (folded.kind === 'literal' && folded.value === null) return 'not evaluated';
  return meets(folded, read, fields);
}

function fieldsOf(expression: Expression, { read }: Subject): { field: string; value: FieldValue }[] {
  return distinctFields(expression).map(({ name }) => ({ field: name, value: read(name) }));
}

function slice(source: string, { start, end }: Span): string {
  return source.slice(start, end);
}

/** The leaves to which a matching document owes its match, in source order. */
export function evidence(subject: Subject): Evidence[] {
  const found: Evidence[] = [];
  collect(subject.filter.condition, true, subject, found);
  return found;
}

/** @param wanted the outcome of the expression that the match rests on */
function collect(expression: Expression, wanted: boolean, subject: Subject, found: Evidence[]): void {
  if (outcomeOf(expression, subject) !== wanted) return;
  if (expression.kind === 'not') {
    collect(expression.operand, !wanted, subject, found);
  } else if (expression.kind === 'and' || expression.kind === 'or') {
    for (const operand of expression.operands) collect(operand, wanted, subject, found);
  } else {
    found.push(...leafEvidence(expression, !wanted, subject));
  }
}

function leafEvidence(expression: Expression, negated: boolean, subject: Subject): Evidence[] {
  const { span } = expression;
  const clause = slice(subject.source, span);
  const matched = negated ? undefined : matchedBy(expression, subject);
  return fieldsOf(expression, subject).map(({ field, value }) => {
    const base = { clause, span, field, value, negated };
    return matched === undefined ? base : { ...base, matched };
  });
}

/** The first member or pattern that one of the field's values meets. */
function matchedBy(expression: Expression, { read, fields }: Subject): string | undefined {
  if ((expression.kind !== 'in' && expression.kind !== 'pattern') || expression.operand.kind !== 'field')
    return undefined;
  const values = valuesOf(read(expression.operand.name));
  if (expression.kind === 'pattern') {
    const patterns = expression.patterns.map((pattern) => String(pattern.value));
    return patterns.find((pattern) => {
      const test = patternTest(expression.operator, [pattern]);
      return values.some((value) => test(String(value)));
    });
  }
  if (expression.negated) return undefined;
  const domain = domainOf(fields.typeOf(expression.operand));
  for (const member of expression.values) {
    const constant = foldConstants(member, fields);
    if (constant.kind !== 'literal' || constant.value === null) continue;
    const text = constant.value;
    if (values.some((value) => equalsMember(domain, value, text, expression.insensitive))) return String(text);
  }
  return undefined;
}
