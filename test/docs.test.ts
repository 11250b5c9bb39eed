import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { ANOMALIES } from '../src/base/anomaly.ts';
import { catalogue } from '../src/ecs/catalogue.ts';
import { HTTP_FIELDS } from '../src/ecs/http-fields.ts';
import { functionNames } from '../src/eql/functions/index.ts';
import { compile, format, type JsonDocument, jsonReader } from '../src/eql/index.ts';
import { blocks, quoted, rows, section } from './support/markdown.ts';

/** The documents say what the program does: every example of theirs is run, every table compared with its source. */

const ROOT = fileURLToPath(new URL('..', import.meta.url));

function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8');
}

function hoplimit(args: string): { stdout: string; stderr: string; status: number | null } {
  const program = `"${process.execPath}" src/cli/hoplimit.ts`;
  return spawnSync('sh', ['-c', args.replace(/\bhoplimit (?=[a-z-])/g, `${program} `)], {
    cwd: ROOT,
    encoding: 'utf8',
  });
}

const DOCUMENTS = [
  ...['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md', 'samples/README.md'],
  ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.md'))
    .map((name) => join('docs', name)),
];

describe('all documents', () => {
  it('link to files that exist', () => {
    const broken = DOCUMENTS.flatMap((document) =>
      [...read(document).matchAll(/\]\((?!https?:)([^)#]*)/g)]
        .map((match) => match[1])
        .filter((link) => link !== '' && !existsSync(join(ROOT, dirname(document), link)))
        .map((link) => `${document}: ${link}`),
    );
    assert.deepEqual(broken, []);
  });

  it('name source files that exist', () => {
    const missing = DOCUMENTS.flatMap((document) =>
      quoted(read(document))
        .filter((text) => /^(?:src|test|scripts|docs|samples|rules|bin)\/[\w./-]+$/.test(text))
        .filter((path) => !existsSync(join(ROOT, path)))
        .map((path) => `${document}: ${path}`),
    );
    assert.deepEqual(missing, []);
  });
});

describe('module examples', { skip: !existsSync(join(ROOT, 'dist/eql.js')) && 'not built' }, () => {
  const run = (example: string) => {
    const args = ['--input-type=module', '-e', example];
    const { stdout, stderr } = spawnSync(process.execPath, args, { cwd: ROOT, encoding: 'utf8' });
    assert.equal(stderr, '');
    return stdout;
  };

  it('that of README.md runs', () => {
    const [example] = blocks(read('README.md'), 'js');
    assert.equal(run(example), '[] true\n');
  });

  it('those of docs/eql.md run, and print what stands below them', () => {
    const page = section(read('docs/eql.md'), '## As a module');
    const [matcher, texts, search, stream, examples, ...others] = blocks(page, 'js');
    const [ofTexts, ofStream, ofExamples] = blocks(page, 'text');
    assert.deepEqual(others, []);
    assert.equal(run(matcher), 'true\n');
    assert.equal(run(texts), ofTexts);
    assert.match(run(search), /kind: 'sequence',\s+joinKeys: \[ 'ann' \]/);
    assert.equal(run(stream), ofStream);
    assert.equal(run(examples), ofExamples);
  });
});

describe('README.md', () => {
  const readme = read('README.md');

  it('shows what analyze prints about the sample', () => {
    const { stdout } = hoplimit('hoplimit analyze samples/credential-theft.pcap');
    const [shown] = blocks(readme, 'text');
    for (const part of shown.split(/^…\n/m)) assert.ok(stdout.includes(part), part);
  });

  it('has examples that run, and one for each command', () => {
    const examples = rows(section(readme, '## Commands')).flatMap((row) => quoted(row[2]));
    for (const example of examples) {
      const { status, stderr } = hoplimit(example);
      assert.equal(status, 0, `${example}: ${stderr}`);
    }
    const { stdout } = hoplimit('hoplimit --help');
    const commands = [...stdout.matchAll(/^ {2}([a-z]+)(?: .*)? {2}/gm)].map((match) => match[1]);
    assert.ok(commands.length > 4);
    for (const command of commands.filter((name) => name !== 'help')) {
      assert.ok(
        examples.some((example) => example.includes(`hoplimit ${command}`)),
        command,
      );
    }
  });
});

describe('ARCHITECTURE.md', () => {
  const architecture = read('ARCHITECTURE.md');

  it('is below 300 lines, and has every folder of src/ on its map', () => {
    assert.ok(architecture.split('\n').length < 300);
    const map = rows(section(architecture, '## Map')).flatMap((row) => quoted(row[0]));
    const there = readdirSync(join(ROOT, 'src'), { withFileTypes: true });
    assert.deepEqual(
      map.toSorted(),
      there.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).toSorted(),
    );
  });

  it('gives the limits that the source has', () => {
    const limits = rows(section(architecture, '## Limits'));
    assert.ok(limits.length > 20);
    for (const [name, value, , file] of limits) {
      const [limit] = quoted(name);
      const [path] = quoted(file);
      const match = new RegExp(`\\b${limit}(?:: [A-Za-z]+)?(?: =|:) ([\\d_e]+)(?: (<<|\\*) ([\\d_]+))?[,;]`).exec(
        read(path),
      );
      assert.ok(match, `${limit} in ${path}`);
      const [left, right] = [match[1], match[3] ?? '1'].map((text) => Number(text.replaceAll('_', '')));
      const actual = match[2] === '<<' ? left * 2 ** right : left * right;
      assert.equal(Number(value.replaceAll(',', '')), actual, limit);
    }
  });
});

describe('docs/anomalies.md', () => {
  it('has a line for every code, in the order of the source, and no other', () => {
    const codes = rows(read('docs/anomalies.md')).flatMap((row) => quoted(row[0]));
    assert.deepEqual(codes, Object.keys(ANOMALIES));
  });
});

describe('docs/events.md', () => {
  const page = read('docs/events.md');

  it('has a line for every field, and no other', () => {
    const headings = [
      '## What and when',
      '## Who and where',
      '## What was asked',
      '## What came back',
      '## What it means',
    ];
    const fields = headings
      .flatMap((heading) => rows(section(page, heading)))
      .flatMap((row) => quoted(row[0]))
      .filter((name) => name.startsWith('@') || name.includes('.'));
    const actual = [...HTTP_FIELDS.keys(), 'http.request.headers', 'http.response.headers'];
    assert.deepEqual(fields.toSorted(), actual.toSorted());
  });

  it('lists as not there what no event has', () => {
    for (const name of rows(section(page, '## Not here')).flatMap((row) => quoted(row[0]))) {
      assert.ok(!HTTP_FIELDS.has(name), name);
    }
  });
});

describe('docs/eql.md', () => {
  const page = read('docs/eql.md');

  function matcherOf(query: string) {
    const { matcher, diagnostics } = compile(query, { reader: jsonReader(), catalogue });
    assert.ok(matcher, `${query}: ${JSON.stringify(diagnostics)}`);
    assert.deepEqual(diagnostics, [], query);
    return matcher;
  }

  it('has queries that are valid', () => {
    // The pages of lints have queries of all kinds, with warnings: test/lints.test.ts runs them.
    const documents = DOCUMENTS.filter((document) => dirname(document) !== join('docs', 'lints'));
    for (const document of documents) for (const query of blocks(read(document), 'eql')) matcherOf(query);
  });

  it('shows the layout of the formatter', () => {
    for (const query of blocks(section(page, '## Layout'), 'eql')) assert.equal(format(query), query.trimEnd());
  });

  it('tells of conditions what they say', () => {
    const table = rows(section(page, '## Where people go wrong'));
    assert.ok(table.length > 15);
    for (const [condition, event, outcome] of table) {
      const document: JsonDocument = JSON.parse(quoted(event)[0]);
      const matches = matcherOf(`any where ${quoted(condition)[0]}`).matches(document);
      assert.equal(matches ? 'yes' : 'no', /^(?:yes|no)/.exec(outcome)?.[0], condition);
    }
  });

  it('has every function, with an example that holds', () => {
    const table = rows(section(page, '## Functions'));
    const names = table.map((row) => /^\w+/.exec(quoted(row[0])[0])?.[0]);
    assert.deepEqual(
      names,
      functionNames().toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
    );
    for (const row of table) {
      const [example] = quoted(row[2]);
      assert.ok(matcherOf(`any where ${example}`).matches({}), example);
    }
  });

  it('names the diagnostics of what is refused', () => {
    for (const [query, code] of rows(section(page, '## What is refused, and what it says'))) {
      const { matcher, diagnostics } = compile(quoted(query)[0], { reader: jsonReader(), catalogue });
      assert.equal(matcher, null, query);
      assert.equal(diagnostics[0].code, quoted(code)[0], query);
    }
  });
});
