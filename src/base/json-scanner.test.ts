import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { EcsEvents } from '../../bench/ecs-events.ts';
import type { FieldValue } from './field.ts';
import { type JsonDocument, jsonReader } from './json-document.ts';
import { JsonScanner } from './json-scanner.ts';

const NAMES = [
  'a',
  'a.b',
  'a.b.c',
  'b',
  'c.a',
  'c.c.c',
  'e',
  '@timestamp',
  '__proto__',
  'constructor.name',
  'b.toString',
];

const reader = jsonReader();

/** What the scanner gives for each name; null where it does not take the text. */
function scanned(text: string, names: readonly string[] = NAMES, scanner = new JsonScanner()): unknown[] | null {
  const numbers = names.map((name) => scanner.field(name));
  const bytes = Buffer.from(`x${text}\n`);
  if (!scanner.scan(bytes, 1, bytes.length - 1)) return null;
  const shape = scanner.shape();
  return names.map((name, index) => {
    const value = scanner.value(numbers[index]);
    if (value !== undefined) assert.notEqual(shape?.mayHave(name), false, name);
    return valuesOf(value);
  });
}

/** One value, several or none: as a list. */
function valuesOf(value: FieldValue): unknown[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined && one !== null);
}

/** The same of the parsed document. */
function parsed(text: string, names: readonly string[] = NAMES): unknown[] {
  const document: JsonDocument = JSON.parse(Buffer.from(text).toString());
  return names.map((name) => valuesOf(reader.field(name)?.(document)));
}

const key = fc.constantFrom('a', 'b', 'c', 'a.b', 'b.c', 'c.c', 'e', '@timestamp', 'x', '__proto__', 'a.', '.a', 'é');
const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.string(),
    fc.string({ unit: 'binary' }),
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.constantFrom('null', 'true', 'C:\\x\\y', '"', '\u2028', true, false, null),
    fc.array(tie('value'), { maxLength: 3 }),
    tie('object'),
  ),
  object: fc.array(fc.tuple(key, tie('value')), { maxLength: 5 }).map((pairs) => ({ pairs })),
}));

/** JSON text, in which a key may come twice. @param gap stands between the parts */
function textOf(value: unknown, gap: string): string {
  if (Array.isArray(value)) return `[${gap}${value.map((one) => textOf(one, gap)).join(`,${gap}`)}]`;
  if (typeof value === 'object' && value !== null && 'pairs' in value && Array.isArray(value.pairs)) {
    const members = value.pairs.map(([name, one]) => `${JSON.stringify(name)}${gap}:${textOf(one, gap)}`);
    return `{${gap}${members.join(`,${gap}`)}${gap}}`;
  }
  return JSON.stringify(value);
}

describe('fields are read from the bytes of a document', () => {
  it('as they are of the parsed one, or not at all', () => {
    let taken = 0;
    fc.assert(
      fc.property(json.object, fc.constantFrom('', ' ', '\t\r '), (object, gap) => {
        const text = textOf(object, gap);
        const values = scanned(text);
        if (values === null) return;
        taken++;
        assert.deepEqual(values, parsed(text), text);
      }),
      { numRuns: 5000 },
    );
    assert.ok(taken > 2000, `${taken} documents were taken`);
  });

  it('and never of what is no JSON object', () => {
    const broken = fc
      .tuple(
        json.object,
        fc.nat(),
        fc.constantFrom('', '"', '\\', '{', '}', '[', ',', ':', '0', '\u0001', '-', '.', 'e'),
      )
      .map(([object, at, piece]) => {
        const text = textOf(object, '');
        const place = at % (text.length + 1);
        return text.slice(0, place) + piece + text.slice(piece === '' ? place + 1 : place);
      });
    fc.assert(
      fc.property(broken, (text) => {
        const values = scanned(text);
        if (values === null) return;
        assert.deepEqual(values, parsed(text), text);
      }),
      { numRuns: 5000 },
    );
    for (const text of [
      '',
      '[]',
      '1',
      '{"a":01}',
      '{"a":1.}',
      '{"a":+1}',
      '{"a":1e}',
      '{"a":tru}',
      '{"a":"\\x"}',
      '{}{}',
    ])
      assert.equal(scanned(text), null, text);
    for (const text of ['{"a":1,}', '{,}', '{"a"}', '{"a":[1,]}', '{"a":"\t"}', '{"a":"\\u12g4"}', "{'a':1}"])
      assert.equal(scanned(text), null, text);
  });

  it('but for what only a parser can tell', () => {
    assert.equal(scanned('{"a":1,"a":2}'), null, 'a key twice');
    assert.equal(scanned('{"a":{"b":1},"a.b":2}'), null, 'a field in two ways');
    assert.equal(scanned('{"a":[{"b":1},{"b":2}]}'), null, 'a field in several objects');
    assert.equal(scanned(`${'{"a":'.repeat(200)}1${'}'.repeat(200)}`), null, 'too deep');
    const scanner = new JsonScanner(['_source']);
    assert.equal(scanned('{"_source":{"a":1}}', NAMES, scanner), null, 'a key that was refused');
    assert.deepEqual(scanned('{"x":{"_source":1},"a":1}', ['a'], scanner), [[1]]);
  });

  it('also of fields that are asked for later', () => {
    const scanner = new JsonScanner();
    const bytes = Buffer.from('{"a":{"b":"x"},"c":["y",null]}\n');
    const first = scanner.field('a.b');
    assert.ok(scanner.scan(bytes, 0, bytes.length - 1));
    const shape = scanner.shape();
    const second = scanner.field('c');
    assert.deepEqual([scanner.value(first), scanner.value(second)], ['x', ['y', null]]);
    assert.deepEqual([shape?.mayHave('a.b'), shape?.mayHave('c'), shape?.mayHave('d')], [true, true, true]);
    scanner.field('d');
    assert.deepEqual([scanner.shape()?.mayHave('c.x'), scanner.shape()?.mayHave('d.x')], [true, false]);
  });

  it('of events of all kinds, again and again', () => {
    const names = ['event.category', 'process.args', 'process.parent.name', 'user.id', 'process.pid', 'event.outcome'];
    const scanner = new JsonScanner();
    const events = new EcsEvents(3);
    for (let i = 0; i < 3000; i++) {
      const text = JSON.stringify(events.next());
      assert.deepEqual(scanned(text, names, scanner), parsed(text, names));
    }
  });
});
