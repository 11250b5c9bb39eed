import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'smol-toml';
import { loadTestFile } from '../../src/rules/test-file.ts';

const NAME = 'credential_access_cloud_imds_credential_http_request';
const SHARED = join(import.meta.dirname, '../../../shared/data');
const PUBLIC = join(SHARED, `elastic-rules/rules/network/${NAME}.toml`);
const CASES = join(SHARED, 'flagship-rule-cases.tsv');

const ours = read(join(import.meta.dirname, `${NAME}.toml`));

/** What is written anew: prose, and what the public file leaves to its defaults. */
const OUR_OWN = new Set(['description', 'false_positives', 'note', 'setup', 'interval', 'max_signals', 'version']);

test("query and metadata are those of Elastic's file", { skip: existsSync(PUBLIC) ? false : 'it is not here' }, () => {
  const theirs = read(PUBLIC);
  assert.deepEqual(ours.metadata, theirs.metadata);
  const without = (rule: object): object =>
    Object.fromEntries(Object.entries(rule).filter(([key]) => !OUR_OWN.has(key)));
  assert.deepEqual(without(ours.rule), without(theirs.rule));
});

test("the prose is not Elastic's", { skip: existsSync(PUBLIC) ? false : 'their file is not here' }, () => {
  const theirs = wordsOf(JSON.stringify(read(PUBLIC).rule));
  for (const key of ['description', 'false_positives', 'note', 'setup'] as const) {
    const words = wordsOf(JSON.stringify(ours.rule[key])).split(' ');
    for (let at = 0; at + 8 <= words.length; at++) {
      const phrase = words.slice(at, at + 8).join(' ');
      assert.ok(!theirs.includes(phrase), `${key}: ${phrase}`);
    }
  }
});

test('what the public file leaves to its defaults is stated', () => {
  assert.deepEqual(
    [ours.rule.interval, ours.rule.from, ours.rule.max_signals, ours.rule.version],
    ['5m', 'now-9m', 100, 1],
  );
});

test('the cases are those that were collected', { skip: existsSync(CASES) ? false : 'they are not here' }, () => {
  const path = join(import.meta.dirname, `${NAME}.test.yaml`);
  const { file } = loadTestFile(readFileSync(path, 'utf8'), path);
  const tested = (file?.cases ?? []).map((one) => {
    assert.ok(one.kind === 'event');
    const event = one.event;
    return [
      one.matches ? 'HIT' : 'MISS',
      event['destination.ip'],
      event['destination.port'],
      event['http.request.method'],
      event['user_agent.original'] ?? '',
      event['process.name'] ?? '',
      event['url.path'] ?? '',
    ].join('\t');
  });
  const collected = readFileSync(CASES, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [hit, , , ip, port, method, target, agent, process, urlPath] = line.split('\t');
      return [hit, ip, port, method, agent, process, urlPath === '/v2/credentials/uuid' ? target : urlPath].join('\t');
    });
  assert.equal(collected.length, 61);
  assert.deepEqual(tested.sort(), collected.sort());
});

interface RuleFile {
  readonly metadata: object;
  readonly rule: Readonly<Record<string, unknown>>;
}

function read(path: string): RuleFile {
  const { metadata, rule } = parse(readFileSync(path, 'utf8'));
  assert.ok(typeof metadata === 'object' && typeof rule === 'object');
  // TOML tables hold values by name.
  return { metadata, rule: rule as RuleFile['rule'] };
}

function wordsOf(text: string): string {
  return (
    text
      .toLowerCase()
      .replace(/\\n/g, ' ')
      .match(/[\w.]+/g)
      ?.join(' ') ?? ''
  );
}
