import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { lintRule } from '../src/rules/lint/lint-rule.ts';
import { ALL_LINTS } from '../src/rules/lint/lints.ts';
import { loadRule } from '../src/rules/load-rule.ts';
import { loadRuleSet } from '../src/rules/rule-set.ts';
import { blocks, quoted, rows } from './support/markdown.ts';

/** The pages of the lints say what the lints do; the public rules show that they hardly ever speak. */

const PAGES = fileURLToPath(new URL('../docs/lints', import.meta.url));
const PUBLIC = fileURLToPath(new URL('../../shared/data/elastic-rules', import.meta.url));

const HEAD = `
[metadata]
creation_date = "2026/05/23"
maturity = "production"

[rule]
name = "A rule"
description = "Finds something."
rule_id = "73dd1f2c-3c24-4e13-a64b-dfd510e9fd98"
severity = "medium"
risk_score = 47
type = "eql"
`;

/** A valid rule with the attributes given. */
function ruleOf(attributes: string) {
  const text = HEAD + attributes;
  const { rule, diagnostics } = loadRule(text, 'r.toml');
  assert.ok(rule?.supported, JSON.stringify(diagnostics));
  return { rule, text };
}

/** The examples of a page, each as the attributes of a rule. */
function examplesOf(page: string): string[] {
  return [...blocks(page, 'toml'), ...blocks(page, 'eql').map((query) => `query = '''\n${query}'''\n`)];
}

function codesOf(attributes: string): string[] {
  const { rule, text } = ruleOf(attributes);
  return lintRule(rule, text).map(({ code }) => code);
}

describe('docs/lints', () => {
  it('has a page for every lint, and no other', () => {
    const pages = readdirSync(PAGES).filter((file) => file !== 'README.md');
    assert.deepEqual(
      pages.toSorted(),
      Object.keys(ALL_LINTS)
        .map((code) => `${code}.md`)
        .toSorted(),
    );
  });

  it('lists them in the order of the source, with what they find', () => {
    const listed = rows(readFileSync(join(PAGES, 'README.md'), 'utf8')).map(([code, finds]) => [
      quoted(code)[0],
      finds,
    ]);
    assert.deepEqual(listed, Object.entries(ALL_LINTS));
  });

  for (const code of Object.keys(ALL_LINTS)) {
    it(`${code}: the first example is found, and for that alone; the second is not`, () => {
      const [flagged, mended, ...more] = examplesOf(readFileSync(join(PAGES, `${code}.md`), 'utf8'));
      assert.deepEqual(more, []);
      assert.deepEqual([...new Set(codesOf(flagged))], [code]);
      assert.deepEqual(codesOf(mended), []);
    });
  }
});

describe('a warning', () => {
  it('stands at its place in the file, and says how to mend it', () => {
    const { rule, text } = ruleOf(
      `index = ["a-*", "a-b"]\nquery = """\nprocess where event.action == \\"exec\\" and process.name : \\"*\\"\n"""\n`,
    );
    const found = lintRule(rule, text).map(({ span, severity, code, help }) => {
      assert.ok(span && help);
      return [severity, code, text.slice(span.start, span.end)];
    });
    assert.deepEqual(found, [
      ['warning', 'covered-index', '"a-b"'],
      ['warning', 'lone-wildcard', '\\"*\\"'],
    ]);
  });

  it('is silenced by a comment that allows it', () => {
    const query = (comment: string) =>
      `query = '''\nprocess where ${comment}\n event.action == "exec" and process.name : ("*", "**", "a", "a")\n'''\n`;
    assert.deepEqual(codesOf(query('')), ['lone-wildcard', 'lone-wildcard', 'covered-value']);
    assert.deepEqual(codesOf(query('// hoplimit: allow lone-wildcard')), ['covered-value']);
    assert.deepEqual(codesOf(query('/* hoplimit: allow lone-wildcard, covered-value */')), []);
  });
});

/** How often each lint speaks of the public rules; a change is to be read through. */
const EXPECTED = {
  'asked-of-every-event': 4,
  'covered-value': 267,
  'list-instead-of-or': 13,
  'lone-wildcard': 30,
  'maxspan-beyond-window': 4,
  'mixed-and-or': 21,
  'needless-condition': 26,
  'needless-exclusion': 8,
  'no-maxspan': 13,
  'repeated-wildcard': 6,
  'wildcard-in-equality': 20,
};

describe('the public rules', { skip: !existsSync(PUBLIC) && 'no shared data' }, () => {
  const { files } = loadRuleSet([PUBLIC]);

  it('are valid, and of these types', () => {
    const types: Record<string, number> = {};
    for (const { rule, path } of files) {
      assert.ok(rule, path);
      types[rule.type] = (types[rule.type] ?? 0) + 1;
    }
    assert.deepEqual(types, {
      eql: 1081,
      query: 508,
      new_terms: 245,
      esql: 212,
      machine_learning: 106,
      threshold: 31,
      threat_match: 9,
    });
  });

  it('are linted, each finding with a place and a way to mend it', (context) => {
    const counts: Record<string, number> = {};
    for (const { rule, text, path } of files) {
      if (!rule?.supported) continue;
      for (const { code, span, help } of lintRule(rule, text)) {
        assert.ok(Object.hasOwn(ALL_LINTS, code) && span && help, `${path}: ${code}`);
        counts[code] = (counts[code] ?? 0) + 1;
      }
    }
    context.diagnostic(JSON.stringify(counts));
    assert.deepEqual(counts, EXPECTED);
  });
});
