import fc from 'fast-check';
import type { FieldType, FieldValue, Scalar } from '../base/field.ts';
import type { Expression, Field, Literal } from './ast.ts';
import { catalogueOf, type Flat } from './support.test.ts';

/** Makes random queries and documents for tests of what holds for all of them. */

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

export const catalogue = catalogueOf(TYPES);
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
export function expressions(fields: boolean) {
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
export const document: fc.Arbitrary<Flat> = fc.record({
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
