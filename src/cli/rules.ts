import { printable } from '../detect/printable.ts';
import type { Rule } from '../rules/rule.ts';
import { CommandError, EXIT, type ExitStatus } from './exit.ts';
import { loadRules } from './load-rules.ts';
import { stdout } from './output.ts';
import { ruleText } from './rule-text.ts';
import { styleFor, widthOf } from './style.ts';
import { table } from './text.ts';

export interface RulesOptions {
  readonly rules?: readonly string[];
  readonly json?: boolean;
}

/** `hoplimit rules list` */
export function listRules(options: RulesOptions): ExitStatus {
  const rules = loadRules(options.rules);
  if (options.json) {
    for (const rule of rules) stdout.line(JSON.stringify(overview(rule)));
    return EXIT.done;
  }
  const style = styleFor(stdout);
  const rows = rules.map((rule) => [
    rule.severity,
    String(rule.risk_score),
    rule.supported ? 'eql' : `${rule.type} (not run)`,
    printable(rule.name),
    rule.rule_id,
  ]);
  const [head, ...lines] = table([['severity', 'risk', 'type', 'name', 'rule id'], ...rows]);
  stdout.line(style('bold', head));
  for (const line of lines) stdout.line(line);
  return EXIT.done;
}

/** `hoplimit rules show` */
export function showRule(name: string, options: RulesOptions): ExitStatus {
  const rule = findRule(loadRules(options.rules), name);
  if (options.json) stdout.line(JSON.stringify(rule));
  else for (const line of ruleText(rule, styleFor(stdout), widthOf(process.stdout))) stdout.line(line);
  return EXIT.done;
}

/** The one rule that a user names. */
export function findRule(rules: readonly Rule[], name: string): Rule {
  const found = findRules(rules, name);
  if (found.length === 0)
    throw new CommandError(`no rule has "${name}" in its id, name or file; rules list names them`);
  if (found.length > 1) {
    const names = found.map((rule) => `  ${rule.rule_id}  ${rule.name}`).join('\n');
    throw new CommandError(`"${name}" may mean several rules; name one by its id:\n${names}`);
  }
  return found[0];
}

/** By rule id, else by a part of name or file. */
export function findRules(rules: readonly Rule[], name: string): readonly Rule[] {
  const exact = rules.filter((rule) => rule.rule_id === name);
  if (exact.length > 0) return exact;
  const wanted = name.toLowerCase();
  return rules.filter((rule) => rule.name.toLowerCase().includes(wanted) || rule.file.toLowerCase().includes(wanted));
}

/** The type as a list names it. */
export function typeOf(rule: Rule): string {
  return rule.supported ? 'eql' : rule.type;
}

function overview(rule: Rule): object {
  const { rule_id, name, severity, risk_score, version, enabled, tags, file } = rule;
  return { rule_id, name, type: typeOf(rule), severity, risk_score, version, enabled, tags, file };
}
