import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { FieldCatalogue, FieldValue } from '../../base/field.ts';
import { check, compileChecked } from '../index.ts';
import { catalogueOf, type Flat, flatReader } from '../support.test.ts';
import { lint } from './lint.ts';

/** What is said to decide nothing does decide nothing, over random conditions and documents. */

const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);

const LEAVES = [
  ...['s == "a"', 's != "a"', 's == null', 's != null', 's : "a*"', 's : ("a", "b")', 's like "A*"', 's : "?b"'],
  ...['s in ("a", "b")', 's not in ("a", "ab")', 's in~ ("A", "7")', 's regex "a.*"', 's == "7"', 's : "*"', 's > "a"'],
  ...['n > 5', 'n >= 5', 'n < 3', 'n <= 5', 'n == 7', 'n != 7', 'n in (1, 7)', 'n == null', 'n > -1', 'n < null'],
  ...[
    'u == "ab"',
    'u : "ab"',
    'u == "7"',
    'u : "7"',
    'u == 7',
    'u > 5',
    'u in ("ab", "b")',
    'u like "a?"',
    'u == null',
  ],
  ...['b', 'b == true', 'b != true', 'length(s) > 1', 'endsWith(s, "b")', '1 == 1', '1 == 2', 's in (null)'],
];

const condition = fc.letrec<{ condition: string }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(...LEAVES),
    tie('condition').map((inner) => `not (${inner})`),
    fc.array(tie('condition'), { minLength: 2, maxLength: 4 }).map((parts) => `(${parts.join(') and (')})`),
    fc.array(tie('condition'), { minLength: 2, maxLength: 4 }).map((parts) => `(${parts.join(') or (')})`),
  ),
})).condition;

const text = fc.constantFrom('a', 'A', 'b', 'ab', 'AB', 'xb', '7', '');
const number = fc.constantFrom(-1, 1, 3, 5, 6, 7);
const scalars = { s: text, n: number, u: fc.oneof(text, number), b: fc.boolean() };
const single = fc.record(mapped((values) => fc.option(values)));
const several = fc.record(mapped((values) => fc.oneof(fc.option(values), fc.array(values, { maxLength: 3 }))));

function mapped(of: (values: fc.Arbitrary<FieldValue & (string | number | boolean)>) => fc.Arbitrary<FieldValue>) {
  return { s: of(scalars.s), n: of(scalars.n), u: of(scalars.u), b: of(scalars.b) };
}

const catalogue = catalogueOf({ s: 'keyword', n: 'long', b: 'boolean' });

function matchesOf(query: string, documents: readonly Flat[], fields: FieldCatalogue): boolean[] {
  const { matcher } = compileChecked<Flat>(check(query, { catalogue: fields }), flatReader);
  assert.ok(matcher, query);
  return documents.map((document) => matcher.matches(document));
}

const PARTS = new Set(['never-holds', 'always-holds', 'needless-condition', 'needless-exclusion']);

/** The warning is true of the documents. */
function assertTrue(
  query: string,
  documents: readonly Flat[],
  fields: FieldCatalogue,
  seen: Map<string, number>,
): void {
  const outcomes = matchesOf(query, documents, fields);
  for (const { code, message, span } of lint(check(query, { catalogue: fields }))) {
    if (!PARTS.has(code)) continue;
    assert.ok(span);
    seen.set(code, (seen.get(code) ?? 0) + 1);
    const told = `${query}\n${message}: ${query.slice(span.start, span.end)}`;
    if (message.startsWith('no event can meet this condition')) assert.ok(!outcomes.includes(true), told);
    else if (message === 'every event meets this condition') assert.ok(!outcomes.includes(false), told);
    else {
      const without = ['1 == 1', '1 == 2'].map((constant) =>
        matchesOf(`${query.slice(0, span.start)}(${constant})${query.slice(span.end)}`, documents, fields),
      );
      const same = without.some((others) => others.every((outcome, at) => outcome === outcomes[at]));
      assert.ok(same, told);
    }
  }
}

for (const [name, document, fields] of [
  ['any number of values', several, catalogue],
  ['one value', single, { ...catalogue, isArray: () => false }],
] as const) {
  test(`with ${name} in a field, what is reported decides nothing`, () => {
    const seen = new Map<string, number>();
    fc.assert(
      fc.property(condition, fc.array(document, { minLength: 1, maxLength: 20 }), (tree, documents) =>
        assertTrue(`any where ${tree}`, documents, fields, seen),
      ),
      { numRuns: RUNS },
    );
    assert.deepEqual([...seen.keys()].toSorted(), [...PARTS].toSorted(), 'every kind was met');
  });
}
