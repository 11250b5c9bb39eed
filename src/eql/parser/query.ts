import type { Span } from '../../base/diagnostic.ts';
import type { EventFilter, EventQuery, Field, Query, SampleQuery, SampleStep } from '../ast.ts';
import { isKeyword } from '../token.ts';
import type { Cursor } from './cursor.ts';
import { expression } from './expression.ts';
import { fixKeywordCase } from './foreign.ts';
import { pipes } from './pipe.ts';
import { field, isFieldStart, nothing } from './primary.ts';
import { sequence } from './sequence.ts';

const FORM = 'an event query is: category where condition, or: any where condition';

/** statement: query pipe* */
export function statement(cursor: Cursor): Query | null {
  const query = queryHead(cursor);
  if (query === null) return null;
  const { start } = query.span;
  const piped = pipes(cursor);
  if (!cursor.at('end')) {
    cursor.unexpected(`${query.kind === 'event' ? '' : 'a step, '}a pipe or the end of the query`);
  }
  const last = piped.at(-1);
  return { ...query, pipes: piped, span: { start, end: last ? last.span.end : query.span.end } };
}

function queryHead(cursor: Cursor): Query | null {
  const token = cursor.token;
  switch (token.kind) {
    case 'sequence':
      return sequence(cursor);
    case 'sample':
      return sample(cursor);
    case 'join':
      cursor.error(
        'join',
        token,
        'join is not supported',
        'write a sequence where the order of the events is known, or a sample where it is not',
      );
      return null;
    case 'end':
      cursor.unexpected('a query', FORM);
      return null;
    default:
      return eventQuery(cursor);
  }
}

function eventQuery(cursor: Cursor): EventQuery {
  const filter = eventFilter(cursor);
  return { kind: 'event', filter, pipes: [], span: filter.span };
}

/** `category where condition` */
function eventFilter(cursor: Cursor): EventFilter {
  const first = cursor.token;
  const { category, span: categorySpan } = eventCategory(cursor);
  if (!cursor.at('where') && !fixKeywordCase(cursor, 'where')) {
    const isCondition = cursor.at('.') || cursor.at('==') || cursor.at(':') || cursor.at('!=');
    const help = isCondition ? 'write any where before the condition to take events of any category' : FORM;
    cursor.unexpected('where behind the event category', help);
    cursor.skipTo('where', '|');
    if (!cursor.at('where')) {
      return { category, categorySpan, condition: nothing(cursor), span: cursor.spanFrom(first) };
    }
  }
  cursor.accept('where');
  const condition = expression(cursor);
  return { category, categorySpan, condition, span: cursor.spanFrom(first) };
}

function eventCategory(cursor: Cursor): { category: string | null; span: Span } {
  const token = cursor.token;
  const span = { start: token.start, end: token.end };
  switch (token.kind) {
    case 'any':
      cursor.advance();
      return { category: null, span };
    case 'name':
    case 'string':
      cursor.advance();
      return { category: token.text, span };
    default:
      if (isKeyword(token.kind) && cursor.peek().kind === 'where') {
        cursor.error('reserved-word', token, `${token.kind} is a keyword`, `write "${token.kind}" where ...`);
        cursor.advance();
        return { category: token.text, span };
      }
      cursor.unexpected('an event category', 'a name, a string in double quotes, or any');
      return { category: null, span };
  }
}

/** joinKeys: 'by' field (',' field)*; empty where there is no `by`. */
export function joinKeys(cursor: Cursor): Field[] {
  const keys: Field[] = [];
  if (!cursor.accept('by')) return keys;
  do {
    if (isFieldStart(cursor) && cursor.peek().kind !== '(') {
      keys.push(field(cursor));
      continue;
    }
    const wrong = expression(cursor);
    cursor.diagnostics.error('join-key', wrong.span, 'a join key is a field, perhaps with ? before it');
  } while (cursor.accept(','));
  return keys;
}

function sample(cursor: Cursor): SampleQuery {
  const first = cursor.advance();
  const by = joinKeys(cursor);
  const steps: SampleStep[] = [];
  if (cursor.at('with')) sampleOnly(cursor, 'maxspan');
  while (cursor.at('[') || cursor.at('![')) steps.push(sampleStep(cursor));
  if (steps.length === 0) {
    cursor.unexpected('[ and an event query', 'a sample is: sample by field [a where x] [b where y]');
  }
  if (cursor.at('until')) sampleOnly(cursor, 'until');
  return { kind: 'sample', by, steps, pipes: [], span: cursor.spanFrom(first) };
}

function sampleStep(cursor: Cursor): SampleStep {
  const first = cursor.token;
  if (first.kind === '![') cursor.error('sample', first, 'a sample has no missing events', 'write [ instead of ![');
  cursor.advance();
  const filter = subquery(cursor);
  const by = joinKeys(cursor);
  const span = cursor.spanFrom(first);
  if (cursor.at('with')) sampleOnly(cursor, 'runs');
  return { filter, by, span };
}

function sampleOnly(cursor: Cursor, what: string): void {
  cursor.error('sample', cursor.token, `a sample has no ${what}`, 'only sequences have it');
  cursor.advance();
  while (!cursor.at('[') && !cursor.at('![') && !cursor.at('|') && !cursor.at('end')) cursor.advance();
}

/** The rest of `[ eventFilter ]`, its opening bracket taken. Where the closing one is missing, the next step goes on. */
export function subquery(cursor: Cursor): EventFilter {
  const open = cursor.previous;
  const filter = eventFilter(cursor);
  if (cursor.accept(']')) return filter;
  if (cursor.at('end')) cursor.error('unexpected-token', open, `this ${open.text} is not closed`);
  else cursor.unexpected('] after the event query');
  if (!cursor.at('[') && !cursor.at('![')) cursor.skipTo(']', '[', '![');
  cursor.accept(']');
  return filter;
}
