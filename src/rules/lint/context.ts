import type { Span } from '../../base/diagnostic.ts';
import type { Query } from '../../eql/index.ts';
import type { EqlRule } from '../rule.ts';
import type { RuleLintCode } from './lints.ts';

/** What the lints of one rule share. Its query has no errors. */
export interface RuleLintContext {
  readonly rule: EqlRule;
  readonly query: Query;
  /** @param span within the query */
  inQuery(code: RuleLintCode, span: Span, message: string, help: string): void;
  /** @param path below the table `[rule]` */
  at(code: RuleLintCode, path: readonly (string | number)[], message: string, help: string): void;
}

export type RuleLint = (context: RuleLintContext) => void;
