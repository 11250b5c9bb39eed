import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { parse as parseToml } from 'smol-toml';
import { hasErrors } from '../base/diagnostic.ts';
import type { FieldCatalogue, FieldType, FieldValue } from '../base/field.ts';
import { type CompileOptions, compile, type Matcher } from './index.ts';

/** What the tests of this folder share. */

/** A document as a map of dotted names. */
export type Flat = Readonly<Record<string, FieldValue>>;

/** A file of the data that is kept beside the project; null where it is absent. */
export function sharedFile(path: string): string | null {
  const file = fileURLToPath(new URL(`../../../shared/data/${path}`, import.meta.url));
  return existsSync(file) ? file : null;
}

export function sharedJson(path: string): unknown {
  const file = sharedFile(path);
  return file === null ? null : JSON.parse(readFileSync(file, 'utf8'));
}

/** The EQL queries of the public rules, by file; empty where they are absent. */
export function publicRules(): { file: string; query: string }[] {
  const root = sharedFile('elastic-rules');
  if (root === null) return [];
  return readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.toml'))
    .flatMap((file) => {
      const text = readFileSync(`${root}/${file}`, 'utf8');
      if (!/^language\s*=\s*"eql"/m.test(text)) return [];
      const { rule } = parseToml(text);
      const query = typeof rule === 'object' && 'query' in rule ? rule.query : null;
      return typeof query === 'string' ? [{ file, query }] : [];
    });
}

export function catalogueOf(types: Readonly<Record<string, FieldType>>): FieldCatalogue {
  return {
    type: (name) => (Object.hasOwn(types, name) ? types[name] : undefined),
    names: () => Object.keys(types),
  };
}

/** The matcher of a query that has no errors. */
export function matcherOf(query: string, options: Partial<CompileOptions<Flat>> = {}): Matcher<Flat> {
  const { matcher, diagnostics } = compile<Flat>(query, { reader: flatReader, ...options });
  assert.ok(matcher && !hasErrors(diagnostics), `${query}\n${JSON.stringify(diagnostics)}`);
  return matcher;
}

export const flatReader = { field: (name: string) => (document: Flat) => document[name] };

/** A tree without the places of its nodes. */
export function withoutSpans(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutSpans);
  if (typeof value !== 'object' || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => key !== 'span' && key !== 'nameSpan' && key !== 'categorySpan');
  return Object.fromEntries(kept.map(([key, inner]) => [key, withoutSpans(inner)]));
}

test('places are left out of trees at every level', () => {
  assert.deepEqual(withoutSpans({ span: 1, a: [{ nameSpan: 2, b: 3 }] }), { a: [{ b: 3 }] });
});
