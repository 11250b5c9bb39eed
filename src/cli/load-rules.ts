import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { escapeControls } from '../base/controls.ts';
import { hasErrors, renderDiagnostic } from '../base/diagnostic.ts';
import type { Rule } from '../rules/rule.ts';
import { loadRuleSet, type RuleFile } from '../rules/rule-set.ts';
import { CommandError } from './exit.ts';
import { stderr } from './output.ts';
import { plural } from './progress.ts';

/** The rules that come with the package. */
export const BUNDLED_RULES = join(packageRoot(dirname(fileURLToPath(import.meta.url))), 'rules');

/** The folder with package.json: the program runs from there both as it is written and as it is built. */
function packageRoot(folder: string): string {
  return existsSync(join(folder, 'package.json')) ? folder : packageRoot(dirname(folder));
}

/** Loads rules for use: what is wrong with a file is said on standard error, and the others are used. */
export function loadRules(paths: readonly string[] | undefined): readonly Rule[] {
  const { rules, files } = loadRuleSet(paths ?? [BUNDLED_RULES]);
  const broken = files.filter((file) => hasErrors(file.diagnostics));
  for (const file of broken) stderr.line(diagnosticsText(file));
  if (broken.length > 0) stderr.line(`hoplimit: ${plural(broken.length, 'rule file')} left out for the errors above`);
  stderr.flush();
  if (rules.length === 0) throw new CommandError(`no rule to run in ${(paths ?? [BUNDLED_RULES]).join(', ')}`);
  return rules;
}

/** All diagnostics of a rule file, as a compiler prints them. */
export function diagnosticsText(file: RuleFile): string {
  const texts = file.diagnostics.map((diagnostic) => renderDiagnostic(diagnostic, file.text, file.path));
  return escapeControls(texts.join('\n\n'));
}
