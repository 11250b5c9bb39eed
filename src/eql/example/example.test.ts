import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { JsonDocument } from '../../base/json-document.ts';
import { formatExpression } from '../format/expression.ts';
import { document, expressions, catalogue as randomTypes } from '../generator.test.ts';
import {
  type CheckOptions,
  check,
  compileSearch,
  exampleOf,
  jsonReader,
  type NearMiss,
  nearMissesOf,
} from '../index.ts';
import { isOfCategory, meets } from '../interpreter.ts';
import { foldConstants } from '../optimizer/fold.ts';
import { fieldTypes } from '../semantic/types.ts';
import { catalogueOf, flatReader, matcherOf } from '../support.test.ts';

const catalogue = catalogueOf({
  '@timestamp': 'date',
  'event.category': 'keyword',
  'host.id': 'keyword',
  'user.id': 'keyword',
  s: 'keyword',
  t: 'wildcard',
  n: 'long',
  f: 'double',
  b: 'boolean',
  i: 'ip',
  d: 'date',
  v: 'version',
});

const TIME = '2026-01-01T00:00:00.000Z';

function eventsOf(query: string): unknown {
  const { events, diagnostics } = exampleOf(check(query, { catalogue }));
  assert.ok(events, diagnostics.map(({ message }) => message).join('\n'));
  return JSON.parse(JSON.stringify(events));
}

/** What an event must have for a condition, but for its time. */
function eventFor(condition: string): unknown {
  const [event] = Object.values(Object(eventsOf(`any where ${condition}`)));
  const { '@timestamp': time, ...rest } = Object(event);
  assert.equal(time, TIME);
  return rest;
}

function refusal(query: string): string {
  const { events, diagnostics } = exampleOf(check(query, { catalogue }));
  assert.equal(events, null);
  assert.equal(diagnostics.at(-1)?.code, 'no-example');
  return diagnostics.at(-1)?.message ?? '';
}

describe('an example of an event query', () => {
  it('has a readable text for patterns, lists and what they exclude', () => {
    for (const [condition, event] of [
      ['s : "curl*" and s : "*.exe"', { s: 'curl sample.exe' }],
      ['s : "*\\\\Temp\\\\*"', { s: 'C:\\Temp\\sample' }],
      ['s : "?:\\\\Users\\\\*\\\\x.exe"', { s: 'C:\\Users\\sample\\x.exe' }],
      ['s : "*/security-credentials/*"', { s: '/security-credentials/sample' }],
      ['s like "A?" and s in~ ("ab", "AC") and s != "AC"', { s: 'Ab' }],
      ['s : "*" and not s : "s*"', { s: 'a' }],
      ['s : "*a*" and s : "*b*" and not s : ("*ab*", "* *", "*ba*")', { s: 'acb' }],
      ['s regex "[0-9]{3}-.+" and not s : "*a"', { s: '000-b' }],
      ['s > "abc" and s < "abd"', { s: 'abcx' }],
      ['s > "a" and s < "aa" and not s : "a?"', { s: 'a aa' }],
      ['user.id != null and user.id != "user-1"', { user: { id: 'user-1-b' } }],
    ] as const) {
      assert.deepEqual(eventFor(condition), event, condition);
    }
  });

  it('has numbers, dates, addresses and versions between and beside those named', () => {
    for (const [condition, event] of [
      ['n > 5 and n < 7', { n: 6 }],
      ['n > 5 and n < 10 and n not in (6, 8, 9)', { n: 7 }],
      ['f > 1 and f < 1.1', { f: 1.05 }],
      ['n * 3 + 1 == 22', { n: 7 }],
      ['i == "10.0.0.0/8" and not cidrMatch(i, "10.0.0.0/9")', { i: '10.255.255.255' }],
      ['i > "255.255.255.255"', { i: '::1:0:0:0' }],
      ['i == "2001:db8::/32"', { i: '2001:db8::1' }],
      ['d > "2024-05-01" and d < "2024-05-03"', { d: '2024-05-02T00:00:00.000Z' }],
      ['v >= "1.2" and v != "1.2"', { v: '1.2.1' }],
      ['not b and b != null', { b: false }],
    ] as const) {
      assert.deepEqual(eventFor(condition), event, condition);
    }
  });

  it('follows functions back to the values of their fields', () => {
    for (const [condition, event] of [
      ['length(s) == 5 and endsWith(s, "exe")', { s: 'exexe' }],
      ['substring(s, 1, 4) == "bcd" and startsWith(s, "a")', { s: 'abcd' }],
      ['substring(s, 2, -1) == "x"', { s: 'aaxa' }],
      ['substring(s, -3) : "x?z"', { s: 'xaz' }],
      ['stringContains~(s, "x") and stringContains(s, "y") and length(s) == 2', { s: 'xy' }],
      ['indexOf(s, "x") == 4', { s: 'aaaax' }],
      ['number(s) == 7', { s: '7' }],
      ['startsWith~(s, substring(t, 0, -1)) and t : "ab*c" and length(s) > 5', { t: 'abc', s: 'absample' }],
    ] as const) {
      assert.deepEqual(eventFor(condition), event, condition);
    }
  });

  it('has several values where one will not do, and no value where none is asked for', () => {
    assert.deepEqual(eventFor('s == "a" and s == "b" and t == "c"'), { s: ['a', 'b'], t: 'c' });
    assert.deepEqual(eventFor('s == null and not t == "a" and n != 1'), {});
    assert.deepEqual(eventFor('(n > 1) == null and s != "x"'), {});
  });

  it('takes back a choice that leads nowhere', () => {
    const condition = `(s == "a" or s == "b") and (t == "a" or t == "b") and not (s == "a" and t == "a")
      and not (s == "a" and t == "b") and not (s == "b" and t == "a")`;
    assert.deepEqual(eventFor(condition), { s: 'b', t: 'b' });
  });

  it('takes fields of which no catalogue knows the type for what they are compared with', () => {
    assert.deepEqual(eventFor('p.q > 4 and p : "x*" and r == true and cidrMatch(o, "10.0.0.0/8")'), {
      o: '10.0.0.1',
      p: 'x',
      'p.q': 5,
      r: true,
    });
    assert.deepEqual(eventFor('`__proto__`.x == 1'), JSON.parse('{"__proto__":{"x":1}}'));
  });

  it('has the category, and the time that is asked for', () => {
    const event = { event: { category: 'process' }, s: 'a' };
    assert.deepEqual(eventsOf('process where @timestamp > "2030" and s == "a" | tail 0'), [
      { '@timestamp': '2030-01-02T00:00:00.000Z', ...event },
    ]);
  });

  it('is refused with what stands in its way', () => {
    assert.match(
      refusal('any where s == "a" and t == "x" and not s : "A"'),
      /no value of s .* `s == "a"` and `not \(s : "A"\)`$/,
    );
    assert.match(refusal('any where s : "x*" and false'), /nothing was found for which `s : "x\*" and false` holds/);
    assert.match(refusal('any where n > 3 and n < 3 and n == null'), /no value of n/);
  });

  it('gives up after many choices, and says so', () => {
    const pairs = Array.from({ length: 14 }, (_, k) => `(a${k} == "x" or b${k} == "x")`);
    const never = `(${Array.from({ length: 14 }, (_, k) => `a${k} == "x" and b${k} == "x"`).join(' or ')})`;
    const none = Array.from({ length: 14 }, (_, k) => `not (a${k} == "x" and b${k} == "x")`);
    assert.match(
      refusal(`any where ${[...pairs, ...none, never].join(' and ')}`),
      /given up, since the query has too many alternatives/,
    );
  });

  it('of a query with errors is none, and the errors are told', () => {
    assert.equal(exampleOf(check('any where s = 1')).diagnostics[0].code, 'single-equals');
    assert.deepEqual(nearMissesOf(check('any where s = 1')).nearMisses, []);
  });
});

describe('an example of several events', () => {
  it('has the keys in common, within maxspan, runs counted', () => {
    assert.deepEqual(
      eventsOf('sequence by host.id with maxspan=6ms [a where true] by s with runs=2 [b where t : "x*"] by t'),
      [
        { '@timestamp': TIME, event: { category: 'a' }, host: { id: 'host-1' }, s: 'x' },
        { '@timestamp': '2026-01-01T00:00:00.001Z', event: { category: 'a' }, host: { id: 'host-1' }, s: 'x' },
        { '@timestamp': '2026-01-01T00:00:00.002Z', event: { category: 'b' }, host: { id: 'host-1' }, t: 'x' },
      ],
    );
  });

  it('has no event that is missing, nor one that ends it', () => {
    const query =
      'sequence with maxspan=1m [any where true] ![any where n == 1] [any where true] until [any where s == null]';
    assert.deepEqual(eventsOf(query), [{ '@timestamp': TIME, s: 's-1' }, { '@timestamp': '2026-01-01T00:00:01.000Z' }]);
  });

  it('has keys that meet the conditions of every step, and null for an optional one only where it must', () => {
    assert.deepEqual(eventsOf('sequence by ?i [a where true] [b where cidrMatch(i, "192.168.0.0/16")]'), [
      { '@timestamp': TIME, event: { category: 'a' }, i: '192.168.0.1' },
      { '@timestamp': '2026-01-01T00:00:01.000Z', event: { category: 'b' }, i: '192.168.0.1' },
    ]);
    assert.deepEqual(eventsOf('sequence by ?s [a where s == null] [b where true]'), [
      { '@timestamp': TIME, event: { category: 'a' } },
      { '@timestamp': '2026-01-01T00:00:01.000Z', event: { category: 'b' } },
    ]);
    assert.match(
      refusal('sequence by s [a where s == null] [b where true]'),
      /no value of s .* `s == null` and `by s`/,
    );
  });

  it('is found for samples, for keys at several places, and for the time as a key', () => {
    for (const query of [
      'sample by host.id [a where user.id == "1"] [b where host.id : "z*"]',
      'sequence [a where true] by host.id [b where true] by user.id [c where host.id == "q"] by host.id',
      'sequence by s, t [a where s == "x"] [b where t : "y*"]',
      'sequence by s [a where true] by t [b where true] by s [c where t == "x"] by t',
      'sequence by @timestamp [a where true] [b where true]',
      'sequence with maxspan=10m ![a where true] [b where true] ![c where true]',
    ]) {
      assert.ok(eventsOf(query), query);
    }
  });
});

describe('near misses', () => {
  const misses = (query: string): readonly NearMiss[] => nearMissesOf(check(query, { catalogue })).nearMisses;
  const shown = (query: string) =>
    misses(query).map(({ kind, step, why, events }) => [kind, step, why, events?.map(withoutTime) ?? null]);
  const withoutTime = ({ '@timestamp': _, ...rest }: JsonDocument) => JSON.parse(JSON.stringify(rest));

  it('fail one clause each, and are otherwise as the example', () => {
    assert.deepEqual(
      shown('process where s == "curl" and (n > 5 or t : "x*") and not (t == "a" or b) and not i == "::1"'),
      [
        [
          'clause',
          null,
          'the event does not meet event.category == "process"',
          [{ event: { category: 'file' }, s: 'curl', n: 1001 }],
        ],
        [
          'clause',
          null,
          'the event does not meet s == "curl"',
          [{ event: { category: 'process' }, s: 'curlx', n: 1001 }],
        ],
        [
          'clause',
          null,
          'the event does not meet n > 5 or t : "x*"',
          [{ event: { category: 'process' }, s: 'curl', n: 5 }],
        ],
        [
          'exception',
          null,
          'the event meets t == "a", which is excluded',
          [{ event: { category: 'process' }, s: 'curl', n: 1001, t: 'a' }],
        ],
        [
          'exception',
          null,
          'the event meets b, which is excluded',
          [{ event: { category: 'process' }, s: 'curl', n: 1001, b: true }],
        ],
        [
          'exception',
          null,
          'the event meets i == "::1", which is excluded',
          [{ event: { category: 'process' }, s: 'curl', n: 1001, i: '::1' }],
        ],
      ],
    );
  });

  it('say where a clause cannot fail alone', () => {
    assert.deepEqual(
      misses('any where s != null and s == "a"').map(({ clause, events }) => [clause, events !== null]),
      [
        ['s != null', false],
        ['s == "a"', true],
      ],
    );
  });

  it('of a sequence change one event, a key, the time, or put in what must not come', () => {
    const query =
      'sequence by host.id with maxspan=10s [any where s == "a"] with runs=2 ![any where s == "b"] [any where s == "c"] until [any where s == "d"]';
    const a = { host: { id: 'host-2' }, s: 'a' };
    const host = (number: number, s: string) => ({ host: { id: `host-${number}` }, s });
    assert.deepEqual(shown(query), [
      ['clause', 1, 'the event of step 1 does not meet s == "a"', [a, host(2, 'ax'), host(2, 'c')]],
      [
        'missing-event',
        2,
        'an event comes that step 2, ![any where s == "b"], forbids',
        ['a', 'a', 'b', 'c'].map((s) => host(3, s)),
      ],
      ['clause', 3, 'the event of step 3 does not meet s == "c"', [host(4, 'a'), host(4, 'a'), host(4, 'cx')]],
      [
        'until',
        null,
        'the event of until, [any where s == "d"], comes before the last',
        ['a', 'a', 'd', 'c'].map((s) => host(5, s)),
      ],
      [
        'join-key',
        3,
        'host.id of the last event is another than that of the event before',
        [host(6, 'a'), host(6, 'a'), { host: { id: 'host-6x' }, s: 'c' }],
      ],
      [
        'maxspan',
        null,
        'the last event comes 10001 ms after the first, which is more than maxspan',
        [host(7, 'a'), host(7, 'a'), host(7, 'c')],
      ],
    ]);
    const late = misses(query)
      .at(-1)
      ?.events?.map((event) => event['@timestamp']);
    assert.deepEqual(late, ['2026-01-01T00:08:00.000Z', '2026-01-01T00:08:01.000Z', '2026-01-01T00:08:10.001Z']);
  });

  it('of a key with a condition fail it in every event', () => {
    const [, miss] = misses('sequence by i [a where i != "::1"] [b where i != "::1"]');
    assert.deepEqual(miss.events?.map(withoutTime), [
      { event: { category: 'a' }, i: '::1' },
      { event: { category: 'b' }, i: '::1' },
    ]);
  });

  it('are a hundred at most, and what is left is counted', () => {
    const query = `any where ${Array.from({ length: 130 }, (_, k) => `f${k} == ${k}`).join(' and ')}`;
    const { nearMisses, left } = nearMissesOf(check(query));
    assert.deepEqual([nearMisses.length, left], [100, 30]);
  });

  it('are fewer where they take long to find', () => {
    const numbers = Array.from({ length: 700 }, (_, k) => `n != ${k}`);
    const { nearMisses, left } = nearMissesOf(
      check(`any where ${numbers.join(' and ')} and n / 2 == 500`, { catalogue }),
    );
    assert.equal(nearMisses.length + left, 701);
    assert.ok(nearMisses.length < 100, `${nearMisses.length} near misses`);
  });

  it('together are no sequence', () => {
    const query = 'sequence by host.id [a where s == "x"] [b where t : "y*"] by user.id';
    const fixed = query.replace(' by user.id', '');
    const { search } = compileSearch<JsonDocument>(fixed, { reader: jsonReader(), catalogue });
    for (const { events } of misses(fixed)) for (const event of events ?? []) search?.add(event);
    assert.deepEqual(search?.results(), []);
  });
});

describe('random queries', () => {
  const known = fc.sample(document, { numRuns: 100, seed: 1 });
  const cases = fc.sample(fc.tuple(expressions(true).condition, fc.boolean()), { numRuns: 1500, seed: 11 });
  const queries = cases.map(([tree, typed]) => ({
    text: `process where ${formatExpression(tree)}`,
    options: (typed ? { catalogue: randomTypes } : {}) satisfies CheckOptions,
  }));

  /** By the plain form of the query's meaning, which examples are not made with. */
  function isMet(text: string, options: CheckOptions, event: JsonDocument): boolean {
    const { query } = check(text, options);
    assert.ok(query?.kind === 'event');
    const { category, condition } = query.filter;
    const fields = fieldTypes(options.catalogue, false);
    const read = (name: string) => jsonReader().field(name)?.(event);
    return isOfCategory(category, 'event.category', read) && meets(foldConstants(condition, fields), read, fields);
  }

  it('have examples that meet them and near misses that do not, the same every time', () => {
    let near = 0;
    for (const { text, options } of queries) {
      const { events } = exampleOf(check(text, options));
      if (events === null) continue;
      assert.ok(isMet(text, options, events[0]), text);
      assert.deepEqual(exampleOf(check(text, options)).events, events, text);
      for (const miss of nearMissesOf(check(text, options)).nearMisses) {
        if (miss.events === null) continue;
        near++;
        assert.ok(!isMet(text, options, miss.events[0]), `${text}: ${miss.why}`);
      }
    }
    assert.ok(near > 1000, `${near} near misses`);
  });

  it('that some event is known to meet have an example, but for a few in a hundred', () => {
    const satisfiable = queries.filter(({ text, options }) => {
      const matcher = matcherOf(text.replace('process', 'any'), { reader: flatReader, ...options });
      return known.some((event) => matcher.matches(event));
    });
    const missed = satisfiable.filter(({ text, options }) => exampleOf(check(text, options)).events === null);
    assert.ok(satisfiable.length > 700, `${satisfiable.length} satisfiable`);
    assert.ok(missed.length <= satisfiable.length / 50, missed.map(({ text }) => text).join('\n'));
  });
});
