import type { Scalar } from '../../base/field.ts';
import type { Expression, Literal } from '../ast.ts';
import type { Condition } from '../condition.ts';
import { foldConstants } from '../optimizer/fold.ts';
import { lower } from '../optimizer/lower.ts';
import type { FieldTypes } from '../semantic/types.ts';
import { domainOf } from '../values/compare.ts';
import { asType } from '../values/field.ts';
import { fieldNamed } from './draft.ts';
import { type Goal, presence, type Question, variablesOf } from './question.ts';
import type { Assignment } from './variable.ts';

/**
 * Ways to settle a question about several variables: all but one are held to a value, which turns it into a question
 * about that one; and, for one that must not hold, leaving out a field.
 * @param settle values that reach goals in addition to what is settled already; null where there are none
 */
export function* substitutions(
  question: Question,
  fields: FieldTypes,
  settle: (goals: readonly Goal[]) => Assignment | null,
): Generator<readonly Goal[]> {
  const { leaf, draft, clause, wanted } = question;
  if (leaf.kind !== 'composed') return;
  for (const target of variablesOf(leaf, draft)) {
    const others = leaf.fields.filter(({ name }) => draft.variable(name) !== target);
    const values = settle(others.map(({ name }) => presence(draft, name, true, clause)));
    if (values === null) continue;
    const known = new Map<string, Scalar>();
    for (const { name } of others) {
      const [value] = values.get(draft.variable(name)) ?? [];
      if (value !== undefined) known.set(name, value);
    }
    const condition = lower(foldConstants(substituted(leaf.expression, known, fields), fields), fields);
    const held = [...known].map(
      ([name, value]): Goal => ({ condition: equals(name, value, fields), draft, wanted: true, clause }),
    );
    yield [...held, { condition, draft, wanted, clause }];
  }
  if (!wanted) for (const { name } of leaf.fields) yield [presence(draft, name, false, clause)];
}

/** The field has the value. */
export function equals(field: string, value: Scalar, fields: FieldTypes): Condition {
  const domain = domainOf(fields.typeOf(fieldNamed(field)));
  return { kind: 'leaf', leaf: { kind: 'comparison', field, domain, operator: '==', value } };
}

/** The expression with known values in the place of fields. */
function substituted(expression: Expression, known: ReadonlyMap<string, Scalar>, fields: FieldTypes): Expression {
  const inner = <E extends Expression>(part: E) => substituted(part, known, fields);
  switch (expression.kind) {
    case 'literal':
      return expression;
    case 'field': {
      const value = known.get(expression.name);
      return value === undefined ? expression : literalOf(expression, value, fields);
    }
    case 'call':
      return { ...expression, args: expression.args.map(inner) };
    case 'negation':
    case 'not':
      return { ...expression, operand: inner(expression.operand) };
    case 'arithmetic':
    case 'comparison':
      return { ...expression, left: inner(expression.left), right: inner(expression.right) };
    case 'in':
      return { ...expression, operand: inner(expression.operand), values: expression.values.map(inner) };
    case 'pattern':
      return { ...expression, operand: inner(expression.operand) };
    case 'and':
    case 'or':
      return { ...expression, operands: expression.operands.map(inner) };
  }
}

function literalOf(field: Expression & { readonly kind: 'field' }, value: Scalar, fields: FieldTypes): Literal {
  const type = fields.typeOf(field);
  const typed = asType(type, value);
  const base = { kind: 'literal', value: typed, span: field.span } as const;
  if (typed === null) return { ...base, type: 'null' };
  if (typeof typed === 'number')
    return { ...base, type: type === 'double' || !Number.isInteger(typed) ? 'double' : 'integer' };
  return { ...base, type: typeof typed === 'string' ? 'string' : 'boolean' };
}
