import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { isSameQuery } from '../src/eql/index.ts';
import { loadRuleSet } from '../src/rules/rule-set.ts';
import { hoplimit, PROGRAM } from './support/program.ts';
import { EVERYTHING } from './support/rule.ts';
import { shared } from './support/shared.ts';
import { temporaryFolder } from './support/temporary.ts';

const folder = temporaryFolder();

/** A rule with this query, as TOML has it. */
function ruleWith(query: string): string {
  return EVERYTHING.replace('"any where true"', query);
}

const UGLY = ruleWith('"any  where a==1" # why');
const FORMATTED = ruleWith("'''\nany where a == 1\n''' # why");
const OTHER = EVERYTHING.replace('type = "eql"\nlanguage = "eql"', 'type = "query"\nlanguage = "kuery"');

/** A folder with an ugly rule, one in form, one of another type, and one that is broken. */
function rulesIn(name: string): string {
  mkdirSync(join(folder.path, name));
  folder.write(`${name}/1-ugly.toml`, UGLY);
  folder.write(`${name}/2-formatted.toml`, FORMATTED);
  folder.write(`${name}/3-other.toml`, OTHER);
  folder.write(`${name}/4-broken.toml`, ruleWith('"any were a"'));
  return join(folder.path, name);
}

describe('rules format', { concurrency: 2 }, () => {
  it('formats files in place, tells of each, and keeps the mode', async () => {
    const path = rulesIn('in-place');
    chmodSync(join(path, '1-ugly.toml'), 0o640);
    const { stdout, status } = await hoplimit(['rules', 'format', path]);
    assert.equal(status, 1, 'for the broken one');
    assert.match(stdout, /^formatted .*1-ugly\.toml\nerror\[unexpected-token\][\s\S]*4-broken\.toml:15:14\n/);
    assert.match(
      stdout,
      /\n4 rule files: 1 formatted, 1 in form already, 1 of other types left alone, 1 with errors\n$/,
    );
    assert.equal(readFileSync(join(path, '1-ugly.toml'), 'utf8'), FORMATTED);
    assert.equal(statSync(join(path, '1-ugly.toml')).mode & 0o777, 0o640);
    assert.equal(readFileSync(join(path, '3-other.toml'), 'utf8'), OTHER);
    assert.equal(readdirSync(path).length, 4);
    const again = await hoplimit(['rules', 'format', join(path, '1-ugly.toml'), join(path, '3-other.toml')]);
    assert.deepEqual(
      [again.stdout, again.status],
      ['2 rule files: 0 formatted, 1 in form already, 1 of other types left alone, 0 with errors\n', 0],
    );
  });

  it('--check changes nothing and fails where something would change', async () => {
    const path = rulesIn('check');
    const { stdout, status } = await hoplimit(['rules', 'format', '--check', path]);
    assert.equal(status, 1);
    assert.match(stdout, /^would format .*1-ugly\.toml\n[\s\S]*: 1 to be formatted, 1 in form already/);
    assert.equal(readFileSync(join(path, '1-ugly.toml'), 'utf8'), UGLY);
    assert.equal((await hoplimit(['rules', 'format', '--check', join(path, '2-formatted.toml')])).status, 0);
  });

  it('--json has a line for each file', async () => {
    const path = rulesIn('json');
    const { stdout } = await hoplimit(['rules', 'format', '--json', '--check', path, '/no/such/rule.toml']);
    const lines = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      lines.map(({ type, changed, diagnostics }) => [
        type,
        changed,
        ...diagnostics.map(({ code }: { code: string }) => code),
      ]),
      [
        ['eql', true],
        ['eql', false],
        ['query', false],
        ['eql', false, 'unexpected-token'],
        [null, false, 'unreadable'],
      ],
    );
    assert.equal(lines[0].file, join(path, '1-ugly.toml'));
  });

  it('- formats a query on standard input', async () => {
    const formatted = await hoplimit(['rules', 'format', '-'], { input: ' any where  a==1 // why\n' });
    assert.deepEqual(formatted, { stdout: 'any where a == 1 // why\n', stderr: '', status: 0 });
    const checked = await hoplimit(['rules', 'format', '--check', '-'], { input: formatted.stdout });
    assert.deepEqual(checked, { stdout: '', stderr: '', status: 0 });
    const strange = 'any where a == "\u202e\u0007" // \u001b[2J\n';
    assert.equal((await hoplimit(['rules', 'format', '-'], { input: strange })).stdout, strange, 'byte for byte');
    const latin1 = await hoplimit(['rules', 'format', '-'], {
      input: Buffer.from('any where a == "\u00e9"', 'latin1'),
    });
    assert.deepEqual([latin1.stdout, latin1.status], ['', 1]);
    const broken = await hoplimit(['rules', 'format', '-'], { input: 'any were a' });
    assert.equal(broken.status, 1);
    assert.match(
      broken.stderr,
      /^error\[unexpected-token\]: [\s\S]*query:1:5[\s\S]*\nhoplimit: the query cannot be formatted\n$/,
    );
    assert.equal(broken.stdout, '');
  });

  it('names what to give it where nothing is named', async () => {
    const { status, stderr } = await hoplimit(['rules', 'format']);
    assert.equal(status, 2);
    assert.match(stderr, /name rule files, folders of them, or - for a query/);
    assert.equal((await hoplimit(['rules', 'format', '-', folder.path])).status, 2);
  });

  it('follows links, and leaves them links', async () => {
    const target = folder.write('target.toml', UGLY);
    const link = join(folder.path, 'link.toml');
    symlinkSync(target, link);
    assert.equal((await hoplimit(['rules', 'format', link])).status, 0);
    assert.ok(lstatSync(link).isSymbolicLink());
    assert.equal(readFileSync(target, 'utf8'), FORMATTED);
  });

  it('a file that is no UTF-8 is told, and left as it is', async () => {
    const bytes = Buffer.from(UGLY.replace('Everything', 'Caf\u00e9'), 'latin1');
    const file = folder.write('latin1.toml', bytes);
    const { stdout, status } = await hoplimit(['rules', 'format', file]);
    assert.equal(status, 1);
    assert.match(stdout, /^error\[not-utf-8\]: is no text in UTF-8\n/);
    assert.deepEqual(readFileSync(file), bytes);
  });

  it('where there is no room on the disk, the file stays as it was, and nothing is left behind', () => {
    const path = rulesIn('full');
    // No file may grow beyond no bytes at all: what a full disk does, at the same place.
    const script = `trap '' XFSZ; ulimit -f 0; exec "$0" "$@"`;
    const args = ['-c', script, process.execPath, PROGRAM, 'rules', 'format', join(path, '1-ugly.toml')];
    const { stdout, stderr, status } = spawnSync('sh', args, { encoding: 'utf8' });
    assert.equal(status, 1, stderr);
    assert.match(stdout, /^error\[unwritable\]: cannot be written, and is as it was: .*\n --> .*1-ugly\.toml\n/);
    assert.equal(readFileSync(join(path, '1-ugly.toml'), 'utf8'), UGLY);
    assert.equal(readdirSync(path).length, 4);
  });
});

describe('rules format over the public rules', {
  skip: !existsSync(shared('elastic-rules')) && 'no shared data',
}, () => {
  it('every rule says the same as before, and a second time changes nothing', async () => {
    const before = shared('elastic-rules');
    const after = join(folder.path, 'elastic-rules');
    cpSync(before, after, { recursive: true, mode: 0 });
    const { stdout, status } = await hoplimit(['rules', 'format', after]);
    assert.equal(status, 0, stdout.slice(-2000));
    const rules = (path: string) =>
      loadRuleSet([path]).files.map(({ path: file, rule }) => ({ ...rule, file: file.slice(path.length) }));
    const formatted = rules(after);
    let queries = 0;
    for (const [index, original] of rules(before).entries()) {
      const { query: was, ...rest } = { query: '', ...original };
      const { query: is, ...same } = { query: '', ...formatted[index] };
      assert.deepEqual(same, rest);
      if (!('supported' in original) || !original.supported) continue;
      queries++;
      assert.ok(isSameQuery(was, is), rest.file);
    }
    assert.equal(queries, 1081);
    assert.equal((await hoplimit(['rules', 'format', '--check', after])).status, 0);
  });
});
