import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { hoplimit } from './support/program.ts';
import { temporaryFolder } from './support/temporary.ts';

const EVENTS = [
  {
    '@timestamp': '2026-01-01T00:00:00Z',
    event: { category: 'process' },
    user: { name: 'ann' },
    process: { name: 'a' },
  },
  {
    '@timestamp': '2026-01-01T00:00:02Z',
    event: { category: 'process' },
    user: { name: 'bob' },
    process: { name: 'a' },
  },
  { '@timestamp': '2026-01-01T00:00:01Z', event: { category: 'file' }, user: { name: 'ann' }, file: { name: 'f' } },
  { '@timestamp': '2026-01-01T00:01:02Z', event: { category: 'file' }, user: { name: 'bob' }, file: { name: 'g' } },
  {
    '@timestamp': '2026-01-01T00:02:00Z',
    event: { category: 'process' },
    user: { name: 'ann' },
    process: { name: 'b' },
  },
];
const input = EVENTS.map((event) => JSON.stringify(event)).join('\n');
const [annStarts, bobStarts, annWrites, bobWrites, annAgain] = EVENTS;

async function found(eql: string, ...flags: string[]): Promise<unknown[]> {
  const { stdout, stderr, status } = await hoplimit(['query', '--json', eql, ...flags], { input });
  assert.equal(status, 0, stderr);
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('query of several events', { concurrency: 2 }, () => {
  const writes = 'sequence by user.name [process where true] [file where true]';

  it('sequences are found whatever the order of the lines', async () => {
    assert.deepEqual(await found(writes), [
      { sequence: { join_keys: ['ann'], events: [annStarts, annWrites] } },
      { sequence: { join_keys: ['bob'], events: [bobStarts, bobWrites] } },
    ]);
  });

  it('--size, --result-position and pipes leave what they should', async () => {
    const ann = [{ sequence: { join_keys: ['ann'], events: [annStarts, annWrites] } }];
    assert.deepEqual(await found(writes, '--size', '1', '--result-position', 'head'), ann);
    assert.deepEqual(await found(`${writes} | head 1`), ann);
    assert.deepEqual(await found('any where true | head 3 | tail 1'), [{ event: bobStarts }]);
    assert.deepEqual(await found('any where true | tail 2', '--size', '1'), [{ event: annAgain }]);
    assert.deepEqual(await found('any where true | tail 0'), []);
  });

  it('an event that is missing is null', async () => {
    const query = 'sequence by user.name with maxspan=30s [process where true] ![file where true]';
    assert.deepEqual(await found(query), [
      { sequence: { join_keys: ['bob'], events: [bobStarts, null] } },
      { sequence: { join_keys: ['ann'], events: [annAgain, null] } },
    ]);
  });

  it('samples need no order', async () => {
    assert.deepEqual(await found('sample by user.name [file where true] [process where process.name == "b"]'), [
      { sequence: { join_keys: ['ann'], events: [annWrites, annAgain] } },
    ]);
    const both = await found(
      'sample by user.name [process where true] [file where true]',
      '--max-samples-per-key',
      '2',
    );
    assert.equal(both.length, 3);
  });

  it('people get a table for each', async () => {
    const { stdout } = await hoplimit(
      ['query', `${writes} ![process where user.name == "eve"]`.replace('[p', 'with maxspan=1m [p')],
      {
        input,
      },
    );
    assert.deepEqual(
      stdout.split('\n').map((line) => line.split(/ {2,}/)),
      [
        ['@timestamp', 'user.name'],
        ['sequence 1, user.name is ann'],
        ['2026-01-01T00:00:00.000Z', 'ann'],
        ['2026-01-01T00:00:01.000Z', 'ann'],
        ['(none, as asked)'],
        ['sequence 2, user.name is bob'],
        ['2026-01-01T00:00:02.000Z', 'bob'],
        ['2026-01-01T00:01:02.000Z', 'bob'],
        ['(none, as asked)'],
        ['2 sequences in 5 events.'],
        [''],
      ],
    );
  });

  it('a field that no event has is told once, with what is near, and stops nothing', async () => {
    const query = 'process where proces.name != "b" and process.name != "b" and ?absent == null and gone == null';
    const { stdout, stderr, status } = await hoplimit(['query', '--json', query], { input });
    assert.equal(status, 0);
    assert.equal(stdout.split('\n').length, 3);
    assert.match(
      stderr,
      /\nhoplimit: no event has the field proces\.name; there is process\.name\nhoplimit: no event has the field gone\n$/,
    );
    const nothing = await hoplimit(['query', 'process where proces.name == "a"'], { input: '' });
    assert.doesNotMatch(nothing.stderr, /no event has/);
  });

  it('what sequences had no room for is told', async () => {
    const keys = Array.from({ length: 1001 }, (_, i) => `u${i}`);
    const lines = [1, 2].map((n) =>
      JSON.stringify({ '@timestamp': n, event: { category: 'x' }, user: { name: keys } }),
    );
    const { stdout, stderr } = await hoplimit(
      ['query', '--size', '1', 'sequence by user.name [any where true] [any where true]'],
      { input: lines.join('\n') },
    );
    assert.match(stdout, /\n1,000 sequences in 2 events/);
    assert.equal(
      stderr,
      'hoplimit: the query may have missed something: 2 events had more join keys than are looked at\n',
    );
  });

  it('a join key that is a secret is not shown', async () => {
    const secret = 'hunter2hunter2';
    const lines = [1, 2].map((n) => JSON.stringify({ '@timestamp': n, event: { category: 'x' }, password: secret }));
    for (const flags of [['--json'], []]) {
      const { stdout } = await hoplimit(['query', 'sequence by password [any where true] [any where true]', ...flags], {
        input: lines.join('\n'),
      });
      assert.match(stdout, /sequence/);
      assert.doesNotMatch(stdout, /hunter/);
    }
  });

  it('--explain shows the plan of each step, and why the first other event is none', async () => {
    const { stdout } = await hoplimit(['query', '--explain', `${writes} until [any where user.name : "e*"]`], {
      input,
    });
    for (const part of ['Plan of step 1:', 'Plan of step 2:', 'Plan of until:']) assert.ok(stdout.includes(part), part);
    assert.match(
      stdout,
      /The first event that until does not match:\n {2}no .*\n.*\n {4}no {2}user\.name : "e\*" {3}user\.name is "ann"/,
    );
  });
});

describe('query with a mapping', { concurrency: 2 }, () => {
  const { path: folder } = temporaryFolder();
  const mapping = join(folder, 'mapping.json');
  writeFileSync(
    mapping,
    JSON.stringify({
      index: {
        mappings: {
          properties: {
            kind: { type: 'keyword' },
            event: { properties: { category: { type: 'alias', path: 'kind' } } },
            when: { type: 'date', format: 'dd-MM-yyyy' },
            owner: { type: 'keyword', null_value: 'nobody' },
            port: { type: 'long' },
          },
        },
      },
    }),
  );
  const lines = [
    { kind: 'a', when: '02-01-2026', owner: null, port: '80' },
    { kind: 'b', when: '02-01-2026', owner: 'x', port: 443 },
  ];
  const text = lines.map((line) => JSON.stringify(line)).join('\n');

  it('has aliases, values for null, formats of dates and types', async () => {
    const cases: [string, unknown[]][] = [
      ['a where true', [{ event: lines[0] }]],
      ['any where owner == "nobody"', [{ event: lines[0] }]],
      ['any where port == 80', [{ event: lines[0] }]],
      ['any where when < "2026-01-03" and port > 80', [{ event: lines[1] }]],
      ['sample by when [a where true] [b where true]', [{ sequence: { join_keys: [1767312000000], events: lines } }]],
      ['any where ?absent == null and kind == "b"', [{ event: lines[1] }]],
    ];
    for (const [eql, expected] of cases) {
      const { stdout, stderr } = await hoplimit(['query', '--json', '--mapping', mapping, eql], { input: text });
      assert.deepEqual(
        stdout
          .split('\n')
          .filter(Boolean)
          .map((line) => JSON.parse(line)),
        expected,
        `${eql}: ${stderr}`,
      );
    }
  });

  it('refuses a field that it does not have, and names the nearest', async () => {
    const { status, stderr } = await hoplimit(['query', '--mapping', mapping, 'any where prt == 1'], { input: text });
    assert.equal(status, 2);
    assert.match(stderr, /^error\[unknown-field\]: there is no field prt\n[\s\S]*did you mean port\?/);
  });

  it('says what is wrong with a file that is none', async () => {
    const broken = join(folder, 'broken.json');
    for (const [content, message] of [
      ['{"a":1}', /is no mapping: it has no "properties"/],
      ['{', /is no mapping: /],
    ] as const) {
      writeFileSync(broken, content);
      const { status, stderr } = await hoplimit(['query', '--mapping', broken, 'any where true'], { input: text });
      assert.equal(status, 2);
      assert.match(stderr, message);
    }
    const none = await hoplimit(['query', '--mapping', join(folder, 'none'), 'any where true'], { input: text });
    assert.match(none.stderr, /there is no such file/);
  });
});
