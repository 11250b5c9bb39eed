import assert from 'node:assert/strict';
import { describe, it, test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import { hasErrors } from '../base/diagnostic.ts';
import type { FieldCatalogue, FieldType } from '../base/field.ts';
import { check, compileSearch, type JsonDocument, jsonReader } from './index.ts';
import { foldConstants } from './optimizer/fold.ts';
import { fieldTypes } from './semantic/types.ts';
import { catalogueOf, sharedJson } from './support.test.ts';

/** Elasticsearch's own test queries and constant foldings, with the results that it must give. */

interface QueryCase {
  readonly name: string;
  readonly query: string;
  readonly datasets: readonly string[];
  readonly idField: string;
  readonly expected_event_ids: readonly number[] | readonly (readonly number[])[];
  readonly file: string;
  readonly tiebreaker: string;
  readonly join_keys?: readonly string[];
  readonly max_samples_per_key?: number;
  readonly size?: number;
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

/** The fields of a mapping and, as Elasticsearch adds them to it, those of the documents. */
function catalogueFor(mapping: Mapping | null, documents: readonly JsonDocument[]): FieldCatalogue | undefined {
  if (!mapping) return undefined;
  const types: Record<string, FieldType> = {};
  for (const [name, value] of documents.flatMap((document) => Object.entries(document))) {
    const one = Array.isArray(value) ? value.find((item) => item !== null) : value;
    if (one !== null && one !== undefined) types[name] = DYNAMIC[typeof one];
  }
  for (const [name, { type }] of Object.entries(mapping.properties)) {
    // The tests draw keyword or wildcard at random. Safe: all others are types that Elasticsearch has.
    if (type !== undefined) types[name] = type.startsWith('[') ? 'keyword' : (type as FieldType);
  }
  return catalogueOf(types);
}

const DYNAMIC: Readonly<Record<string, FieldType>> = { string: 'keyword', number: 'long', boolean: 'boolean' };

/** A field whose mapping names a value for null has that value where the document says null. */
function withNullValues(document: JsonDocument, mapping: Mapping | null): JsonDocument {
  const entries = Object.entries(document).map(([name, value]) => [
    name,
    value === null ? (mapping?.properties[name]?.null_value ?? null) : value,
  ]);
  return Object.fromEntries(entries);
}

/** Dates that the mappings of the samples read by formats of their own. */
function withPlainDates(document: JsonDocument): JsonDocument {
  const { '@timestamp_pretty': date, ...rest } = document;
  if (date === undefined) return document;
  const iso = String(date).replace(/^(\d\d)-(\d\d)-(\d{4})$/, '$3-$2-$1');
  return { ...rest, '@timestamp_pretty': Date.parse(iso) };
}

/** As Elasticsearch's own tests read results: ids of the events, -1 for a missing one, and join keys as text. */
function resultOf(testCase: QueryCase, unknownFields: 'error' | 'warning'): { ids: unknown[]; keys: string[] } {
  const mapping = testCase.datasets.length > 1 ? null : mappingOf(testCase.datasets[0]);
  // Safe: as above.
  const documents = testCase.datasets.flatMap((dataset) => sharedJson(`eql/data.${dataset}.json`) as JsonDocument[]);
  const catalogue = catalogueFor(mapping, documents);
  const { search, diagnostics } = compileSearch(testCase.query, {
    reader: jsonReader(),
    eventCategoryField: 'event_type',
    tiebreakerField: testCase.tiebreaker,
    size: testCase.size ?? 500,
    ...(testCase.max_samples_per_key !== undefined && { maxSamplesPerKey: testCase.max_samples_per_key }),
    ...(catalogue && { catalogue, unknownFields }),
  });
  assert.ok(search, JSON.stringify(diagnostics));
  for (const document of documents) search.add(withPlainDates(withNullValues(document, mapping)));
  const found = search.results();
  const ids = found
    .flatMap((result) => (result.kind === 'event' ? [result.document] : result.documents))
    .map((document) => (document === null ? -1 : document[testCase.idField]));
  return { ids, keys: found.flatMap((result) => (result.kind === 'event' ? [] : result.joinKeys.map(String))) };
}

describe("queries find what Elasticsearch's tests say", { skip: queries === null && 'no shared data' }, () => {
  for (const testCase of queries ?? []) {
    it(`${testCase.file}: ${testCase.name}`, () => {
      for (const unknownFields of ['warning', 'error'] as const) {
        const { ids, keys } = resultOf(testCase, unknownFields);
        const expected = testCase.expected_event_ids;
        // Where several answers are right, each is listed.
        if (Array.isArray(expected[0]))
          assert.ok(
            expected.some((one) => isDeepStrictEqual(one, ids)),
            ids.join(),
          );
        else assert.deepEqual(ids, expected);
        if (testCase.join_keys) assert.deepEqual(keys, testCase.join_keys);
      }
    });
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
