import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hasErrors } from '../base/diagnostic.ts';
import type { FieldCatalogue, FieldType } from '../base/field.ts';
import { check, compile, type JsonDocument, jsonReader, parse } from './index.ts';
import { foldConstants } from './optimizer/fold.ts';
import { fieldTypes } from './semantic/types.ts';
import { catalogueOf, sharedJson } from './support.test.ts';

/** Elasticsearch's own test queries and constant foldings, with the results that it must give. */

interface QueryCase {
  readonly name: string;
  readonly query: string;
  readonly datasets: readonly string[];
  readonly idField: string;
  readonly expected_event_ids: readonly number[];
}

interface FoldingCase {
  readonly file: string;
  readonly section: string;
  readonly expression: string;
  readonly expected?: unknown;
  readonly mustFail?: boolean;
  readonly caseInsensitiveFlag?: boolean;
}

interface Mapping {
  readonly properties: Readonly<Record<string, { readonly type?: string; readonly null_value?: string }>>;
}

// Safe: these files are written in this form, and a test that meets another fails.
const queries = sharedJson('eql/queries.json') as QueryCase[] | null;
const foldings = sharedJson('eql/folding.json') as FoldingCase[] | null;

/** Sets of events that Elasticsearch's tests index without a mapping of their own. */
const UNMAPPED = ['endgame', 'sample2', 'sample3', 'sample-multi'];

function mappingOf(dataset: string): Mapping | null {
  // Safe: as above.
  return UNMAPPED.includes(dataset) ? null : (sharedJson(`eql/${dataset}.mapping`) as Mapping);
}

function catalogueFor(mapping: Mapping | null): FieldCatalogue | undefined {
  if (!mapping) return undefined;
  const types: Record<string, FieldType> = {};
  for (const [name, { type }] of Object.entries(mapping.properties)) {
    // The tests draw keyword or wildcard at random. Safe: all others are types that Elasticsearch has.
    if (type !== undefined) types[name] = type.startsWith('[') ? 'keyword' : (type as FieldType);
  }
  return catalogueOf(types);
}

/** A field whose mapping names a value for null has that value where the document says null. */
function withNullValues(document: JsonDocument, mapping: Mapping | null): JsonDocument {
  const entries = Object.entries(document).map(([name, value]) => [
    name,
    value === null ? (mapping?.properties[name]?.null_value ?? null) : value,
  ]);
  return Object.fromEntries(entries);
}

/** The cases are ordered by time and tiebreaker as the events in the files are; `head` is applied here. */
function idsOf(testCase: QueryCase, unknownFields: 'error' | 'warning'): unknown[] {
  const { query } = parse(testCase.query);
  assert.ok(query?.kind === 'event', testCase.query);
  const head = query.pipes[0];
  const text = head ? testCase.query.slice(0, head.span.start) : testCase.query;
  const [dataset] = testCase.datasets;
  const mapping = mappingOf(dataset);
  const catalogue = catalogueFor(mapping);
  const options = {
    reader: jsonReader(),
    eventCategoryField: 'event_type',
    ...(catalogue ? { catalogue, unknownFields } : {}),
  };
  const { matcher, diagnostics } = compile(text, options);
  assert.ok(matcher, JSON.stringify(diagnostics));
  // Safe: as above.
  const events = sharedJson(`eql/data.${dataset}.json`) as JsonDocument[];
  const found = events.filter((event) => matcher.matches(withNullValues(event, mapping)));
  return found.map((event) => event[testCase.idField]).slice(0, head?.count);
}

test("event queries find the events that Elasticsearch's tests say", {
  skip: queries === null && 'no shared data',
}, () => {
  const events = (queries ?? []).filter((testCase) => parse(testCase.query).query?.kind === 'event');
  assert.ok(events.length > 90);
  for (const testCase of events) {
    assert.deepEqual(idsOf(testCase, 'warning'), testCase.expected_event_ids, `${testCase.name}: ${testCase.query}`);
    assert.deepEqual(idsOf(testCase, 'error'), testCase.expected_event_ids, `${testCase.name}: ${testCase.query}`);
  }
});

test('sequences and samples among the test queries parse', { skip: queries === null && 'no shared data' }, () => {
  for (const { name, query } of queries ?? []) {
    assert.deepEqual(parse(query).diagnostics, [], name);
  }
});

/**
 * Foldings that Elasticsearch skips too (its test_unsupported.toml): comparison operators that ignore case, which an
 * option of an older engine turned on.
 */
const SKIPPED_SECTION = 'string_case_insensitive_match_comparison';

test("constants fold as Elasticsearch's tests say", { skip: foldings === null && 'no shared data' }, () => {
  const cases = (foldings ?? []).filter((folding) => folding.section !== SKIPPED_SECTION);
  assert.ok(cases.length > 140);
  for (const { expression, expected, mustFail } of cases) {
    const { query, diagnostics } = check(`any where string(${expression}) == ""`);
    assert.equal(hasErrors(diagnostics), mustFail === true, expression);
    if (mustFail) continue;
    const folded = foldConstants(argumentOf(query), fieldTypes(undefined, false));
    assert.ok(folded.kind === 'literal', expression);
    assert.equal(folded.value, expected, expression);
  }
});

function argumentOf(query: ReturnType<typeof check>['query']) {
  assert.ok(query?.kind === 'event');
  const { condition } = query.filter;
  assert.ok(condition.kind === 'comparison' && condition.left.kind === 'call');
  return condition.left.args[0];
}
