import assert from 'node:assert/strict';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { renderDiagnostic } from '../src/base/diagnostic.ts';
import { loadRuleSet } from '../src/rules/rule-set.ts';
import { runRuleTests } from '../src/rules/run-tests.ts';
import { loadTestFile, type TestFile, testPathOf } from '../src/rules/test-file.ts';

const FOLDER = import.meta.dirname;
const { rules, files } = loadRuleSet([FOLDER]);

test('every rule is without fault', () => {
  const faults = files.flatMap(({ diagnostics, text, path }) =>
    diagnostics.map((fault) => renderDiagnostic(fault, text, path)),
  );
  assert.deepEqual(faults, []);
  assert.ok(rules.length > 0);
});

test('every rule has tests, and every test file a rule', () => {
  const expected = rules.map(({ file }) => testPathOf(file)).sort();
  const found = globSync('**/*.test.yaml', { cwd: FOLDER })
    .map((path) => join(FOLDER, path))
    .sort();
  assert.deepEqual(found, expected);
});

for (const rule of rules) {
  describe(rule.name, async () => {
    const file = readTests(testPathOf(rule.file));
    const results = await runRuleTests(rule, file, {
      readCapture: (path) => {
        throw new Error(`the tests of the bundled rules are events, and ${path} is a capture`);
      },
    });
    for (const { case: one, passed, reasons } of results) {
      test(`${one.matches ? 'matches' : 'does not match'}: ${one.it}`, () => assert.ok(passed, reasons.join('\n')));
    }
  });
}

function readTests(path: string): TestFile {
  assert.ok(existsSync(path), `${path} is missing`);
  const text = readFileSync(path, 'utf8');
  const { file, diagnostics } = loadTestFile(text, path);
  assert.deepEqual(
    diagnostics.map((fault) => renderDiagnostic(fault, text, path)),
    [],
  );
  assert.ok(file);
  return file;
}
