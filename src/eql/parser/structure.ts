import type { Query, SampleQuery, SequenceQuery } from '../ast.ts';
import type { Diagnostics } from '../codes.ts';

/** Steps of a sequence, those of `runs` counted each, and of a sample. */
const MAX_SEQUENCE_STEPS = 256;

/** Join keys of an event, those of the query and those of its step together. */
const MAX_JOIN_KEYS = 50;

/** Rules on how a sequence or a sample is put together that no single production can see. */
export function checkStructure(query: Query, diagnostics: Diagnostics): void {
  switch (query.kind) {
    case 'event':
      return;
    case 'sequence':
      checkSequence(query, diagnostics);
      checkJoinKeys([...query.steps, ...(query.until ? [query.until] : [])], query.by.length, diagnostics);
      return;
    case 'sample':
      checkSample(query, diagnostics);
      checkJoinKeys(query.steps, query.by.length, diagnostics);
      return;
  }
}

function checkSequence(query: SequenceQuery, diagnostics: Diagnostics): void {
  const count = query.steps.reduce((sum, step) => sum + step.runs, 0);
  if (count < 2) {
    const help = 'add a step, or write an event query';
    diagnostics.error('sequence-steps', query.span, 'a sequence has at least two steps', help);
  } else if (count > MAX_SEQUENCE_STEPS) {
    const message = `a sequence has at most ${MAX_SEQUENCE_STEPS} steps, this one has ${count}`;
    diagnostics.error('sequence-steps', query.span, message, 'each run counts as a step');
  }
  const missing = query.steps.find((step) => step.missing);
  if (missing && !query.maxspan) {
    const message = 'a sequence with missing events needs a time in which they are missing';
    diagnostics.error('missing-event', missing.span, message, 'write sequence with maxspan=...');
  }
  if (missing && query.steps.every((step) => step.missing)) {
    diagnostics.error('missing-event', query.span, 'a sequence has at least one step that is not missing');
  }
  if (query.until?.missing) {
    diagnostics.error('missing-event', query.until.span, 'until cannot be a missing event', 'write [ instead of ![');
  }
  if (query.until && query.until.runs > 1) {
    diagnostics.error('runs', query.until.span, 'until has no runs');
  }
}

function checkSample(query: SampleQuery, diagnostics: Diagnostics): void {
  if (query.steps.length < 2) {
    diagnostics.error('sequence-steps', query.span, 'a sample has at least two steps');
  } else if (query.steps.length > MAX_SEQUENCE_STEPS) {
    const message = `a sample has at most ${MAX_SEQUENCE_STEPS} steps, this one has ${query.steps.length}`;
    diagnostics.error('sequence-steps', query.span, message);
  }
  if (query.by.length === 0 && query.steps.every((step) => step.by.length === 0)) {
    diagnostics.error('sample', query.span, 'a sample needs a join key', 'write sample by field [...] [...]');
  }
}

function checkJoinKeys(
  steps: readonly { by: readonly unknown[]; span: { start: number; end: number } }[],
  shared: number,
  diagnostics: Diagnostics,
): void {
  const expected = steps[0]?.by.length ?? 0;
  if (shared + expected > MAX_JOIN_KEYS) {
    const message = `events are joined by at most ${MAX_JOIN_KEYS} fields, these by ${shared + expected}`;
    diagnostics.error('too-many-fields', steps[0].span, message);
  }
  for (const step of steps) {
    if (step.by.length === expected) continue;
    const message = `this step has ${shared + step.by.length} join keys, the first has ${shared + expected}`;
    diagnostics.error('join-key-count', step.span, message, 'every step has the same number of keys behind by');
  }
}
