import type { LintContext } from './context.ts';

/** Sequences that remember events for ever, or relate what has nothing in common. */
export function lintSequences({ query, report }: LintContext): void {
  if (query.kind !== 'sequence') return;
  const [first] = query.steps;
  const word = { start: query.span.start, end: query.span.start + 'sequence'.length };
  if (query.maxspan === null) {
    const message = 'its events may lie any time apart, and each beginning is remembered until its end';
    report('no-maxspan', word, message, 'say how far apart they may be: sequence by … with maxspan=5m');
  }
  if (query.by.length === 0 && first.by.length === 0 && query.steps.length > 1) {
    const message = 'nothing joins the events: those of all hosts and users are related to each other';
    report('no-join-key', word, message, 'write what they share: sequence by host.id');
  }
}
