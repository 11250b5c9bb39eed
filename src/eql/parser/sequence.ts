import type { Duration, SequenceQuery, SequenceStep } from '../ast.ts';
import type { Cursor } from './cursor.ts';
import { joinKeys, subquery } from './query.ts';

/** sequence: 'sequence' joinKeys? maxspan? step+ ('until' step)? */
export function sequence(cursor: Cursor): SequenceQuery {
  const first = cursor.advance();
  let by = joinKeys(cursor);
  const maxspan = cursor.at('with') ? maxspanOf(cursor) : null;
  if (cursor.at('by')) {
    cursor.error('maxspan', cursor.token, 'by stands before with maxspan', 'write sequence by field with maxspan=...');
    by = joinKeys(cursor);
  }
  const steps: SequenceStep[] = [];
  while (cursor.at('[') || cursor.at('![')) steps.push(step(cursor));
  if (steps.length === 0) {
    cursor.unexpected('[ and an event query', 'a sequence is: sequence by field [a where x] [b where y]');
  }
  const until = cursor.at('until') ? untilOf(cursor) : null;
  return { kind: 'sequence', by, maxspan, steps, until, pipes: [], span: cursor.spanFrom(first) };
}

function untilOf(cursor: Cursor): SequenceStep | null {
  cursor.advance();
  if (cursor.at('[') || cursor.at('![')) return step(cursor);
  cursor.unexpected('[ and an event query behind until');
  return null;
}

const UNITS: Readonly<Record<Duration['unit'], number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

function isUnit(text: string): text is Duration['unit'] {
  return Object.hasOwn(UNITS, text);
}

/** `with maxspan=30s` */
function maxspanOf(cursor: Cursor): Duration | null {
  cursor.advance();
  const known = cursor.at('maxspan');
  if (!known) {
    cursor.unexpected('maxspan behind with', cursor.atWord('runs') ? 'runs belongs behind a step' : undefined);
  }
  while (!known && !cursor.at('=') && !cursor.at('[') && !cursor.at('![') && !cursor.at('end')) cursor.advance();
  cursor.accept('maxspan');
  if (!cursor.expect('=', 'behind maxspan')) return null;
  const number = cursor.token;
  const unit = cursor.peek();
  const help = 'a whole number and one of ms, s, m, h, d, such as 30s';
  if (number.kind !== 'integer' && number.kind !== 'decimal') {
    cursor.unexpected('a time span', help);
    return null;
  }
  cursor.advance();
  const named = unit.kind === 'name' && unit.start === number.end;
  if (named) cursor.advance();
  const span = cursor.spanFrom(number);
  const value = Number(number.text);
  if (number.kind === 'decimal' || !named || !isUnit(unit.text) || value <= 0 || !Number.isSafeInteger(value)) {
    cursor.diagnostics.error('maxspan', span, `${cursor.sourceOf(span)} is not a time span`, help);
    return null;
  }
  return { value, unit: unit.text, millis: value * UNITS[unit.text], span };
}

/** `[filter] by a, b with runs=3` */
function step(cursor: Cursor): SequenceStep {
  const first = cursor.token;
  const missing = cursor.advance().kind === '![';
  const filter = subquery(cursor);
  const by = joinKeys(cursor);
  const runs = cursor.at('with') ? runsOf(cursor) : 1;
  return { filter, by, missing, runs, span: cursor.spanFrom(first) };
}

const MAX_RUNS = 100;

function runsOf(cursor: Cursor): number {
  cursor.advance();
  if (!cursor.atWord('runs')) {
    cursor.unexpected('runs behind with', cursor.at('maxspan') ? 'maxspan belongs behind sequence' : undefined);
    while (!cursor.at('[') && !cursor.at('![') && !cursor.at('until') && !cursor.at('|') && !cursor.at('end')) {
      cursor.advance();
    }
    return 1;
  }
  cursor.advance();
  if (!cursor.expect('=', 'behind runs')) return 1;
  const sign = cursor.accept('-') ? '-' : '';
  const number = cursor.token;
  if (number.kind !== 'integer' && number.kind !== 'decimal') {
    cursor.unexpected('a number of runs');
    return 1;
  }
  cursor.advance();
  const runs = Number(sign + number.text);
  if (number.kind === 'integer' && runs >= 1 && runs <= MAX_RUNS) return runs;
  const span = { start: number.start - sign.length, end: number.end };
  cursor.diagnostics.error('runs', span, `runs is a whole number from 1 to ${MAX_RUNS}`);
  return 1;
}
