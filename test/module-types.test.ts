import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './support/temporary.ts';

/** What another program may write against `hoplimit/eql`, with the strictest settings that it may have. */
const PROGRAM = `
import {
  check, compile, compileSearch, compileStream, type Diagnostic, type DocumentReader, type FieldCatalogue,
  type FieldType, type FieldValue, format, isSameQuery, jsonReader, parse, type Query, type Scalar, type Span,
} from 'hoplimit/eql';

interface Login { readonly user: string; readonly ok: boolean; readonly at: number }
const reader: DocumentReader<Login> = {
  field: (name) => (name === 'user' ? (login) => login.user : name === 'ok' ? (login): FieldValue => login.ok : null),
};
const { matcher, diagnostics } = compile<Login>('any where ok', { reader });
const text: string = diagnostics.map(({ message }: Diagnostic) => message).join();
const yes: boolean | undefined = matcher?.matches({ user: 'a', ok: true, at: 1 });
const types: Record<string, FieldType | undefined> = { user: 'keyword', ok: 'boolean' };
const catalogue: FieldCatalogue = { type: (name) => types[name], names: () => Object.keys(types) };
const checked = check('sequence by user [any where ok] [any where not ok]', { catalogue });
const { compiled } = compileStream<Login>(checked, { reader, timestamp: ({ at }) => at }, ({ documents, joinKeys }) => {
  const keys: readonly (Scalar | null)[] = joinKeys;
  console.log(keys, documents.map((login) => login?.user));
});
compiled?.stream.add({ user: 'a', ok: true, at: 1 });
compiled?.stream.add({ user: 'a', ok: false, at: 2 });
compiled?.stream.end();
const { search } = compileSearch<Login>('any where ok | head 1', { reader, timestamp: ({ at }) => at });
for (const found of search?.results() ?? []) {
  console.log(found.kind === 'event' ? found.document.user : found.documents.length);
}
function steps(query: Query): number {
  switch (query.kind) {
    case 'event': return 1;
    case 'sequence':
    case 'sample': return query.steps.length;
  }
}
const { query } = parse('any where true');
const span: Span | undefined = query?.span;
console.log(text, yes, query && steps(query), span, format('any where true'), isSameQuery('a', 'b'), jsonReader());
`;

const SETTINGS = {
  compilerOptions: {
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    skipLibCheck: false,
    module: 'nodenext',
    target: 'es2023',
    lib: ['es2023', 'dom'],
    types: [],
    noEmit: true,
  },
  files: ['program.ts'],
};

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const isBuilt = existsSync(join(ROOT, 'dist/types/eql/index.d.ts'));

it('a program in strict TypeScript can be written against hoplimit/eql, and runs', {
  skip: !isBuilt && 'not built',
}, () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder.path, 'node_modules'));
  symlinkSync(ROOT, join(folder.path, 'node_modules/hoplimit'));
  folder.write('package.json', '{"type":"module"}');
  folder.write('tsconfig.json', JSON.stringify(SETTINGS));
  const program = folder.write('program.ts', PROGRAM);
  const checked = spawnSync(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder.path], {
    encoding: 'utf8',
  });
  assert.deepEqual([checked.stdout, checked.status], ['', 0]);
  const run = spawnSync(process.execPath, [program], { encoding: 'utf8' });
  assert.equal(run.stderr, '');
  assert.match(run.stdout, /^\[ 'a' \] \[ 'a', 'a' \]\n true 1 \{ start: 0, end: 14 \} any where true false/);
});
