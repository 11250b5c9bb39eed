import type { Diagnostic, Span } from '../../base/diagnostic.ts';
import { childrenOf, type Expression, filtersOf, type Query } from '../ast.ts';
import type { FieldTypes } from '../semantic/types.ts';
import type { Budget } from './budget.ts';
import type { LintCode } from './lints.ts';

/** What the lints of one query share. The query has been checked and has no errors. */
export interface LintContext {
  /** The source of the query. */
  readonly text: string;
  readonly query: Query;
  readonly fields: FieldTypes;
  /** The field that the category before `where` is looked for in. */
  readonly categoryField: string;
  readonly budget: Budget;
  /** So much was reported that more is not kept. */
  readonly isFull: boolean;
  report(code: LintCode, span: Span, message: string, help?: string): void;
}

export type Lint = (context: LintContext) => void;

/** Warnings that are kept of one query; more would not be read. */
const MAX_WARNINGS = 50;

/** Collects what lints report. */
export class Warnings {
  readonly #list: Diagnostic[] = [];

  get isFull(): boolean {
    return this.#list.length >= MAX_WARNINGS;
  }

  report(code: LintCode, span: Span, message: string, help?: string): void {
    if (this.isFull) return;
    this.#list.push({ severity: 'warning', code, message, span, ...(help !== undefined && { help }) });
  }

  list(): Diagnostic[] {
    return this.#list.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  }
}

/** Every expression of a query, those within others after them. */
export function* expressionsOf(query: Query): Generator<Expression> {
  for (const filter of filtersOf(query)) yield* within(filter.condition);
}

function* within(expression: Expression): Generator<Expression> {
  yield expression;
  for (const child of childrenOf(expression)) yield* within(child);
}
