import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { loadRuleSet } from './rule-set.ts';

const folder = mkdtempSync(join(tmpdir(), 'rule-set-'));
after(() => rmSync(folder, { recursive: true }));

function rule(id: number, name = 'A rule'): string {
  return `[metadata]
[rule]
name = "${name}"
description = "Finds something."
rule_id = "00000000-0000-4000-8000-${String(id).padStart(12, '0')}"
severity = "low"
risk_score = 21
type = "eql"
query = "any where true"
`;
}

function write(name: string, text: string): string {
  const path = join(folder, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

/** The names of the rules, and the codes of the diagnostics by file. */
function loaded(...paths: string[]): { rules: string[]; faults: Record<string, string[]> } {
  const { rules, files } = loadRuleSet(paths);
  const faults = files.flatMap(({ path, diagnostics }): [string, string[]][] =>
    diagnostics.length === 0 ? [] : [[path.slice(folder.length + 1), diagnostics.map(({ code }) => code)]],
  );
  return { rules: rules.map(({ name }) => name), faults: Object.fromEntries(faults) };
}

test('files and the files below directories are read in order, each once', () => {
  const a = write('good/a.toml', rule(1, 'a'));
  write('good/b/c.toml', rule(2, 'c'));
  write('good/b/notes.md', 'no rule');
  write('good/.hidden/d.toml', rule(3, 'd'));
  symlinkSync(a, join(folder, 'linked.toml'));
  assert.deepEqual(loaded(join(folder, 'good'), a), { rules: ['a', 'c'], faults: {} });
  assert.deepEqual(loaded(join(folder, 'linked.toml')).rules, ['a']);
});

test('of two rules with one id the first is kept', () => {
  write('twice/a.toml', rule(4, 'first'));
  write('twice/b.toml', rule(4, 'second'));
  const { rules, files } = loadRuleSet([join(folder, 'twice')]);
  assert.deepEqual(
    rules.map(({ name }) => name),
    ['first'],
  );
  const [fault] = files[1].diagnostics;
  assert.equal(fault.code, 'duplicate-rule-id');
  assert.equal(
    fault.span && files[1].text.slice(fault.span.start, fault.span.end),
    '"00000000-0000-4000-8000-000000000004"',
  );
});

test('what cannot be read is told, and the rest is read', () => {
  write('bad/a.toml', rule(5, 'a'));
  write('bad/broken.toml', 'not toml');
  truncateSync(write('bad/huge.toml', ''), 2 ** 20 + 1);
  mkdirSync(join(folder, 'bad/folder.toml'));
  symlinkSync(join(folder, 'nowhere'), join(folder, 'bad/link.toml'));
  assert.deepEqual(loaded(join(folder, 'bad'), join(folder, 'missing')), {
    rules: ['a'],
    faults: {
      'bad/broken.toml': ['toml-syntax'],
      'bad/huge.toml': ['too-large'],
      'bad/link.toml': ['unreadable'],
      missing: ['unreadable'],
    },
  });
});
