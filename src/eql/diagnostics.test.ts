import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { renderDiagnostic } from '../base/diagnostic.ts';
import { CODES, type Code } from './codes.ts';
import { compile } from './index.ts';
import { catalogueOf, type Flat, flatReader } from './support.test.ts';

/**
 * What people read when a query is wrong. Each file in cases/diagnostics holds a sentence, a query and the text that is
 * printed; `strict` in the first line makes unknown fields errors. UPDATE_CASES=1 writes the texts anew.
 */

const folder = fileURLToPath(new URL('./cases/diagnostics/', import.meta.url));

const catalogue = catalogueOf({
  '@timestamp': 'date',
  'process.name': 'keyword',
  'process.parent.name': 'keyword',
  'process.command_line': 'wildcard',
  'process.pid': 'long',
  'process.args': 'keyword',
  'event.sequence': 'long',
  'event.category': 'keyword',
  'destination.ip': 'ip',
  'host.id': 'keyword',
  'user.id': 'keyword',
  'process.exit': 'boolean',
  'package.version': 'version',
  message: 'match_only_text',
  user: 'object',
});

interface Case {
  readonly sentence: string;
  readonly query: string;
  readonly printed: string;
}

function readCase(text: string): Case {
  const [sentence, query, printed] = text.split(/^-{4}\n/m);
  return { sentence, query: query.replace(/\n$/, ''), printed: printed ?? '' };
}

function print({ sentence, query }: Case): string {
  const unknownFields = sentence.startsWith('strict') ? 'error' : 'warning';
  const { diagnostics } = compile<Flat>(query, { reader: flatReader, catalogue, unknownFields });
  return diagnostics.map((diagnostic) => `${renderDiagnostic(diagnostic, query, 'query')}\n`).join('\n');
}

/** Codes of limits that no readable file can reach, in hostile.test.ts; and that of examples, in example.test.ts. */
const ELSEWHERE: readonly Code[] = [
  'query-too-long',
  'too-deep',
  'too-many-operators',
  'field-name-too-long',
  'too-many-fields',
  'no-example',
];

test('diagnostics read as their cases say, and every code has one', () => {
  const seen = new Set<string>(ELSEWHERE);
  for (const file of readdirSync(folder)) {
    const path = `${folder}/${file}`;
    const one = readCase(readFileSync(path, 'utf8'));
    const printed = print(one);
    for (const [, code] of printed.matchAll(/^(?:error|warning)\[(.*?)\]/gm)) seen.add(code);
    if (process.env.UPDATE_CASES) writeFileSync(path, [one.sentence, `${one.query}\n`, printed].join('----\n'));
    else assert.equal(printed, one.printed, file);
  }
  assert.deepEqual(
    Object.keys(CODES).filter((code) => !seen.has(code)),
    [],
  );
});
