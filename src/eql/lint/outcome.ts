import { type Expression, filtersOf, type Logical } from '../ast.ts';
import { foldConstants } from '../optimizer/fold.ts';
import { CONSTANT_HELP, reportCondition, reportPart } from './constants.ts';
import type { LintContext } from './context.ts';
import { type Decision, Facts, factsOf, literalOf } from './facts.ts';

/**
 * Parts of a condition that decide nothing, and conditions that nothing can meet. Each part is looked at with what the
 * parts around it say: beside `x == "a"`, an event that matters has "a" in x; in `a or b`, b matters where a does not hold.
 */
export function lintOutcome(context: LintContext): void {
  for (const { condition } of filtersOf(context.query)) {
    const folded = foldConstants(condition, context.fields);
    // Constants are reported by themselves.
    if (folded.kind === 'literal') continue;
    const decided = new Outcome(context).of(folded, new Facts(), false);
    if (decided === null) continue;
    const place = decided.value ? condition : decided.expression;
    reportCondition(place, decided.value, because(decided, context), advice(decided, context), context);
  }
}

/** The outcome of a part, the same for all events that matter. */
interface Decided {
  readonly value: boolean;
  /** Null where the part is a constant by itself. */
  readonly decision: Decision | null;
  /** The part, or the one within it that decides. */
  readonly expression: Expression;
}

class Outcome {
  readonly #context: LintContext;

  constructor(context: LintContext) {
    this.#context = context;
  }

  /**
   * Null where it depends on the event; then what decides nothing within the part has been reported.
   * @param isNegated the part stands behind an odd number of `not`
   */
  of(expression: Expression, facts: Facts, isNegated: boolean): Decided | null {
    switch (expression.kind) {
      case 'not': {
        const decided = this.of(expression.operand, facts, !isNegated);
        return decided && { ...decided, value: !decided.value };
      }
      case 'and':
      case 'or':
        return this.#ofLogical(expression, facts, isNegated);
      default:
        return this.#ofLeaf(expression, facts);
    }
  }

  #ofLeaf(expression: Expression, facts: Facts): Decided | null {
    const { fields } = this.#context;
    const literal = literalOf(expression, fields);
    if (literal === null) return null;
    if (literal.kind === 'constant') return { value: literal.value, decision: null, expression };
    const decision = facts.decide(literal.leaf, this.#context);
    return decision && { value: decision.holds === literal.holds, decision, expression };
  }

  #ofLogical(expression: Logical, around: Facts, isNegated: boolean): Decided | null {
    const operands = flatten(expression);
    const outcomes = this.#ofOperands(expression.kind, operands, around, isNegated);
    const decided = outcomes.filter((outcome) => outcome !== null);
    const deciding = decided.find(({ value }) => value === (expression.kind === 'or'));
    if (deciding !== undefined) return deciding;
    if (decided.length === operands.length) return decided[0];
    outcomes.forEach((outcome, at) => {
      if (outcome !== null) this.#report(expression.kind, operands[at], outcome, isNegated);
    });
    return null;
  }

  /**
   * Simple operands are looked at beside those before them, then beside those behind, so that of two that say the same
   * the second is reported; then the others beside all that decide something.
   */
  #ofOperands(kind: Logical['kind'], operands: readonly Expression[], around: Facts, isNegated: boolean) {
    const outcomes: (Decided | null)[] = operands.map(() => null);
    const beside = operands.map((operand) => [...factsOf(operand, kind === 'and', kind, this.#context.fields)]);
    const indices = operands.map((_, at) => at);
    for (const [order, start] of [
      [indices, around],
      [indices.toReversed(), null],
    ] as const) {
      const facts = new Facts(start);
      for (const at of order) {
        if (isSimple(operands[at])) outcomes[at] ??= this.of(operands[at], facts, isNegated);
        if (outcomes[at] === null) for (const fact of beside[at]) facts.add(fact);
      }
    }
    const facts = new Facts(around);
    for (const at of indices) {
      if (isSimple(operands[at]) && outcomes[at] === null) for (const fact of beside[at]) facts.add(fact);
    }
    for (const at of indices) {
      if (isSimple(operands[at])) continue;
      outcomes[at] = this.of(operands[at], facts, isNegated);
      if (outcomes[at] === null) for (const fact of beside[at]) facts.add(fact);
    }
    return outcomes;
  }

  /** An operand that does not decide: true within an `and`, or false within an `or`. */
  #report(kind: Logical['kind'], operand: Expression, outcome: Decided, isNegated: boolean): void {
    const { decision } = outcome;
    const context = this.#context;
    if (context.isFull) return;
    const reason = because(outcome, context);
    const help = advice(outcome, context);
    if (decision === null || isWithin(decision.by.expression, operand)) {
      reportPart(operand, outcome.value, reason, help, context);
      return;
    }
    const contradicts = decision.by.from === 'and' && decision.by.holds && !decision.holds && !asksForValue(operand);
    const excludes = kind === 'and' ? !isNegated : isNegated;
    if (contradicts && excludes) {
      context.report(
        'needless-exclusion',
        operand.span,
        `this exception is for no event that could match${reason}`,
        help,
      );
    } else if (contradicts && kind === 'or') {
      context.report('never-holds', operand.span, `no event that could match meets this part${reason}`, help);
    } else {
      const message = kind === 'or' && !isNegated ? 'this choice adds nothing' : 'this part decides nothing';
      context.report('needless-condition', operand.span, message + reason, help);
    }
  }
}

/** The operands, with those of operands of the same kind in their place. */
function flatten({ kind, operands }: Logical): readonly Expression[] {
  return operands.flatMap((operand) => (operand.kind === kind ? flatten(operand) : [operand]));
}

function isSimple(expression: Expression): boolean {
  if (expression.kind === 'not') return isSimple(expression.operand);
  return expression.kind !== 'and' && expression.kind !== 'or';
}

function isWithin({ span }: Expression, operand: Expression): boolean {
  return span.start >= operand.span.start && span.end <= operand.span.end;
}

/** `x != null` */
function asksForValue(expression: Expression): boolean {
  if (expression.kind !== 'comparison') return false;
  return [expression.left, expression.right].some((side) => side.kind === 'literal' && side.value === null);
}

/** Characters of a part that are repeated in a message. */
const MAX_QUOTED = 70;

function because({ decision }: Decided, { text }: LintContext): string {
  if (decision === null) return '';
  const { start, end } = decision.by.expression.span;
  const source = text.slice(start, end).replace(/\s+/g, ' ');
  const quoted = source.length > MAX_QUOTED ? `${source.slice(0, MAX_QUOTED)}…` : source;
  return `: beside it stands ${quoted}`;
}

function advice({ decision }: Decided, context: LintContext): string {
  if (decision === null) return CONSTANT_HELP;
  if (decision.forOneValue && decision.by.leaf.kind !== 'composed') {
    return `leave one of the two out, or mend it; ${decision.by.leaf.field} has one value as a rule`;
  }
  const line = context.text.slice(0, decision.by.expression.span.start).split('\n').length;
  return `leave one of the two out, or mend it; the other is in line ${line} of the query`;
}
