import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { EcsFlat, EcsVersion } from '@elastic/ecs';
import { generateCatalogue } from '../../scripts/generate-catalogue.ts';
import { catalogue, ECS_VERSION } from './catalogue.ts';
import { OWN_FIELDS } from './fields.ts';

const TYPES = new Set(
  `keyword wildcard constant_keyword text match_only_text long integer short byte unsigned_long double float half_float
   scaled_float boolean date date_nanos ip version object nested flattened geo_point binary`.split(/\s+/),
);

test('the generated file is that of the installed @elastic/ecs', () => {
  const committed = readFileSync(new URL('./catalogue.generated.ts', import.meta.url), 'utf8');
  assert.ok(committed === generateCatalogue(), 'stale: run node scripts/generate-catalogue.ts');
  assert.equal(ECS_VERSION, EcsVersion);
});

test('every field of ECS has its type, and whether it is an array', () => {
  for (const definition of Object.values(EcsFlat)) {
    assert.equal(catalogue.type(definition.flat_name), definition.type, definition.flat_name);
    assert.ok(TYPES.has(definition.type), definition.type);
    const array = (definition.normalize as readonly string[]).includes('array');
    assert.equal(catalogue.isArray(definition.flat_name), array, definition.flat_name);
  }
});

test('fields with a closed list of values have it', () => {
  const allowed = EcsFlat['event.category'].allowed_values.map(({ name }) => name);
  assert.deepEqual(catalogue.expectedValues('event.category'), allowed);
  assert.deepEqual(catalogue.expectedValues('host.os.type'), EcsFlat['host.os.type'].expected_values);
  for (const name of ['process.name', 'toString']) assert.equal(catalogue.expectedValues(name), undefined);
});

test('the sub-fields that ECS defines are there', () => {
  assert.equal(catalogue.type('process.command_line'), 'wildcard');
  assert.equal(catalogue.type('process.command_line.text'), 'match_only_text');
});

test('names below a field with free keys have a type', () => {
  assert.equal(catalogue.type('labels.team'), 'keyword');
  assert.equal(catalogue.type('http.request.headers.x-forwarded-for'), 'keyword');
  assert.equal(catalogue.type('hoplimit.credential.claims.aud'), 'keyword');
  assert.equal(catalogue.type(`labels${'.a'.repeat(100_000)}`), 'keyword');
});

test('names that are no field have none', () => {
  for (const name of ['process', 'process.nmae', 'process.name.x', 'source.ip.x', '', '.', 'toString']) {
    assert.equal(catalogue.type(name), undefined, name);
  }
});

test('our own fields are documented in one sentence, and none is listed twice', () => {
  const seen = new Set<string>();
  for (const { name, type, description } of OWN_FIELDS) {
    assert.equal(catalogue.type(name), type);
    assert.match(catalogue.description(name) ?? '', /^[A-Z].*\.$/, name);
    assert.equal(catalogue.description(name), description);
    assert.ok(!seen.has(name), `${name} is listed twice`);
    assert.ok(!(name in EcsFlat), `${name} is a field of ECS`);
    seen.add(name);
  }
});

test('all names are there for suggestions', () => {
  const names = [...catalogue.names()];
  assert.ok(names.includes('process.name') && names.includes('hoplimit.verdict'));
  assert.ok(
    names.every((name) => name.length <= 128),
    'LONGEST_NAME is too small',
  );
  assert.equal(new Set(names).size, names.length);
});
