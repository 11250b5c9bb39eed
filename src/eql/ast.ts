import type { Span } from '../base/diagnostic.ts';
import type { Scalar } from '../base/field.ts';

/**
 * The syntax tree of a query. Every node has the span of its source text, parentheses around it left out.
 * The tree says what was written; what it means is decided in `semantic/` and `optimizer/`.
 */
export type Query = EventQuery | SequenceQuery | SampleQuery;

/** `process where ...` */
export interface EventQuery {
  readonly kind: 'event';
  readonly filter: EventFilter;
  readonly pipes: readonly Pipe[];
  readonly span: Span;
}

/** `sequence by a with maxspan=1m [...] [...] until [...]` */
export interface SequenceQuery {
  readonly kind: 'sequence';
  readonly by: readonly Field[];
  readonly maxspan: Duration | null;
  readonly steps: readonly SequenceStep[];
  readonly until: SequenceStep | null;
  readonly pipes: readonly Pipe[];
  readonly span: Span;
}

/** `sample by a [...] [...]` */
export interface SampleQuery {
  readonly kind: 'sample';
  readonly by: readonly Field[];
  readonly steps: readonly SampleStep[];
  readonly pipes: readonly Pipe[];
  readonly span: Span;
}

/** `[...] by a with runs=2`; `missing` for `![...]`. */
export interface SequenceStep {
  readonly filter: EventFilter;
  readonly by: readonly Field[];
  readonly missing: boolean;
  readonly runs: number;
  readonly span: Span;
}

export interface SampleStep {
  readonly filter: EventFilter;
  readonly by: readonly Field[];
  readonly span: Span;
}

/** `category where condition`; category null for `any`. */
export interface EventFilter {
  readonly category: string | null;
  readonly categorySpan: Span;
  readonly condition: Expression;
  readonly span: Span;
}

export interface Duration {
  readonly value: number;
  readonly unit: 'ms' | 's' | 'm' | 'h' | 'd';
  readonly millis: number;
  readonly span: Span;
}

export interface Pipe {
  readonly name: 'head' | 'tail';
  readonly count: number;
  readonly span: Span;
}

export type Expression =
  | Literal
  | Field
  | Call
  | Negation
  | Arithmetic
  | Comparison
  | Membership
  | PatternMatch
  | Not
  | Logical;

/** Whole numbers and others are told apart by type, since `7 / 2` is 3 and `7 / 2.0` is 3.5. */
export interface Literal {
  readonly kind: 'literal';
  readonly type: 'null' | 'boolean' | 'integer' | 'double' | 'string';
  readonly value: Scalar | null;
  readonly span: Span;
}

export interface Field {
  readonly kind: 'field';
  /** Parts joined by dots, quotes undone. */
  readonly name: string;
  /** Written `?name`: no error where the field is not known. */
  readonly optional: boolean;
  readonly span: Span;
}

export interface Call {
  readonly kind: 'call';
  /** As written, without the `~`. */
  readonly name: string;
  /** Written `name~(...)`. */
  readonly insensitive: boolean;
  readonly args: readonly Expression[];
  readonly nameSpan: Span;
  readonly span: Span;
}

/** `-x` of anything but a number, which is a literal. */
export interface Negation {
  readonly kind: 'negation';
  readonly operand: Expression;
  readonly span: Span;
}

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '%';

export interface Arithmetic {
  readonly kind: 'arithmetic';
  readonly operator: ArithmeticOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

export type ComparisonOperator = '==' | '!=' | '<' | '<=' | '>' | '>=';

export interface Comparison {
  readonly kind: 'comparison';
  readonly operator: ComparisonOperator;
  readonly left: Expression;
  readonly right: Expression;
  readonly span: Span;
}

/** `x in (...)`, `x not in~ (...)` */
export interface Membership {
  readonly kind: 'in';
  readonly operand: Expression;
  readonly values: readonly Expression[];
  readonly negated: boolean;
  readonly insensitive: boolean;
  readonly span: Span;
}

export type PatternOperator = ':' | 'like' | 'like~' | 'regex' | 'regex~';

/** `x : "a*"`, `x regex~ ("a.*", "b")`; a list is met where one of its patterns is. */
export interface PatternMatch {
  readonly kind: 'pattern';
  readonly operator: PatternOperator;
  readonly operand: Expression;
  readonly patterns: readonly Literal[];
  readonly span: Span;
}

export interface Not {
  readonly kind: 'not';
  readonly operand: Expression;
  readonly span: Span;
}

/** A chain of one operator, two operands or more: `a and b and c`. */
export interface Logical {
  readonly kind: 'and' | 'or';
  readonly operands: readonly Expression[];
  readonly span: Span;
}

/** The direct parts of an expression, in source order. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'field':
      return [];
    case 'call':
      return expression.args;
    case 'negation':
    case 'not':
      return [expression.operand];
    case 'arithmetic':
    case 'comparison':
      return [expression.left, expression.right];
    case 'in':
      return [expression.operand, ...expression.values];
    case 'pattern':
      return [expression.operand, ...expression.patterns];
    case 'and':
    case 'or':
      return expression.operands;
  }
}

/** Every event filter of a query, in source order. */
export function filtersOf(query: Query): EventFilter[] {
  switch (query.kind) {
    case 'event':
      return [query.filter];
    case 'sequence':
      return [...query.steps, ...(query.until ? [query.until] : [])].map((step) => step.filter);
    case 'sample':
      return query.steps.map((step) => step.filter);
  }
}

/** The fields of an expression, each once, in source order. */
export function distinctFields(expression: Expression): Field[] {
  const found = new Map<string, Field>();
  const visit = (part: Expression): void => {
    if (part.kind === 'field') {
      if (!found.has(part.name)) found.set(part.name, part);
    } else {
      for (const child of childrenOf(part)) visit(child);
    }
  };
  visit(expression);
  return [...found.values()];
}
