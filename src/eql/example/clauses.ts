import type { Span } from '../../base/diagnostic.ts';
import type { EventFilter, Expression } from '../ast.ts';
import type { Condition } from '../condition.ts';
import { foldConstants } from '../optimizer/fold.ts';
import { lower } from '../optimizer/lower.ts';
import type { FieldTypes } from '../semantic/types.ts';
import { domainOf } from '../values/compare.ts';
import { fieldNamed } from './draft.ts';

/** A condition that an event must meet by itself for the whole filter to match, or one that it must not meet. */
export interface Clause {
  readonly condition: Condition;
  readonly wanted: boolean;
  readonly text: string;
  readonly span: Span;
}

/** What a filter joins by `and`, its category first: an event matches where it answers each clause as wanted. */
export function clausesOf(source: string, filter: EventFilter, categoryField: string, fields: FieldTypes): Clause[] {
  const clauses: Clause[] = [];
  const textOf = ({ start, end }: Span) => source.slice(start, end).replace(/\s+/g, ' ');
  const collect = (expression: Expression, wanted: boolean): void => {
    if (expression.kind === 'not') collect(expression.operand, !wanted);
    else if (expression.kind === (wanted ? 'and' : 'or'))
      for (const operand of expression.operands) collect(operand, wanted);
    else
      clauses.push({
        condition: lower(expression, fields),
        wanted,
        text: textOf(expression.span),
        span: expression.span,
      });
  };
  if (filter.category !== null) {
    const field = categoryField;
    const domain = domainOf(fields.typeOf(fieldNamed(field)));
    clauses.push({
      condition: { kind: 'leaf', leaf: { kind: 'comparison', field, domain, operator: '==', value: filter.category } },
      wanted: true,
      text: `${field} == ${JSON.stringify(filter.category)}`,
      span: filter.categorySpan,
    });
  }
  // Folded as a whole: `not` of what has no answer has none either, and matches nothing.
  collect(foldConstants(filter.condition, fields), true);
  return clauses;
}
