import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SRC = join(ROOT, 'src');

/** The stages in the order of the data's way: each imports only from those before it. */
const STAGES = [
  'base',
  'redact',
  'capture',
  'decode',
  'stream',
  'http',
  'metadata',
  'ecs',
  'ingest',
  'eql',
  'rules',
  'detect',
  'pipeline.ts',
  'cli',
];

/** What a stage must never know, though it stands before it. */
const NEVER: Readonly<Record<string, readonly string[]>> = {
  capture: ['redact'],
  decode: ['redact'],
  stream: ['redact'],
  http: ['redact'],
  metadata: ['capture', 'decode', 'stream'],
  eql: STAGES.filter((stage) => stage !== 'base' && stage !== 'eql'),
  rules: ['redact', 'capture', 'decode', 'stream', 'http', 'metadata', 'ingest'],
  detect: ['capture', 'decode', 'stream', 'http'],
};

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));

function stageOf(path: string): string {
  return path.split(sep)[0];
}

function importsOf(file: string): string[] {
  const text = readFileSync(join(SRC, file), 'utf8');
  return [...text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)].map((match) =>
    relative(SRC, join(SRC, dirname(file), match[1])),
  );
}

describe('import directions', () => {
  it('every file is of a stage', () => {
    for (const file of files) assert.ok(STAGES.includes(stageOf(file)), `${file} is of no stage`);
  });

  it('a stage imports only from stages before it, and nothing that it must not know', () => {
    const wrong: string[] = [];
    for (const file of files.filter((name) => !/\.(test|bench)\.ts$/.test(name))) {
      const from = stageOf(file);
      for (const imported of importsOf(file)) {
        const to = stageOf(imported);
        const isLater = STAGES.indexOf(to) > STAGES.indexOf(from);
        const isForbidden = NEVER[from]?.includes(to) ?? false;
        if (to !== from && (isLater || isForbidden)) wrong.push(`${file} imports ${imported}`);
      }
    }
    assert.deepEqual(wrong, []);
  });
});

describe('the text of the project', () => {
  const texts = [
    ...files.map((file) => join('src', file)),
    ...['README.md', 'ARCHITECTURE.md', 'CHANGELOG.md'],
    ...readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.md'))
      .map((name) => join('docs', name)),
  ];

  it('has no line of nothing but promises', () => {
    const promise = /\b(TODO|FIXME|XXX|HACK|not implemented)\b/;
    const found = texts.filter((file) => promise.test(readFileSync(join(ROOT, file), 'utf8')));
    assert.deepEqual(found, []);
  });

  it('every source file is below 400 lines', () => {
    const long = files.filter((file) => {
      const lines = readFileSync(join(SRC, file), 'utf8').split('\n').length;
      return lines > 400 && !/\.(generated|test)\.ts$/.test(file);
    });
    assert.deepEqual(long, []);
  });
});
