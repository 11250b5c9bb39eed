import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jsonReader } from '../base/json-document.ts';
import { readDate } from './date-format.ts';
import { Mapping, MappingError } from './mapping.ts';

test('fields of all ways that a mapping is written', () => {
  const properties = {
    user: { properties: { name: { type: 'keyword' }, login: { type: 'alias', path: 'user.name' } } },
    message: { type: 'text', fields: { keyword: { type: 'keyword' } } },
    body: { type: 'text' },
    shape: { type: 'some_new_type' },
    labels: { type: 'flattened' },
  };
  for (const json of [
    { properties },
    { mappings: { properties } },
    { 'my-index': { mappings: { properties } } },
    { template: { mappings: { properties }, settings: {} } },
  ]) {
    const mapping = new Mapping();
    mapping.add(json);
    const types = Object.fromEntries([...mapping.names()].map((name) => [name, mapping.type(name)]));
    assert.deepEqual(types, {
      user: 'object',
      'user.name': 'keyword',
      'user.login': 'keyword',
      message: 'keyword',
      'message.keyword': 'keyword',
      body: 'text',
      shape: 'keyword',
      labels: 'flattened',
    });
  }
  const mapping = new Mapping();
  for (const json of [null, [], {}, { properties: 1 }]) assert.throws(() => mapping.add(json), MappingError);
});

test('several mappings add up, and a document is read as they say', () => {
  const mapping = new Mapping();
  mapping.add({
    properties: { a: { type: 'date', format: 'dd.MM.yyyy||epoch_second' } },
    runtime: { r: { type: 'long' } },
  });
  mapping.add({ properties: { b: { type: 'keyword', null_value: 'none' }, c: { type: 'alias', path: 'b' } } });
  assert.equal(mapping.type('r'), 'long');
  const reader = mapping.reader(jsonReader());
  const read = (name: string, document: object) => reader.field(name)?.({ ...document });
  assert.equal(read('a', { a: '02.01.2026' }), Date.UTC(2026, 0, 2));
  assert.deepEqual(read('a', { a: [1, '2026-01-02'] }), [1000, '2026-01-02']);
  assert.equal(read('c', { b: null }), 'none');
  assert.equal(read('c', {}), undefined);
  assert.deepEqual(read('b', { b: [null, 'x'] }), ['none', 'x']);
  assert.equal(read('other', { other: 1 }), 1);
});

test("dates by patterns of Java's formatter", () => {
  const cases: [string, string | number, number | string][] = [
    ['yyyy-MM-dd HH:mm:ss.SSS', '2026-01-02 03:04:05.678', Date.UTC(2026, 0, 2, 3, 4, 5, 678)],
    ["yyyy/MM/dd'T'HH'h'", '2026/01/02T03h', Date.UTC(2026, 0, 2, 3)],
    ['d-M-uuuu', '2-1-2026', Date.UTC(2026, 0, 2)],
    ['epoch_millis', '12', 12],
    ['epoch_second', 1.5, 1500],
    ['strict_date_optional_time', '2026-01-02', '2026-01-02'],
    ['dd-MM-yyyy', 'never', 'never'],
    ['EEE dd', 'Mon 02', 'Mon 02'],
    ['yyyy.yyyy', '2026.2026', '2026.2026'],
    ['yyyy(.*)+$', '2026', '2026'],
  ];
  for (const [format, value, expected] of cases) assert.equal(readDate(format, value), expected, format);
});
