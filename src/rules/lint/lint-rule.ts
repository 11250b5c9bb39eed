import type { Diagnostic } from '../../base/diagnostic.ts';
import { nearest } from '../../base/nearest.ts';
import { lint } from '../../eql/lint/lint.ts';
import { checkedQuery, type QueryOptions } from '../checked-query.ts';
import { Report } from '../report.ts';
import { placeInFile } from '../report-query.ts';
import type { EqlRule } from '../rule.ts';
import { tomlPositions } from '../toml-positions.ts';
import { allowancesOf } from './allowances.ts';
import type { RuleLint, RuleLintContext } from './context.ts';
import { lintIndices, lintPatterns } from './indices.ts';
import { ALL_LINTS, type RuleLintCode } from './lints.ts';
import { lintWindow } from './window.ts';

const RULE_LINTS: readonly RuleLint[] = [lintIndices, lintPatterns, lintWindow];

/**
 * What a seasoned author would say of a rule without errors, as warnings in the order of its text.
 * @param text of the rule's file, which the spans are of
 */
export function lintRule(rule: EqlRule, text: string, options: QueryOptions = {}): Diagnostic[] {
  const checked = checkedQuery(rule, options);
  if (checked.query === null) return [];
  const report = new Report(tomlPositions(text));
  const literal = report.valueSpan(['rule', 'query']);
  const allowances = allowancesOf(rule.query);
  const allowed = new Set(allowances.map(({ code }) => code));
  const add = (diagnostic: Diagnostic) => {
    if (!allowed.has(diagnostic.code)) report.add(diagnostic);
  };
  const inQuery: RuleLintContext['inQuery'] = (code, span, message, help) =>
    add(placeInFile({ severity: 'warning', code, message, span, help }, text, literal));
  const at: RuleLintContext['at'] = (code, path, message, help) => {
    const span = report.valueSpan(['rule', ...path]);
    add({ severity: 'warning', code, message, help, ...(span && { span }) });
  };
  for (const diagnostic of lint(checked)) add(placeInFile(diagnostic, text, literal));
  for (const one of RULE_LINTS) one({ rule, query: checked.query, inQuery, at });
  for (const { code, span } of allowances) {
    if (Object.hasOwn(ALL_LINTS, code)) continue;
    const near = nearest(code, Object.keys(ALL_LINTS), 1)[0];
    const help = near === undefined ? 'docs/lints lists them' : `did you mean ${near}?`;
    inQuery('unknown-lint' satisfies RuleLintCode, span, `there is no lint ${code}`, help);
  }
  return report.list();
}
