import { nearest } from '../../base/nearest.ts';
import type { Pipe } from '../ast.ts';
import type { Token } from '../token.ts';
import type { Cursor } from './cursor.ts';

/** pipe*: `| head 10 | tail 5` */
export function pipes(cursor: Cursor): Pipe[] {
  const result: Pipe[] = [];
  while (cursor.at('|')) {
    const read = pipe(cursor);
    if (read) result.push(read);
  }
  return result;
}

function pipe(cursor: Cursor): Pipe | null {
  const first = cursor.advance();
  const name = cursor.token;
  if (name.kind !== 'name' || (name.text !== 'head' && name.text !== 'tail')) {
    unknownPipe(cursor, name);
    return null;
  }
  cursor.advance();
  const count = cursor.token;
  const next = cursor.peek().kind;
  if (count.kind !== 'integer' || (next !== '|' && next !== 'end') || !Number.isSafeInteger(Number(count.text))) {
    cursor.error('pipe-argument', count, `${name.text} takes one whole number, 0 or more`, `write | ${name.text} 10`);
    skipToPipe(cursor);
    return null;
  }
  cursor.advance();
  return { name: name.text, count: Number(count.text), span: cursor.spanFrom(first) };
}

/** Pipes of older engines. */
const OLD_PIPES = ['count', 'filter', 'sort', 'unique', 'unique_count', 'fork'];

function unknownPipe(cursor: Cursor, name: Token): void {
  if (name.kind !== 'name') {
    cursor.unexpected('the name of a pipe', 'there are head and tail');
  } else if (OLD_PIPES.includes(name.text)) {
    const help =
      name.text === 'filter' ? 'put its condition into the query; there are head and tail' : 'there are head and tail';
    cursor.error('unknown-pipe', name, `the pipe ${name.text} is not supported`, help);
  } else {
    const close = nearest(name.text, ['head', 'tail'], 1);
    const help = close.length > 0 ? `did you mean ${close[0]}?` : 'there are head and tail';
    cursor.error('unknown-pipe', name, `there is no pipe ${name.text}`, help);
  }
  skipToPipe(cursor);
}

function skipToPipe(cursor: Cursor): void {
  while (!cursor.at('|') && !cursor.at('end')) cursor.advance();
}
