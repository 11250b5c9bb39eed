import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasErrors } from '../base/diagnostic.ts';
import { formatExpression } from './format/expression.ts';
import { catalogue, document, expressions } from './generator.test.ts';
import { compile, format, parse } from './index.ts';
import { evaluate, meets } from './interpreter.ts';
import { foldConstants } from './optimizer/fold.ts';
import { fieldTypes } from './semantic/types.ts';
import { type Flat, flatReader, withoutSpans } from './support.test.ts';

/** Random queries and documents: what holds for all of them. */

/** Set FUZZ_RUNS for longer runs. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);

const withFields = expressions(true);
const withoutFields = expressions(false);

test('compiled and interpreted, a query says the same, with a catalogue and without', () => {
  fc.assert(
    fc.property(
      withFields.condition,
      fc.array(document, { minLength: 1, maxLength: 8 }),
      fc.boolean(),
      (tree, documents, typed) => {
        const query = `any where ${formatExpression(tree)}`;
        const options = typed ? { catalogue } : {};
        const { matcher, diagnostics } = compile<Flat>(query, { reader: flatReader, ...options });
        // Some are refused: a constant divided by zero, a constant compared with a field of another type.
        if (!matcher) return assert.ok(hasErrors(diagnostics));
        assert.ok(matcher.query.kind === 'event');
        const fields = fieldTypes(typed ? catalogue : undefined, false);
        const folded = foldConstants(matcher.query.filter.condition, fields);
        for (const one of documents) {
          const expected = meets(folded, (name) => one[name], fields);
          assert.equal(matcher.matches(one), expected, query);
          assert.equal(matcher.explain(one).outcome, expected, query);
          if (expected) matcher.evidence(one);
        }
        return undefined;
      },
    ),
    { numRuns: RUNS },
  );
});

test('most random queries are accepted, so that the property above says something', () => {
  const samples = fc.sample(withFields.condition, { numRuns: 300, seed: 7 });
  const accepted = samples.filter(
    (tree) => compile<Flat>(`any where ${formatExpression(tree)}`, { reader: flatReader }).matcher,
  );
  assert.ok(accepted.length > 250, `${accepted.length} of 300`);
});

test('a folded constant is what the interpreter computes', () => {
  const fields = fieldTypes(undefined, false);
  fc.assert(
    fc.property(fc.oneof(withoutFields.condition, withoutFields.text, withoutFields.number), (tree) => {
      const folded = foldConstants(tree, fields);
      assert.ok(folded.kind === 'literal');
      assert.deepEqual(folded.value, evaluate(tree, new Map(), fields), formatExpression(tree));
    }),
    { numRuns: RUNS },
  );
});

test('a tree that is written and read again is the same tree', () => {
  fc.assert(
    fc.property(fc.oneof(withFields.condition, withFields.text, withFields.number), (tree) => {
      const { query, diagnostics } = parse(`any where ${formatExpression(tree)}`);
      assert.deepEqual(diagnostics, []);
      assert.ok(query?.kind === 'event');
      assert.deepEqual(withoutSpans(query.filter.condition), withoutSpans(tree));
    }),
    { numRuns: RUNS },
  );
});

test('formatting keeps the tree, and a second time changes nothing', () => {
  fc.assert(
    fc.property(withFields.condition, (tree) => {
      const query = `process where ${formatExpression(tree)}`;
      const formatted = format(query);
      assert.deepEqual(withoutSpans(parse(formatted).query), withoutSpans(parse(query).query));
      assert.equal(format(formatted), formatted);
    }),
    { numRuns: RUNS },
  );
});
