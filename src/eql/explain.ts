import type { Span } from '../base/diagnostic.ts';
import type { FieldValue, Scalar } from '../base/field.ts';
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

/** A part of a query, with what can be worked out before there is a document. */
interface Part {
  readonly expression: Expression;
  readonly text: string;
  /** The expression folded, as it is asked; null where it has no answer whatever the document is. */
  readonly condition: Expression | null;
  /** Names of the fields of a leaf; none of a part that joins others. */
  readonly fields: readonly string[];
  /** What an expression joins; none where it is a leaf. */
  readonly parts: readonly Part[];
  /** Members of a list, or patterns, one of which is met where the leaf holds. */
  readonly choices: readonly Choice[];
}

interface Choice {
  readonly text: string;
  readonly isMetBy: (value: Scalar) => boolean;
}

/** Says of any document why a query matches it, or what each part of the query says about it. */
export class Explainer {
  readonly #source: string;
  readonly #filter: EventFilter;
  readonly #categoryField: string;
  readonly #fields: FieldTypes;
  readonly #condition: Part;

  /** @param source text of the query that the filter, which has been checked, is of */
  constructor(source: string, filter: EventFilter, categoryField: string, fields: FieldTypes) {
    this.#source = source;
    this.#filter = filter;
    this.#categoryField = categoryField;
    this.#fields = fields;
    this.#condition = this.#prepare(filter.condition);
  }

  explain(read: Read): Explanation {
    const { span, categorySpan, category } = this.#filter;
    const isOf = isOfCategory(category, this.#categoryField, read);
    const condition = this.#explain(this.#condition, read);
    const categoryPart: Explanation = {
      text: this.#textOf(categorySpan),
      span: categorySpan,
      outcome: isOf,
      fields: category === null ? [] : [{ field: this.#categoryField, value: read(this.#categoryField) }],
      children: [],
    };
    const outcome = isOf && condition.outcome === true;
    return { text: this.#textOf(span), span, outcome, fields: [], children: [categoryPart, condition] };
  }

  /** The leaves to which a matching document owes its match, in source order. */
  evidence(read: Read): Evidence[] {
    const found: Evidence[] = [];
    this.#collect(this.#condition, true, read, found);
    return found;
  }

  #prepare(expression: Expression): Part {
    const parts = partsOf(expression).map((part) => this.#prepare(part));
    const folded = foldConstants(expression, this.#fields);
    return {
      expression,
      text: this.#textOf(expression.span),
      condition: folded.kind === 'literal' && folded.value === null ? null : folded,
      fields: parts.length > 0 ? [] : distinctFields(expression).map(({ name }) => name),
      parts,
      choices: choicesOf(expression, this.#fields),
    };
  }

  #textOf({ start, end }: Span): string {
    return this.#source.slice(start, end);
  }

  #explain(part: Part, read: Read): Explanation {
    return {
      text: part.text,
      span: part.expression.span,
      outcome: this.#outcomeOf(part, read),
      fields: part.fields.map((field) => ({ field, value: read(field) })),
      children: part.parts.map((child) => this.#explain(child, read)),
    };
  }

  #outcomeOf({ condition }: Part, read: Read): Explanation['outcome'] {
    return condition === null ? 'not evaluated' : meets(condition, read, this.#fields);
  }

  /** @param wanted the outcome of the part that the match rests on */
  #collect(part: Part, wanted: boolean, read: Read, found: Evidence[]): void {
    if (this.#outcomeOf(part, read) !== wanted) return;
    const within = part.expression.kind === 'not' ? !wanted : wanted;
    for (const child of part.parts) this.#collect(child, within, read, found);
    if (part.parts.length === 0) found.push(...leafEvidence(part, !wanted, read));
  }
}

/** The conditions that an expression joins; none where it is a leaf. */
function partsOf(expression: Expression): readonly Expression[] {
  if (expression.kind === 'and' || expression.kind === 'or') return expression.operands;
  return expression.kind === 'not' ? [expression.operand] : [];
}

function leafEvidence({ expression, text, fields, choices }: Part, negated: boolean, read: Read): Evidence[] {
  return fields.map((field) => {
    const value = read(field);
    const base = { clause: text, span: expression.span, field, value, negated };
    const matched = negated ? undefined : firstMet(choices, valuesOf(value));
    return matched === undefined ? base : { ...base, matched };
  });
}

/** The first member or pattern that one of the field's values meets. */
function firstMet(choices: readonly Choice[], values: readonly Scalar[]): string | undefined {
  return choices.find(({ isMetBy }) => values.some(isMetBy))?.text;
}

/** Of a list or of patterns that a field is compared with. */
function choicesOf(expression: Expression, fields: FieldTypes): Choice[] {
  if ((expression.kind !== 'in' && expression.kind !== 'pattern') || expression.operand.kind !== 'field') return [];
  if (expression.kind === 'pattern') {
    return expression.patterns.map((pattern) => {
      const text = String(pattern.value);
      const test = patternTest(expression.operator, [text]);
      return { text, isMetBy: (value) => test(String(value)) };
    });
  }
  if (expression.negated) return [];
  const domain = domainOf(fields.typeOf(expression.operand));
  return expression.values.flatMap((member) => {
    const constant = foldConstants(member, fields);
    if (constant.kind !== 'literal' || constant.value === null) return [];
    const { value: text } = constant;
    return {
      text: String(text),
      isMetBy: (value: Scalar) => equalsMember(domain, value, text, expression.insensitive),
    };
  });
}
