import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { EcsEvents } from '../../../bench/ecs-events.ts';
import { hasErrors } from '../../base/diagnostic.ts';
import type { DocumentReader } from '../../base/field.ts';
import { catalogue } from '../../ecs/catalogue.ts';
import { conditionOf } from '../compile.ts';
import { compileCondition } from '../compiler/filter.ts';
import { formatExpression } from '../format/expression.ts';
import * as random from '../generator.test.ts';
import { check, filterContext, filtersOf, type JsonDocument, jsonReader } from '../index.ts';
import { type Flat, flatReader, publicRules } from '../support.test.ts';
import type { TreeLimits } from './decision-tree.ts';
import { SharedPlan } from './shared-plan.ts';

/** A plan and, as its plain reference, each filter by itself. */
function planOf(queries: readonly string[], reader: DocumentReader<JsonDocument>, limits: Partial<TreeLimits> = {}) {
  const context = filterContext({ reader, catalogue });
  const filters = queries.flatMap((text) => {
    const { query } = check(text, { catalogue });
    assert.ok(query, text);
    return filtersOf(query).map((filter) => conditionOf(filter, 'event.category', context.fields));
  });
  const plan = new SharedPlan(filters, filterContext({ reader, catalogue }), limits);
  const plain = filters.map((condition) => compileCondition(condition, context));
  return {
    found(document: JsonDocument): number[] {
      const numbers: number[] = [];
      plan.match(document, (filter) => numbers.push(filter));
      return numbers.sort((a, b) => a - b);
    },
    expected(document: JsonDocument): number[] {
      return plain.flatMap((filter, number) => (filter(document) ? [number] : []));
    },
    plan,
  };
}

/** The same reader, without shapes. */
const noShapes: DocumentReader<JsonDocument> = { field: jsonReader().field };

const QUERIES = [
  'process where process.name : ("a.exe", "B.exe") and not process.args == "x"',
  'process where process.name == "a.exe" or process.command_line : "*evil thing*"',
  'process where process.command_line like~ ("*abc*", "?:\\\\tmp\\\\*.EXE") and process.pid > 3',
  'process where process.command_line like "*Abc*"',
  'any where user.name in ("ann", "bob") and event.type != "start"',
  'any where user.name in~ ("ANN") or ?user.id == "7"',
  'file where true',
  'file where false',
  'any where process.pid == 7',
  'any where `unknown.field` == "12" or `other.field` : "no*"',
  'network where process.args regex "x.*"',
  'process where startsWith~(process.name, "A") and process.args == "y"',
  '"two words" where process.name != null',
  'any where not (user.name == "ann" and process.name == "a.exe")',
];

const text = fc.constantFrom(
  'a.exe',
  'A.EXE',
  'b.exe',
  'ann',
  'Ann',
  'bob',
  'x',
  'y',
  'xyz',
  'start',
  '7',
  '12',
  'None',
  '',
);
const line = fc.constantFrom('do Evil Thing now', 'abc', 'Abcd', 'C:\\tmp\\é.exe', 'c:\\TMP\\x.exe', 'ab', 'evil thin');
const many = <T>(value: fc.Arbitrary<T>) =>
  fc.oneof(value, value, fc.array(fc.option(value), { maxLength: 3 }), fc.constant(null));
const document = fc
  .record(
    {
      category: many(fc.constantFrom('process', 'file', 'network', 'two words', 'other')),
      type: many(text),
      name: many(text),
      args: many(text),
      command: many(line),
      pid: many(fc.oneof(fc.nat(9), fc.constant('7'))),
      user: many(text),
      id: many(fc.oneof(text, fc.constant(7))),
      unknown: many(fc.oneof(text, fc.constant(12))),
      isDotted: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  .map(({ category, type, name, args, command, pid, user, id, unknown, isDotted }): JsonDocument => {
    const process = { name, args, command_line: command, pid };
    const rest = { event: { category, type }, 'unknown.field': unknown, other: [{ field: unknown }, { field: name }] };
    if (!isDotted) return { ...rest, process, user: { name: user, id } };
    return {
      ...rest,
      'process.name': name,
      process: { args, command_line: command },
      'user.name': user,
      users: [process],
    };
  });

describe('a plan for many filters finds those that each by itself would', () => {
  for (const [title, reader, limits] of [
    ['with shapes', jsonReader(), {}],
    ['without shapes', noShapes, {}],
    ['when the tree is begun anew all the time', jsonReader(), { nodes: 12, values: 9 }],
    ['when hardly any value comes again', jsonReader(), { enoughSeen: 1, seen: 0, valueLength: 4 }],
  ] as const) {
    it(`for any document, ${title}`, () => {
      const { found, expected } = planOf(QUERIES, reader, limits);
      let matches = 0;
      fc.assert(
        fc.property(document, (one) => {
          const numbers = expected(one);
          matches += numbers.length;
          assert.deepEqual(found(one), numbers);
        }),
        { numRuns: 5000 },
      );
      assert.ok(matches > 5000, `${matches} matches`);
    });
  }

  it('for random queries and documents, with room and without', () => {
    const { condition } = random.expressions(true);
    const limits = fc.constantFrom({}, { nodes: 12, values: 9 }, { enoughSeen: 1, seen: 0, valueLength: 4 });
    let matches = 0;
    fc.assert(
      fc.property(
        fc.array(condition, { minLength: 2, maxLength: 12 }),
        fc.array(random.document, { minLength: 1, maxLength: 12 }),
        limits,
        (trees, documents, room) => {
          const texts = trees.map((tree) => `any where ${formatExpression(tree)}`);
          const context = filterContext<Flat>({ reader: flatReader, catalogue: random.catalogue });
          const conditions = texts.flatMap((text) => {
            const { query, diagnostics } = check(text, { catalogue: random.catalogue });
            // Some are refused, such as a constant divided by zero.
            if (query?.kind !== 'event' || hasErrors(diagnostics)) return [];
            return [conditionOf(query.filter, 'event.category', context.fields)];
          });
          const plan = new SharedPlan(conditions, context, room);
          const plain = conditions.map((one) => compileCondition(one, context));
          for (const one of documents) {
            const found: number[] = [];
            plan.match(one, (filter) => found.push(filter));
            const expected = plain.flatMap((filter, number) => (filter(one) ? [number] : []));
            matches += expected.length;
            assert.deepEqual(
              found.sort((a, b) => a - b),
              expected,
              texts.join('\n'),
            );
          }
        },
      ),
      { numRuns: 1500 },
    );
    assert.ok(matches > 1500, `${matches} matches`);
  });

  const rules = publicRules();
  it('for the public rules, over events of all kinds', { skip: rules.length === 0 && 'no shared data' }, () => {
    const { found, expected } = planOf(
      rules.map(({ query }) => query),
      jsonReader(),
    );
    const events = new EcsEvents(7);
    let matches = 0;
    for (let i = 0; i < 1500; i++) {
      const event = events.next();
      const numbers = expected(event);
      matches += numbers.length;
      assert.deepEqual(found(event), numbers, JSON.stringify(event));
    }
    assert.ok(matches > 1500, `${matches} matches`);
  });

  it('says how filters are reached', () => {
    const { plan } = planOf(QUERIES, jsonReader());
    const text = plan.describe();
    assert.match(text, /^14 filters; \d+ different conditions, \d+ of them of several filters\n/);
    assert.match(
      text,
      /\nevent.category == "process"\n {2}10 filters left: the value of process.command_line answers 3 conditions\n/,
    );
    assert.match(text, /\n {2}asked one by one: \d+$/);
  });
});
