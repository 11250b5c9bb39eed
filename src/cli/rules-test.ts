import { existsSync } from 'node:fs';
import { escapeControls } from '../base/controls.ts';
import { hasErrors, renderDiagnostic } from '../base/diagnostic.ts';
import { catalogue } from '../ecs/catalogue.ts';
import { HttpEvent } from '../ecs/http-event.ts';
import { readText } from '../rules/read-text.ts';
import type { Rule } from '../rules/rule.ts';
import { loadRuleSet } from '../rules/rule-set.ts';
import { runRuleTests, type TestResult } from '../rules/run-tests.ts';
import { loadTestFile, testPathOf } from '../rules/test-file.ts';
import { readCaptures } from './captures.ts';
import { CommandError, EXIT, type ExitStatus } from './exit.ts';
import { BUNDLED_RULES, diagnosticsText } from './load-rules.ts';
import { stdout } from './output.ts';
import { plural } from './progress.ts';
import { styleFor } from './style.ts';

/** `hoplimit rules test` */
export async function testRules(paths: readonly string[], options: { readonly json?: boolean }): Promise<ExitStatus> {
  const from = paths.length > 0 ? paths : [BUNDLED_RULES];
  const { files } = loadRuleSet(from);
  if (files.length === 0) throw new CommandError(`no rule file (*.toml) in ${from.join(', ')}`);
  const style = styleFor(stdout);
  let passed = 0;
  let failed = 0;
  let untested = 0;
  for (const file of files) {
    if (hasErrors(file.diagnostics) || file.rule === null) {
      failed++;
      if (options.json) stdout.line(JSON.stringify({ file: file.path, passed: false, diagnostics: file.diagnostics }));
      else stdout.line(diagnosticsText(file));
      continue;
    }
    if (!existsSync(testPathOf(file.path))) {
      untested++;
      continue;
    }
    const results = await testRule(file.rule, testPathOf(file.path), options);
    if (results === null) {
      failed++;
      continue;
    }
    const bad = results.filter((result) => !result.passed);
    passed += results.length - bad.length;
    failed += bad.length;
    if (options.json) {
      for (const result of results) stdout.line(JSON.stringify(resultDocument(file.rule, result)));
      continue;
    }
    const mark = bad.length === 0 ? style('green', 'ok') : style('red', 'failed');
    stdout.line(`${mark}  ${file.rule.name}: ${results.length - bad.length} of ${plural(results.length, 'case')}`);
    for (const result of bad) {
      stdout.line(`    ${style('red', 'x')} ${result.case.it} (must ${result.case.matches ? '' : 'not '}match)`);
      for (const reason of result.reasons) stdout.line(`        ${reason}`);
    }
  }
  if (!options.json) {
    const rest = untested > 0 ? `, ${plural(untested, 'rule')} without tests` : '';
    stdout.line(`${plural(passed, 'case')} passed, ${failed} failed${rest}`);
  }
  return failed > 0 ? EXIT.failed : EXIT.done;
}

/** Null where the test file cannot be used; what is wrong with it has been said. */
async function testRule(rule: Rule, path: string, options: { readonly json?: boolean }): Promise<TestResult[] | null> {
  const { text, diagnostics: unread } = readText(path);
  const { file, diagnostics } = unread.length > 0 ? { file: null, diagnostics: unread } : loadTestFile(text, path);
  if (options.json && file === null) stdout.line(JSON.stringify({ file: path, passed: false, diagnostics }));
  if (!options.json)
    for (const diagnostic of diagnostics) stdout.line(escapeControls(renderDiagnostic(diagnostic, text, path)));
  return file && runRuleTests(rule, file, { readCapture: eventsOf, catalogue });
}

async function* eventsOf(path: string): AsyncGenerator<Record<string, unknown>> {
  const events: HttpEvent[] = [];
  await readCaptures([path], { anyPort: true }, (transaction) => events.push(new HttpEvent(transaction)));
  events.sort((a, b) => a.time - b.time);
  for (const event of events) yield event.toJSON();
}

function resultDocument(rule: Rule, result: TestResult): object {
  const { it, matches } = result.case;
  return { rule_id: rule.rule_id, case: it, must_match: matches, passed: result.passed, reasons: result.reasons };
}
