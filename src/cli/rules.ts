import { hasErrors } from '../base/diagnostic.ts';
import { printable } from '../detect/printable.ts';
import type { Rule } from '../rules/rule.ts';
import { loadRuleSet, type RuleFile } from '../rules/rule-set.ts';
import { CommandError, EXIT, type ExitStatus } from './exit.ts';
import { BUNDLED_RULES, diagnosticsText, loadRules } from './load-rules.ts';
import { stdout } from './output.ts';
import { plural } from './progress.ts';
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

/** `hoplimit rules check` */
export function checkRules(paths: readonly string[], options: RulesOptions): ExitStatus {
  const { files } = loadRuleSet(paths.length > 0 ? paths : [BUNDLED_RULES]);
  if (files.length === 0) throw new CommandError(`no rule file (*.toml) in ${paths.join(', ')}`);
  const invalid = files.filter((file) => hasErrors(file.diagnostics));
  if (options.json) {
    for (const file of files) stdout.line(JSON.stringify(checked(file)));
    return invalid.length > 0 ? EXIT.failed : EXIT.done;
  }
  const warned = files.filter((file) => file.diagnostics.length > 0 && !hasErrors(file.diagnostics));
  for (const file of [...warned, ...invalid]) stdout.line(`${diagnosticsText(file)}\n`);
  const types = new Map<string, number>();
  for (const { rule } of files) if (rule) types.set(typeOf(rule), (types.get(typeOf(rule)) ?? 0) + 1);
  stdout.line(`${plural(files.length, 'rule file')}: ${files.length - invalid.length} valid, ${invalid.length} not`);
  for (const [type, count] of [...types].sort((a, b) => b[1] - a[1])) {
    stdout.line(`  ${String(count).padStart(6)}  ${type}${type === 'eql' ? '' : ' (not supported: read, not run)'}`);
  }
  return invalid.length > 0 ? EXIT.failed : EXIT.done;
}

function typeOf(rule: Rule): string {
  return rule.supported ? 'eql' : rule.type;
}

function checked(file: RuleFile): object {
  const { rule } = file;
  return {
    file: file.path,
    rule_id: rule?.rule_id ?? null,
    type: rule ? typeOf(rule) : null,
    valid: !hasErrors(file.diagnostics),
    diagnostics: file.diagnostics,
  };
}

function overview(rule: Rule): object {
  const { rule_id, name, severity, risk_score, version, enabled, tags, file } = rule;
  return { rule_id, name, type: typeOf(rule), severity, risk_score, version, enabled, tags, file };
}
