import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hasErrors } from '../base/diagnostic.ts';
import type { FieldType, FieldValue, Scalar } from '../base/field.ts';
import type { Expression, Field, Literal } from './ast.ts';
import { formatExpression } from './format/expression.ts';
import { compile, format, parse } from './index.ts';
import { evaluate, meets } from './interpreter.ts';
import { foldConstants } from './optimizer/fold.ts';
import { fieldTypes } from './semantic/types.ts';
import { catalogueOf, type Flat, flatReader, withoutSpans } from './support.test.ts';

/** Random queries and documents: what holds for all of them. */

const TYPES = {
  s: 'keyword',
  t: 'wildcard',
  n: 'long',
  f: 'double',
  b: 'boolean',
  i: 'ip',
  d: 'date',
  v: 'version',
} as const satisfies Record<string, FieldType>;

/** Set FUZZ_RUNS for longer runs. */
const RUNS = Number(process.env.FUZZ_RUNS ?? 2000);

const catalogue = catalogueOf(TYPES);
const span = { start: 0, end: 0 };

const TEXTS = ['', 'a', 'A', 'ab', 'aB', 'b*', 'xay', '10.0.0.1', '::1', '7', '1.2.3', '2024-05-01', 'é', '😀', 'true'];
const ADDRESSES = ['10.0.0.1', '10.0.0.2', '::ffff:10.0.0.1', '::1', 'fd00::1', '0:0:0:0:0:0:0:1'];
const DATES = ['2024-05-01', '2024-05-01T10:00:00Z', '2024-05-01T10:00:00.500Z', '2025'];
const VERSIONS = ['1.2.3', '1.2.3-rc.1', '1.11.0', 'bad', '1.2.3+build'];

const text = fc.constantFrom(...TEXTS);
const whole = fc.integer({ min: -3, max: 10 });

function literal(type: Literal['type'], value: Scalar | null): Literal {
  return { kind: 'literal', type, value, span };
}

function field(name: string, optional = false): Field {
  return { kind: 'field', name, optional, span };
}

const textLiteral = text.map((value) => literal('string', value));
const wholeLiteral = whole.map((value) => literal('integer', value));
const numberLiteral = fc.oneof(
  wholeLiteral,
  fc.constantFrom(0.5, 2, 7.25).map((value) => literal('double', value)),
);

/** Expressions that the checks accept, by type; `fields` says whether they may name fields. */
function expressions(fields: boolean) {
  const only = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T>[] => (fields ? [arbitrary] : []);
  return fc.letrec<{ condition: Expression; text: Expression; number: Expression }>((tie) => {
    const call = (name: string, insensitive: boolean, args: fc.Arbitrary<Expression>[]): fc.Arbitrary<Expression> =>
      fc
        .tuple<Expression[]>(...args)
        .map((made) => ({ kind: 'call', name, insensitive, args: made, nameSpan: span, span }));
    const compared = (left: fc.Arbitrary<Expression>, right: fc.Arbitrary<Expression>): fc.Arbitrary<Expression> =>
      fc
        .tuple(fc.constantFrom('==', '!=', '<', '<=', '>', '>=' as const), left, right, fc.boolean())
        .map(([operator, a, b, flipped]) => {
          const [first, second] = flipped ? [b, a] : [a, b];
          return { kind: 'comparison', operator, left: first, right: second, span };
        });
    const named = (...names: string[]) => fc.constantFrom(...names).map((name) => field(name));
    const untyped = named('s', 't', 'n', 'f', 'b', 'i', 'd', 'v', 'u', 'w');
    const conditions = tie('condition');
    const parts = fc.array(conditions, { minLength: 2, maxLength: 4 });
    return {
      text: fc.oneof(
        { maxDepth: 3 },
        textLiteral,
        ...only(named('s', 't', 'u')),
        call('substring', false, [tie('text'), wholeLiteral]),
        call('concat', false, [tie('text'), tie('number')]),
        call('between', false, [tie('text'), textLiteral, textLiteral]),
        call('string', false, [tie('number')]),
      ),
      number: fc.oneof(
        { maxDepth: 3 },
        numberLiteral,
        ...only(named('n', 'f', 'u')),
        call('length', false, [tie('text')]),
        call('indexOf', true, [tie('text'), tie('text')]),
        fc
          .tuple(fc.constantFrom('+', '-', '*' as const), tie('number'), tie('number'))
          .map(([operator, left, right]): Expression => ({ kind: 'arithmetic', operator, left, right, span })),
        fc.tuple(fc.constantFrom('/', '%' as const), tie('number'), fc.constantFrom(2, 3, -2)).map(
          ([operator, left, by]): Expression => ({
            kind: 'arithmetic',
            operator,
            left,
            right: literal('integer', by),
            span,
          }),
        ),
      ),
      condition: fc.oneof(
        { maxDepth: 4 },
        fc.boolean().map((value) => literal('boolean', value)),
        ...only(named('b', 'u')),
        compared(tie('text'), textLiteral),
        compared(tie('number'), numberLiteral),
        ...only(compared(untyped, fc.constant(literal('null', null))).filter(isEquality)),
        ...only(
          compared(
            named('i'),
            fc.constantFrom(...ADDRESSES).map((value) => literal('string', value)),
          ),
        ),
        ...only(
          compared(
            named('d'),
            fc.constantFrom(...DATES).map((value) => literal('string', value)),
          ),
        ),
        ...only(
          compared(
            named('v'),
            fc.constantFrom(...VERSIONS).map((value) => literal('string', value)),
          ),
        ),
        compared(
          conditions,
          fc.boolean().map((value) => literal('boolean', value)),
        ).filter(isEquality),
        fc.tuple(tie('text'), fc.array(textLiteral, { minLength: 1, maxLength: 4 }), fc.boolean(), fc.boolean()).map(
          ([operand, values, negated, insensitive]): Expression => ({
            kind: 'in',
            operand,
            values,
            negated,
            insensitive,
            span,
          }),
        ),
        ...only(
          fc
            .tuple(untyped, fc.array(numberLiteral, { minLength: 1, maxLength: 3 }))
            .map(([operand, values]): Expression => {
              const members = operand.name === 'i' || operand.name === 'b' || operand.name === 'v' ? [] : values;
              const safe = members.length > 0 ? members : [literal('null', null)];
              return { kind: 'in', operand, values: safe, negated: false, insensitive: false, span };
            }),
        ),
        fc
          .tuple(
            fc.constantFrom(':', 'like', 'like~' as const),
            tie('text'),
            fc.array(wildcard, { minLength: 1, maxLength: 4 }),
          )
          .map(([operator, operand, patterns]): Expression => ({ kind: 'pattern', operator, operand, patterns, span })),
        fc
          .tuple(
            fc.constantFrom('regex', 'regex~' as const),
            tie('text'),
            fc.constantFrom('a.*', '[ab]+|x.y', '~(a)', ''),
          )
          .map(([operator, operand, regex]): Expression => {
            return { kind: 'pattern', operator, operand, patterns: [literal('string', regex)], span };
          }),
        call('startsWith', true, [tie('text'), tie('text')]),
        call('endsWith', false, [tie('text'), textLiteral]),
        call('stringContains', true, [tie('text'), textLiteral]),
        ...only(call('cidrMatch', false, [named('i', 'u'), fc.constant(literal('string', '10.0.0.0/31'))])),
        conditions.map((operand): Expression => ({ kind: 'not', operand, span })),
        parts.map((operands): Expression => ({ kind: 'and', operands, span })),
        parts.map((operands): Expression => ({ kind: 'or', operands, span })),
      ),
    };
  });
}

function isEquality(expression: Expression): boolean {
  return expression.kind === 'comparison' && (expression.operator === '==' || expression.operator === '!=');
}

const wildcard = fc
  .array(fc.constantFrom('a', 'B', '*', '?', 'é', '😀', 'xy', '.'), { maxLength: 6 })
  .map((parts) => literal('string', parts.join('')));

const scalar: fc.Arbitrary<Scalar> = fc.oneof(
  text,
  whole,
  fc.constantFrom(0.5, 2.25, 1714557600500),
  fc.boolean(),
  fc.constantFrom(...ADDRESSES, ...DATES, ...VERSIONS),
);
const value: fc.Arbitrary<FieldValue> = fc.oneof(
  scalar,
  scalar,
  fc.constant(undefined),
  fc.constant(null),
  fc.array(fc.oneof(scalar, fc.constant(null)), { maxLength: 3 }),
);
const document: fc.Arbitrary<Flat> = fc.record({
  s: value,
  t: value,
  n: value,
  f: value,
  b: value,
  i: value,
  d: value,
  v: value,
  u: value,
  w: value,
});

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
