import type { Expression } from '../ast.ts';
import { type Condition, type Leaf, leafKey } from '../condition.ts';
import { lower } from '../optimizer/lower.ts';
import type { FieldTypes } from '../semantic/types.ts';
import type { LintContext } from './context.ts';
import { areDisjoint, comparisonsOf, isWithin, type ValueSet, valueSetOf } from './value-set.ts';

/** A leaf of a condition that holds, or does not, wherever the part that is looked at decides anything. */
export interface Fact {
  readonly leaf: Leaf;
  /** The same for leaves that answer alike. */
  readonly key: string;
  readonly holds: boolean;
  readonly values: ValueSet | null;
  /** As it was written. */
  readonly expression: Expression;
  /** From the other parts of an `and` or of an `or`. */
  readonly from: 'and' | 'or';
}

/** What a leaf is, given a fact. */
export interface Decision {
  readonly holds: boolean;
  readonly by: Fact;
  /** Said only of fields that have one value. */
  readonly forOneValue: boolean;
}

/** Facts of one field that are compared with others; more are not looked at. */
const MAX_FACTS = 200;

/** Facts by field, within those of the parts around. */
export class Facts {
  readonly #around: Facts | null;
  readonly #byField = new Map<string, Fact[]>();

  constructor(around: Facts | null = null) {
    this.#around = around;
  }

  add(fact: Fact): void {
    const key = subjectOf(fact.leaf);
    const list = this.#byField.get(key);
    if (list === undefined) this.#byField.set(key, [fact]);
    else if (list.length < MAX_FACTS) list.push(fact);
  }

  /** What `leaf` is where these facts are true; null where they do not tell. */
  decide(leaf: Leaf, context: LintContext): Decision | null {
    const [subject, key, values] = [subjectOf(leaf), leafKey(leaf), valueSetOf(leaf)];
    for (let facts: Facts | null = this; facts !== null; facts = facts.#around) {
      for (const by of facts.#byField.get(subject) ?? []) {
        if (!context.budget.spend(1)) return null;
        const decision = decideBy(by, { leaf, key, values }, context);
        if (decision !== null) return decision;
      }
    }
    return null;
  }
}

function subjectOf(leaf: Leaf): string {
  return leaf.kind === 'composed' ? leafKey(leaf) : leaf.field;
}

function decideBy(
  by: Fact,
  { leaf, key, values }: Pick<Fact, 'leaf' | 'key' | 'values'>,
  { fields, budget }: LintContext,
): Decision | null {
  const certain = (holds: boolean): Decision => ({ holds, by, forOneValue: false });
  if (by.key === key) return certain(by.holds);
  if (by.leaf.kind === 'composed' || leaf.kind === 'composed') return null;
  if (by.leaf.kind === 'missing') return by.holds ? certain(false) : null;
  if (leaf.kind === 'missing') return by.holds ? certain(false) : null;
  if (by.values === null || values === null || !budget.spend(comparisonsOf(by.values, values))) return null;
  if (!by.holds) return isWithin(values, by.values, budget) ? certain(false) : null;
  if (isWithin(by.values, values, budget)) return certain(true);
  if (!isSingle(leaf.field, fields) || !areDisjoint(by.values, values)) return null;
  return { holds: false, by, forOneValue: true };
}

/** Any field may have several values; of those that the catalogue knows as such, one is what they have as a rule. */
function isSingle(name: string, fields: FieldTypes): boolean {
  return fields.catalogue?.isArray?.(name) === false;
}

/** The leaf that a folded expression is, or of which it is the negation; or the constant. Null for what has several. */
export function literalOf(expression: Expression, fields: FieldTypes): LeafOrConstant | null {
  switch (expression.kind) {
    case 'and':
    case 'or':
    case 'not':
      return null;
    default:
      return plain(lower(expression, fields), true);
  }
}

export type LeafOrConstant =
  | { readonly kind: 'constant'; readonly value: boolean }
  | { readonly kind: 'leaf'; readonly leaf: Leaf; readonly holds: boolean };

function plain(condition: Condition, holds: boolean): LeafOrConstant | null {
  switch (condition.kind) {
    case 'constant':
      return { kind: 'constant', value: condition.value === holds };
    case 'leaf': {
      const { leaf } = condition;
      // A list of nothing but null has no members.
      if (leaf.kind === 'member' && leaf.values.length === 0) return { kind: 'constant', value: !holds };
      return { kind: 'leaf', leaf, holds };
    }
    case 'not':
      return plain(condition.operand, !holds);
    case 'and':
    case 'or':
      return null;
  }
}

/**
 * What is known where a folded expression is `holds`: of a leaf the leaf itself; of a conjunction each of its parts, also of
 * one that is written as the negation of an `or`.
 */
export function* factsOf(
  expression: Expression,
  holds: boolean,
  from: Fact['from'],
  fields: FieldTypes,
): Generator<Fact> {
  if (expression.kind === 'not') {
    yield* factsOf(expression.operand, !holds, from, fields);
  } else if (expression.kind === 'and' || expression.kind === 'or') {
    if ((expression.kind === 'and') !== holds) return;
    for (const operand of expression.operands) yield* factsOf(operand, holds, from, fields);
  } else {
    const literal = literalOf(expression, fields);
    if (literal?.kind !== 'leaf') return;
    const { leaf } = literal;
    yield { leaf, key: leafKey(leaf), holds: literal.holds === holds, values: valueSetOf(leaf), expression, from };
  }
}
