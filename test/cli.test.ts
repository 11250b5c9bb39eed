import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { packetsOf, pcapOf } from './support/capture-file.ts';
import { answer, ask, packetsOfExchanges } from './support/exchange.ts';
import { hoplimit, type Outcome, PROGRAM } from './support/program.ts';
import { EVERYTHING } from './support/rule.ts';
import { temporaryFolder } from './support/temporary.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SAMPLE = join(ROOT, 'samples/credential-theft.pcap');
const CAPTURE = join(ROOT, 'test/captures/curl_imdsv2.pcap');
const folder = temporaryFolder();

/** What a terminal obeys: controls but for line feed (and DEL, which it ignores), and what turns the direction of writing. */
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u0080-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/;

/** Each line is a JSON document. */
function documents({ stdout }: Outcome): Record<string, unknown>[] {
  assert.ok(stdout.endsWith('\n'), 'the last line ends');
  return stdout
    .slice(0, -1)
    .split('\n')
    .map((line) => JSON.parse(line));
}

function check(outcome: Outcome, status: number, stderr: RegExp): void {
  assert.match(outcome.stderr, stderr);
  assert.equal(outcome.status, status, outcome.stderr);
}

/** A failure says why, without a stack, and prints nothing else. */
function checkFailure(outcome: Outcome, status: number, stderr: RegExp): void {
  check(outcome, status, stderr);
  assert.equal(outcome.stdout, '');
  assert.doesNotMatch(outcome.stderr, /\n\s+at /, 'no stack');
}

describe('exit status', { concurrency: 2 }, () => {
  it('1 where a file is missing, is a folder, or is no capture', async () => {
    const text = folder.write('notes.txt', 'not a capture\n');
    checkFailure(await hoplimit(['analyze', '/no/such/file']), 1, /^hoplimit: \/no\/such\/file .*no such file\n$/);
    checkFailure(await hoplimit(['decode', folder.path]), 1, /^hoplimit: .* is a folder/);
    checkFailure(await hoplimit(['decode', text]), 1, /^hoplimit: .*notes\.txt is no pcap or pcapng capture, but/);
    checkFailure(await hoplimit(['analyze', folder.write('empty', '')]), 1, /^hoplimit: .*an empty file\n$/);
    checkFailure(await hoplimit(['detect', text]), 1, /^hoplimit: .* is neither a capture nor NDJSON/);
    checkFailure(await hoplimit(['query', 'any where true', '/no/such/file']), 1, /no such file/);
  });

  it('2 for wrong usage, with what was perhaps meant', async () => {
    checkFailure(await hoplimit(['analyz', SAMPLE]), 2, /unknown command 'analyz'\n\(Did you mean analyze\?\)/);
    checkFailure(
      await hoplimit(['decode', '--any-prt', SAMPLE]),
      2,
      /unknown option '--any-prt'\n\(Did you mean --any-port\?\)/,
    );
    checkFailure(await hoplimit(['analyze']), 2, /missing required argument/);
    checkFailure(await hoplimit(['analyze', '--ports', '80,70000', SAMPLE]), 2, /"70000" is no port/);
    checkFailure(await hoplimit(['query', '--size', '-1', 'any where true', SAMPLE]), 2, /"-1" is no number of events/);
    checkFailure(await hoplimit(['decode', '-', '-']), 2, /standard input \(-\) is named more than once/);
    checkFailure(await hoplimit([]), 2, /^Usage: hoplimit/);
  });

  it('0 for help and version, on standard output', async () => {
    const help = await hoplimit(['analyze', '--help']);
    assert.equal(help.status, 0);
    assert.match(help.stdout, /Example:\n {2}\$ hoplimit analyze/);
    const version = await hoplimit(['--version']);
    assert.match(version.stdout, /^\d+\.\d+\.\d+\n$/);
    assert.equal(version.status, 0);
  });

  it('3 for alerts, with --fail-on-alert alone', async () => {
    for (const command of ['analyze', 'detect']) {
      assert.equal((await hoplimit([command, SAMPLE])).status, 0);
      assert.equal((await hoplimit([command, '--fail-on-alert', SAMPLE])).status, 3);
      assert.equal((await hoplimit([command, '--fail-on-alert', '--json', SAMPLE])).status, 3);
    }
    const quiet = folder.write(
      'quiet.pcap',
      pcapOf(packetsOfExchanges([{ request: ask('GET / HTTP/1.1', 'Host: x') }])),
    );
    assert.equal((await hoplimit(['analyze', '--fail-on-alert', quiet])).status, 0);
  });
});

describe('a fault of the program itself', { concurrency: 2 }, () => {
  const input = '{"a":1}\n{"a":2}\n';
  /** Runs with a module that is loaded before the program. */
  const withFault = (module: string, env = {}) =>
    hoplimit(['query', '--json', 'any where true'], {
      input,
      env: { NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(module)}`, ...env },
    });
  const throwing = `const { stringify } = JSON;
    JSON.stringify = (value) => {
      if (value.event?.get?.('a') === 2) throw new RangeError('boom');
      return stringify(value);
    };`;
  const late = `process.on('newListener', (name) => {
    if (name === 'uncaughtException') setImmediate(() => { throw new Error('late'); });
  });`;

  it('is one message, without a stack, after what was printed until then', async () => {
    const outcome = await withFault(throwing);
    check(outcome, 1, /^hoplimit: internal error: RangeError: boom\n.*please report it.*HOPLIMIT_DEBUG.*\n$/);
    assert.equal(outcome.stdout, '{"event":{"a":1}}\n');
    const outside = await withFault(late);
    checkFailure(outside, 1, /^hoplimit: internal error: Error: late\n.*\n$/);
  });

  it('shows its stack with HOPLIMIT_DEBUG', async () => {
    const outcome = await withFault(throwing, { HOPLIMIT_DEBUG: '1' });
    check(outcome, 1, /^hoplimit: internal error: RangeError: boom\n\s+at /);
  });
});

describe('captures', { concurrency: 2 }, () => {
  const expected = hoplimit(['decode', CAPTURE]);

  it('decode prints an event a line', async () => {
    const events = documents(await expected);
    assert.equal(events.length, 2);
    for (const event of events) assert.ok('@timestamp' in event && 'http' in event);
  });

  it('are read from standard input, gzip and zstd as well', async () => {
    const bytes = readFileSync(CAPTURE);
    const outcomes = [
      await hoplimit(['decode', '-'], { input: bytes }),
      await hoplimit(['decode', '-'], { input: gzipSync(bytes) }),
      await hoplimit(['decode', folder.write('capture.zst', zstdCompressSync(bytes))]),
    ];
    for (const { stdout } of outcomes) assert.equal(stdout, (await expected).stdout);
  });

  it('several are merged by time', async () => {
    const packets = await packetsOf(CAPTURE);
    const early = folder.write('early.pcap', pcapOf(packets.slice(0, 7)));
    const late = folder.write('late.pcap', pcapOf(packets.slice(7)));
    assert.equal((await hoplimit(['decode', late, early])).stdout, (await expected).stdout);
  });

  it('what a truncated one still holds is read, and where it ends is said', async () => {
    const bytes = readFileSync(CAPTURE);
    const outcome = await hoplimit(['decode', folder.write('cut.pcap', bytes.subarray(0, bytes.length - 100))]);
    check(outcome, 0, /^hoplimit: .*cut\.pcap: the capture ends in the middle of a record \(at byte \d+\)/);
    assert.equal(documents(outcome)[0].event instanceof Object, true);
    assert.equal(outcome.stdout.split('\n')[0], (await expected).stdout.split('\n')[0]);
  });

  it('analyze and detect give the same alerts, a document a line', async () => {
    const ofAnalyze = documents(await hoplimit(['analyze', '--json', SAMPLE]));
    const ofDetect = documents(await hoplimit(['detect', '--json', SAMPLE]));
    const uuids = (alerts: Record<string, unknown>[]) => alerts.map((alert) => alert['kibana.alert.uuid']);
    assert.equal(ofAnalyze.length, 3);
    assert.deepEqual(uuids(ofAnalyze), uuids(ofDetect));
  });
});

describe('what is printed for a person', { concurrency: 2 }, () => {
  it('has no colour in a pipe, nor with NO_COLOR, and has with FORCE_COLOR', async () => {
    assert.doesNotMatch((await hoplimit(['analyze', '--explain', SAMPLE])).stdout, OBEYED);
    assert.match((await hoplimit(['analyze', SAMPLE], { env: { FORCE_COLOR: '1' } })).stdout, /\u001b\[/);
    const both = await hoplimit(['analyze', '--explain', SAMPLE], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } });
    assert.doesNotMatch(both.stdout, OBEYED);
  });

  it('lets no control character of traffic or events through', async () => {
    const hostile = '\u001b]0;owned\u0007\u001b[2J\u009b31m\u007f\u0008';
    const capture = folder.write(
      'hostile.pcap',
      pcapOf(
        packetsOfExchanges([
          {
            server: '169.254.169.254',
            request: ask(
              `GET /latest/meta-data/iam/security-credentials/${hostile} HTTP/1.1`,
              `Host: ${hostile}`,
              `User-Agent: curl${hostile}`,
              `Referer: http://x/${hostile}`,
              `X-${hostile}: ${hostile}`,
            ),
            response: answer(hostile, `Content-Type: ${hostile}`).replace('OK', hostile),
          },
          { request: ask(`G${hostile} / HTTP/1.1${hostile}`) },
        ]),
      ),
    );
    const text = `${hostile}\u202egnp.exe\u2028\u2066`;
    const event = {
      '@timestamp': text,
      event: { category: 'network', action: text },
      host: { name: text },
      [text]: text,
    };
    const ndjson = folder.write('hostile.ndjson', `${JSON.stringify(event)}\n${text}\n`);
    const rule = folder.write('everything.toml', EVERYTHING);
    const commands = [
      ['analyze', '--explain', '--rules', rule, capture],
      ['decode', capture],
      ['detect', '--rules', rule, capture, ndjson],
      ['detect', '--json', '--rules', rule, capture, ndjson],
      [
        'query',
        '--explain',
        'any where host.name != "a" or url.path != "b" or user_agent.original != "c"',
        capture,
        ndjson,
      ],
      ['query', '--json', 'any where true', ndjson],
      ['query', `any where ${text}`, ndjson],
      [`no-${text}`],
      ['decode', `/no/${text}`],
    ];
    for (const command of commands) {
      const { stdout, stderr } = await hoplimit(command);
      const found = OBEYED.exec(stdout + stderr);
      const around = found && JSON.stringify((stdout + stderr).slice(Math.max(0, found.index - 60), found.index + 20));
      assert.equal(found, null, `${JSON.stringify(command)} prints ${around}`);
    }
  });

  it('ends quietly where nobody reads on', async () => {
    const line = `${JSON.stringify({ '@timestamp': '2026-01-01T00:00:00Z', message: 'x'.repeat(500) })}\n`;
    const file = folder.write('many.ndjson', line.repeat(2000));
    const child = spawn(process.execPath, [PROGRAM, 'query', '--json', '--size', '2000', 'any where true', file]);
    let stderr = '';
    child.stderr.on('data', (bytes) => {
      stderr += String(bytes);
    });
    child.stdout.once('data', () => child.stdout.destroy());
    const status = await new Promise((resolve) => child.on('close', resolve));
    assert.deepEqual([status, stderr], [0, '']);
  });
});

describe('query', { concurrency: 2 }, () => {
  it('underlines what is wrong with the text, and what to write', async () => {
    const outcome = await hoplimit(['query', 'process where process.nam == "x" and', SAMPLE]);
    checkFailure(outcome, 2, /^error\[[a-z-]+\]: .*\n +--> query:1:\d+\n/);
    assert.match(outcome.stderr, /\n1 \| process where process\.nam == "x" and\n {2}\| +\^+\n/);
    const unknown = await hoplimit(['query', 'process where process.nam == "x"', SAMPLE]);
    check(
      unknown,
      0,
      /^warning\[unknown-field\].*\n.*\n.*\n.*\n {2}\| {15}\^{11}\n {2}= help: did you mean process\.name/,
    );
  });

  it('--size keeps the latest, and says so', async () => {
    const all = documents(await hoplimit(['query', '--json', '--size', '100', 'any where true', SAMPLE]));
    const two = documents(await hoplimit(['query', '--json', '--size', '2', 'any where true', SAMPLE]));
    assert.equal(all.length, 11);
    assert.deepEqual(two, all.slice(-2));
    const { stdout } = await hoplimit(['query', '--size', '2', 'any where true', SAMPLE]);
    assert.match(stdout, /11 of 11 events match, the latest 2 shown \(--size\)\.\n$/);
  });

  it('events without a time come first, as they came, with an empty cell', async () => {
    const events = [
      { host: { name: 'b' } },
      { '@timestamp': '2026-01-02T00:00:00Z', host: { name: 'd' } },
      { '@timestamp': 'later', host: { name: 'c' } },
      { '@timestamp': 1e300, host: { name: 'e' } },
      { '@timestamp': '+038504-01-01T00:00:00Z', host: { name: 'f' } },
      { '@timestamp': '2026-01-01T00:00:00Z', host: { name: 'a' } },
    ];
    const input = events.map((event) => JSON.stringify(event)).join('\n');
    const { stdout } = await hoplimit(['query', 'any where host.name != null'], { input });
    assert.deepEqual(
      stdout.split('\n').map((line) => line.split(/ +/)),
      [
        ['@timestamp', 'host.name'],
        ['', 'b'],
        ['later', 'c'],
        ['1e+300', 'e'],
        ['+038504-01-01T00:00:00Z', 'f'],
        ['2026-01-01T00:00:00.000Z', 'a'],
        ['2026-01-02T00:00:00.000Z', 'd'],
        ['6', 'of', '6', 'events', 'match.'],
        [''],
      ],
    );
    const other = await hoplimit(['query', '--json', '--timestamp-field', 'x', 'any where true'], { input });
    assert.deepEqual(
      documents(other).map(({ event }) => event),
      events,
    );
  });

  it('leaves broken lines of NDJSON out, and says which', async () => {
    const text = ['{"host":{"name":"a"}}', 'broken', '', '[1]', '{"host.name":"b"}', '{"cut'].join('\n');
    const outcome = await hoplimit(['query', '--json', 'any where host.name == "b"'], { input: text });
    check(outcome, 0, /standard input:2: .*\n.*standard input:4: .*\n.*standard input:6: /);
    assert.deepEqual(documents(outcome), [{ event: { 'host.name': 'b' } }]);
    const none = await hoplimit(['query', '--json', 'any where true', join(ROOT, 'package.json')]);
    checkFailure(none, 1, /package\.json has no event: NDJSON is a JSON object a line/);
  });
});

describe('rules', { concurrency: 2 }, () => {
  const broken = EVERYTHING.replace('any where true', 'any wher true').replace('Everything', 'Broken');
  const rules = folder.write('good.toml', EVERYTHING.replace('Everything', 'Good'));
  const wrong = folder.write('broken.toml', broken.replace('"00000000', '"10000000'));

  it('a broken one among good ones is named, and the others are run', async () => {
    const outcome = await hoplimit(['analyze', '--json', '--rules', wrong, '--rules', rules, SAMPLE]);
    check(outcome, 0, /broken\.toml:\d+:\d+[\s\S]*hoplimit: 1 rule file left out/);
    assert.equal(documents(outcome).length, 11);
    const alone = await hoplimit(['analyze', '--rules', wrong, SAMPLE]);
    checkFailure(alone, 1, /no rule to run/);
  });

  it('fields that rules name and no event has are told in one line', async () => {
    const files = ['1', '2', '3', '4', '5'].map((n) => {
      const text = EVERYTHING.replace('any where true', `any where host.name == 'x' and process.nam${n} : 'a'`);
      const rule = text.replaceAll("'", '\\"').replace('Everything', `Rule ${n}`).replace('"0', `"${n}`);
      return folder.write(`lacking-${n}.toml`, rule);
    });
    const args = [...files, rules].flatMap((file) => ['--rules', file]);
    const { stdout, stderr, status } = await hoplimit(['detect', '--json', ...args], {
      input: '{"host":{"name":"x"}}',
    });
    assert.equal(status, 0);
    assert.equal(stdout.split('\n').length, 2);
    assert.match(
      stderr,
      /hoplimit: 5 of 6 rules cannot match, for want of fields that none of 1 event looked at has: "Rule 1" \(process\.nam1\); .*"Rule 3" \(process\.nam3\); and 2 more\n$/,
    );
  });

  it('a greedy rule is told by name with what it left out, and the others give their alerts', async () => {
    const text = EVERYTHING.replace('any where true', 'sequence by host.ip [any where true] [any where true]');
    const greedy = folder.write('greedy.toml', text.replace('Everything', 'Greedy').replace('"0', '"2'));
    const ip = Array.from({ length: 1500 }, (_, i) => `10.0.${i >> 8}.${i & 255}`);
    const event = JSON.stringify({ '@timestamp': '2026-01-01T00:00:00Z', host: { ip } });
    const outcome = await hoplimit(['detect', '--json', '--rules', greedy, '--rules', rules], {
      input: `${event}\n${event}`,
    });
    check(
      outcome,
      0,
      /^hoplimit: rule "Greedy" may have missed something: 2 events had more join keys than are looked at\n$/,
    );
    const names = documents(outcome).map((alert) => alert['kibana.alert.rule.name']);
    assert.equal(names.filter((name) => name === 'Good').length, 2);
  });

  it('--plan says how events are led to the rules', async () => {
    const files = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((name, n) => {
      const text = EVERYTHING.replace('any where true', `process where process.name == 'x${name}'`);
      return folder.write(`plan-${name}.toml`, text.replaceAll("'", '\\"').replace('"0', `"${n + 1}`));
    });
    const args = [...files, rules].flatMap((file) => ['--rules', file]);
    const input = '{"event":{"category":"process"},"process":{"name":"xa"}}\n';
    const many = await hoplimit(['detect', '--json', '--plan', ...args], { input });
    assert.match(many.stderr, /9 filters; 9 different conditions, 1 of them of several filters\n.*begun once\n/);
    assert.match(many.stderr, /event\.category == "process"\n {2}8 filters left: the value of process\.name answers 8/);
    const few = await hoplimit(['detect', '--json', '--plan', '--rules', rules], { input });
    assert.match(few.stderr, /The rules are few: each is asked about each event\.\n$/);
  });

  it('--profile names the rules that take longest', async () => {
    const { stdout, stderr } = await hoplimit(['detect', '--json', '--profile', '--rules', rules, SAMPLE]);
    assert.equal(stdout.trim().split('\n').length, 11);
    assert.match(
      stderr,
      /Time of the slowest of 1 rule, .* over 1 event:\nµs\/event {2}part +rule\n[\d.]+ +\d+ % +Good\n$/,
    );
  });

  it('list and show', async () => {
    const listed = documents(await hoplimit(['rules', 'list', '--json']));
    const { stdout } = await hoplimit(['rules', 'list']);
    assert.ok(listed.length > 0);
    for (const { rule_id, name } of listed)
      assert.ok(stdout.includes(String(rule_id)) && stdout.includes(String(name)));
    const [first] = listed;
    const shown = documents(await hoplimit(['rules', 'show', '--json', String(first.rule_id)]));
    assert.deepEqual([shown.length, shown[0].rule_id], [1, first.rule_id]);
    assert.match((await hoplimit(['rules', 'show', String(first.name)])).stdout, /where/);
    checkFailure(await hoplimit(['rules', 'show', 'no such rule']), 1, /no rule has "no such rule"/);
  });

  it('check tells every mistake, and fails for one', async () => {
    assert.equal((await hoplimit(['rules', 'check'])).status, 0);
    const text = await hoplimit(['rules', 'check', rules, wrong]);
    assert.equal(text.status, 1);
    assert.match(text.stdout, /error\[[a-z-]+\][\s\S]*broken\.toml:\d+:\d+[\s\S]*2 rule files: 1 valid, 1 not/);
    const json = await hoplimit(['rules', 'check', '--json', rules, wrong]);
    assert.equal(json.status, 1);
    assert.deepEqual(
      documents(json).map(({ valid }) => valid),
      [true, false],
    );
    const missing = await hoplimit(['rules', 'check', '/no/such/folder']);
    assert.deepEqual([missing.status, missing.stderr], [1, '']);
    assert.match(missing.stdout, /no such file/);
  });

  it('check lints as well, which is no failure, unless told not to', async () => {
    const unwise = EVERYTHING.replace('"any where true"', `'any where process.args == "a" and ?process.name : "*"'`);
    assert.ok(unwise !== EVERYTHING);
    const file = folder.write('unwise.toml', unwise);
    const text = await hoplimit(['rules', 'check', file]);
    assert.deepEqual([text.status, text.stderr], [0, '']);
    assert.match(
      text.stdout,
      /^warning\[lone-wildcard\][\s\S]*1 valid, 0 not[\s\S]*1 warning:\n +1 {2}lone-wildcard\n$/,
    );
    const [line] = documents(await hoplimit(['rules', 'check', '--json', file]));
    assert.deepEqual(Object.keys(line), ['file', 'rule_id', 'type', 'valid', 'diagnostics']);
    const [{ line: number, column, ...warning }] = JSON.parse(JSON.stringify(line.diagnostics));
    assert.deepEqual([warning.code, warning.severity], ['lone-wildcard', 'warning']);
    assert.equal(
      unwise
        .split('\n')
        [number - 1].slice(column - 1)
        .slice(0, 3),
      '"*"',
    );
    const quiet = await hoplimit(['rules', 'check', '--no-lint', file]);
    assert.match(quiet.stdout, /^1 rule file: 1 valid, 0 not\n +1 {2}eql\n$/);
  });

  it('check takes a mapping, and then fields that it does not have for errors', async () => {
    const mapping = folder.write(
      'mapping.json',
      '{"properties":{"process":{"properties":{"name":{"type":"keyword"}}}}}',
    );
    const file = folder.write(
      'misspelt.toml',
      EVERYTHING.replace('"any where true"', `'any where process.nmae == "a"'`),
    );
    const known = await hoplimit(['rules', 'check', '--mapping', mapping, file]);
    assert.equal(known.status, 1);
    assert.match(known.stdout, /^error\[unknown-field\][\s\S]*did you mean process\.name\?/);
    assert.equal((await hoplimit(['rules', 'check', file])).status, 0);
    checkFailure(await hoplimit(['rules', 'check', '--mapping', file, file]), 2, /is no mapping/);
  });

  it('test runs the tests beside the rules, and fails for one that does', async () => {
    const bundled = documents(await hoplimit(['rules', 'test', '--json']));
    assert.ok(bundled.length > 0 && bundled.every(({ passed }) => passed === true));
    const tests = [
      'no_match:',
      '  - it: an event',
      '    event: { event.category: [network] }',
      'match:',
      '  - it: one',
      '    event: {}',
    ];
    folder.write('good.test.yaml', `${tests.join('\n')}\n`);
    const failed = await hoplimit(['rules', 'test', rules]);
    assert.equal(failed.status, 1);
    assert.match(failed.stdout, /x an event \(must not match\)[\s\S]*1 case passed, 1 failed/);
    folder.write('good.test.yaml', '#'.repeat(2 ** 20 + 1));
    const large = await hoplimit(['rules', 'test', rules]);
    assert.equal(large.status, 1);
    assert.match(large.stdout, /^error\[too-large\]: 1048577 bytes; .*\n --> .*good\.test\.yaml\n/);
  });
});
