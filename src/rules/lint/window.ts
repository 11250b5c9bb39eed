import { parseDateMath, windowOf } from '../date-math.ts';
import type { RuleLintContext } from './context.ts';

/** A sequence that may take longer than the time that a scheduled run looks at. */
export function lintWindow({ rule, query, inQuery }: RuleLintContext): void {
  const [from, to] = [parseDateMath(rule.from), parseDateMath(rule.to)];
  if (query.kind !== 'sequence' || query.maxspan === null || from === null || to === null) return;
  const window = windowOf(from, to);
  if (query.maxspan.millis * 1000 <= window) return;
  const message = `a scheduled run looks at ${inWords(window)}, so the events of a sequence must lie within that`;
  inQuery(
    'maxspan-beyond-window',
    query.maxspan.span,
    message,
    'move `from` back by more than maxspan, or shorten maxspan',
  );
}

/** @param micros of a window */
function inWords(micros: number): string {
  const minutes = Math.round(micros / 60_000_000);
  return minutes < 1 ? 'less than a minute' : minutes === 1 ? 'one minute' : `${minutes} minutes`;
}
