import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { hoplimit } from './support/program.ts';
import { EVERYTHING } from './support/rule.ts';
import { temporaryFolder } from './support/temporary.ts';

const folder = temporaryFolder();

function ruleFile(name: string, query: string): string {
  return folder.write(`${name}.toml`, EVERYTHING.replace('query = "any where true"', `query = '''${query}'''`));
}

const SEQUENCE = `sequence by host.id with maxspan=30s [process where process.name : "curl*"] with runs=2
  ![file where file.name == "ok"] [network where destination.port == 80] until [process where user.name == "x"]`;

const RULES = {
  event: ruleFile('event', 'process where process.name : ("curl*", "wget") and not process.args : "--help"'),
  sequence: ruleFile('sequence', SEQUENCE),
  'trailing missing event': ruleFile('trailing', 'sequence with maxspan=1m [a where true] ![b where true]'),
  sample: ruleFile('sample', 'sample by host.id [a where user.name == "x"] [b where true]'),
};

async function alerts(rule: string, input: string): Promise<number> {
  const { stdout, stderr, status } = await hoplimit(['detect', '--json', '--rules', rule], { input });
  assert.deepEqual([stderr, status], ['', 0]);
  return stdout.split('\n').filter((line) => line !== '').length;
}

describe('rules sample', { concurrency: 2 }, () => {
  for (const [kind, rule] of Object.entries(RULES)) {
    it(`into detect: an alert for the example of a rule with a ${kind}, none for its near misses`, async () => {
      const example = await hoplimit(['rules', 'sample', 'everything', '--rules', rule]);
      assert.deepEqual([example.stderr, example.status], ['', 0]);
      assert.equal(await alerts(rule, example.stdout), 1);
      const near = await hoplimit(['rules', 'sample', 'everything', '--rules', rule, '--near']);
      assert.equal(near.status, 0);
      assert.ok(near.stdout.split('\n').length > 3);
      assert.equal(await alerts(rule, near.stdout), 0);
    });
  }

  it('says on standard error what is wrong with which lines', async () => {
    const { stdout, stderr } = await hoplimit(['rules', 'sample', 'everything', '--rules', RULES.event, '--near']);
    assert.equal(
      stderr,
      `line 1: the event does not meet event.category == "process"
line 2: the event does not meet process.name : ("curl*", "wget")
line 3: the event meets process.args : "--help", which is excluded\n`,
    );
    assert.deepEqual(
      stdout.split('\n').map((line) => line.replace(/^.*?"process":/, '')),
      ['{"name":"curl"}}', '{"name":"xcurl"}}', '{"name":"curl","args":"--help"}}', ''],
    );
  });

  it('--json has a line for each example', async () => {
    const { stdout } = await hoplimit(['rules', 'sample', 'everything', '--rules', RULES.sample, '--json']);
    const time = '2026-01-01T00:00:0';
    const events = [
      { '@timestamp': `${time}0.000Z`, event: { category: 'a' }, host: { id: 'host-1' }, user: { name: 'x' } },
      { '@timestamp': `${time}1.000Z`, event: { category: 'b' }, host: { id: 'host-1' } },
    ];
    assert.deepEqual(JSON.parse(stdout), { matches: true, events });
    const near = await hoplimit(['rules', 'sample', 'everything', '--rules', RULES.sample, '--json', '--near']);
    const lines = near.stdout.trimEnd().split('\n');
    assert.deepEqual([near.stderr, lines.length], ['', 4]);
    const { events: other, ...last } = JSON.parse(lines[3]);
    assert.deepEqual(last, {
      matches: false,
      kind: 'join-key',
      step: 2,
      clause: 'by host.id',
      why: 'host.id of the last event is another than that of the event before',
    });
    assert.equal(other.length, 2);
  });

  it('names a clause that cannot fail alone', async () => {
    const twice = ruleFile('twice', 'any where user.name != null and user.name == "a"');
    const { stdout, stderr } = await hoplimit(['rules', 'sample', 'everything', '--rules', twice, '--near']);
    assert.equal(
      stderr,
      `none found with which this alone is wrong: the event does not meet user.name != null
line 1: the event does not meet user.name == "a"\n`,
    );
    assert.match(stdout, /^\{.*"ax"\}\}\n$/);
  });

  it('is the same every time', async () => {
    const [one, two] = await Promise.all(
      [1, 2].map(() => hoplimit(['rules', 'sample', 'everything', '--rules', RULES.sequence, '--near'])),
    );
    assert.equal(one.stdout, two.stdout);
  });

  it('fails where no event can match, and says what stands in the way', async () => {
    const never = ruleFile('never', 'any where user.name == "a" and not user.name : "A"');
    for (const flags of [[], ['--near'], ['--json']]) {
      const { stdout, stderr, status } = await hoplimit(['rules', 'sample', 'everything', '--rules', never, ...flags]);
      assert.deepEqual([stdout, status], ['', 1]);
      assert.match(
        stderr,
        /^hoplimit: error\[no-example\]: no event was found .* `user\.name == "a"` and `not \(user\.name : "A"\)`\n/,
      );
    }
  });

  it('fails for rules of other languages and for names of none', async () => {
    const text = EVERYTHING.replace('type = "eql"', 'type = "query"').replace('"eql"', '"kuery"');
    const other = folder.write('kuery.toml', text.replace('any where true', 'a : b'));
    const { stderr, status } = await hoplimit(['rules', 'sample', 'everything', '--rules', other]);
    assert.deepEqual([stderr, status], ['hoplimit: "Everything" is a rule of type query, which is not run\n', 1]);
    const none = await hoplimit(['rules', 'sample', 'no such rule']);
    assert.match(none.stderr, /no rule has "no such rule" in its id/);
  });
});
