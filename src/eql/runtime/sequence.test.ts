import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { check, compileSearch, compileStream, type JsonDocument, jsonReader } from '../index.ts';

/**
 * Sequences against a plain reference, which follows Elasticsearch's rules to the letter: it forgets nothing, looks at
 * every event for every question, and knows no stream.
 */

interface Sample extends JsonDocument {
  readonly id: number;
  readonly '@timestamp': number;
  readonly kind: string;
  readonly k: unknown;
}

interface Step {
  readonly kind: string;
  readonly missing: boolean;
  readonly runs: number;
}

interface Case {
  readonly by: '' | 'k' | '?k';
  readonly maxspan: number | null;
  readonly steps: readonly Step[];
  readonly until: string | null;
}

function textOf({ by, maxspan, steps, until }: Case): string {
  const parts = [
    'sequence',
    by && `by ${by}`,
    maxspan === null ? '' : `with maxspan=${maxspan}ms`,
    ...steps.map(
      ({ kind, missing, runs }) => `${missing ? '!' : ''}[${kind} where true]${runs > 1 ? ` with runs=${runs}` : ''}`,
    ),
    until === null ? '' : `until [${until} where true]`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

interface Candidate {
  readonly key: string;
  readonly events: readonly Sample[];
}

function keysOf(by: Case['by'], event: Sample): string[] {
  if (by === '') return [''];
  const values = (Array.isArray(event.k) ? event.k : [event.k]).filter(
    (value) => value !== null && value !== undefined,
  );
  if (values.length === 0) return by === '?k' ? ['null'] : [];
  return [...new Set(values.map(String))];
}

function reference(query: Case, unordered: readonly Sample[]): (number | null)[][] {
  const events = unordered.toSorted((a, b) => a['@timestamp'] - b['@timestamp'] || a.id - b.id);
  const maxspan = query.maxspan ?? Infinity;
  const expanded = query.steps.flatMap((step) => new Array<Step>(step.runs).fill(step));
  const present = expanded.filter((step) => !step.missing);
  const slots = new Map<string, Candidate>();
  const untils: { key: string; index: number }[] = [];
  const found: (number | null)[][] = [];
  for (const [index, event] of events.entries()) {
    for (let at = present.length - 1; at >= 0; at--) {
      if (event.kind !== present[at].kind) continue;
      for (const key of keysOf(query.by, event)) {
        const before = at === 0 ? { key, events: [] } : slots.get(`${at - 1} ${key}`);
        if (!before) continue;
        slots.delete(`${at - 1} ${key}`);
        const candidate = { key, events: [...before.events, event] };
        if (event['@timestamp'] - candidate.events[0]['@timestamp'] > maxspan) continue;
        const last = before.events.length === 0 ? Infinity : events.indexOf(before.events[before.events.length - 1]);
        if (untils.some((until) => until.key === key && until.index >= last && until.index < index)) continue;
        if (at < present.length - 1) slots.set(`${at} ${key}`, candidate);
        else if (permitted(query, candidate, events)) found.push(layout(expanded, candidate));
      }
    }
    if (event.kind === query.until) for (const key of keysOf(query.by, event)) untils.push({ key, index });
  }
  return found;
}

function layout(expanded: readonly Step[], { events }: Candidate): (number | null)[] {
  const left = [...events];
  return expanded.map((step) => (step.missing ? null : (left.shift()?.id ?? -1)));
}

function permitted(query: Case, { key, events }: Candidate, all: readonly Sample[]): boolean {
  const maxspan = query.maxspan ?? Infinity;
  const first = events[0]['@timestamp'];
  const last = events[events.length - 1]['@timestamp'];
  let start = first;
  let end = last;
  let before = 0;
  let isOpen = false;
  for (const step of query.steps) {
    if (!step.missing) {
      before += step.runs;
      continue;
    }
    const times = all
      .filter((event) => event.kind === step.kind && keysOf(query.by, event).includes(key))
      .map((event) => event['@timestamp']);
    if (before === 0) {
      start = Math.max(isOpen && start < first ? start : -Infinity, ...times.filter((time) => time < first));
      isOpen = true;
    } else if (before === events.length) {
      end = Math.min(isOpen && end > last ? end : Infinity, ...times.filter((time) => time > last));
      isOpen = true;
    } else {
      const [from, to] = [events[before - 1]['@timestamp'], events[before]['@timestamp']];
      if (times.some((time) => time > from && time < to)) return false;
    }
  }
  return !isOpen || end - start > maxspan;
}

const kind = fc.constantFrom('a', 'b', 'c');
const eventsOf = fc
  .array(
    fc.record({ '@timestamp': fc.nat(25), kind, k: fc.constantFrom('x', 'y', null, ['x', 'y'], ['x', 'x'], []) }),
    {
      maxLength: 24,
    },
  )
  .map((events): Sample[] => events.map((event, id) => ({ ...event, id })));
const step = fc.record({ kind, missing: fc.boolean(), runs: fc.constantFrom(1, 1, 1, 2) });
const caseOf: fc.Arbitrary<Case> = fc
  .record({
    by: fc.constantFrom('' as const, 'k' as const, '?k' as const),
    maxspan: fc.option(fc.integer({ min: 1, max: 12 })),
    steps: fc.array(step, { minLength: 2, maxLength: 4 }),
    until: fc.option(kind),
  })
  // One missing step at each end is what the reference can tell; more are the same as one.
  .filter(
    ({ maxspan, steps }) =>
      steps.some(({ missing }) => !missing) && (maxspan !== null || !steps.some((s) => s.missing)),
  )
  .map((one) => ({ ...one, steps: one.steps.map((s) => (s.missing ? { ...s, kind: 'c' } : s)) }));

const OPTIONS = { reader: jsonReader(), eventCategoryField: 'kind', tiebreakerField: 'id' };

function searched(query: Case, events: readonly Sample[]): (number | null)[][] {
  const { search, diagnostics } = compileSearch<JsonDocument>(textOf(query), { ...OPTIONS, size: 1000 });
  assert.ok(search, JSON.stringify(diagnostics));
  for (const event of events) search.add(event);
  return search.results().map((found) => (found.kind === 'sequence' ? ids(found.documents) : []));
}

function ids(documents: readonly (JsonDocument | null)[]): (number | null)[] {
  return documents.map((document) => (document === null ? null : Number(document.id)));
}

/** @param stops places at which the state is saved, and another stream goes on with it */
function streamed(query: Case, events: readonly Sample[], lateness: number, stops: readonly number[]): unknown[] {
  const found: unknown[] = [];
  const open = () => {
    const checked = check(textOf(query), { eventCategoryField: 'kind' });
    const limits = { lateness };
    const { compiled } = compileStream<JsonDocument>(checked, { ...OPTIONS, limits }, ({ documents }) =>
      found.push(ids(documents)),
    );
    assert.ok(compiled);
    return compiled.stream;
  };
  let stream = open();
  for (const [index, event] of events.entries()) {
    if (stops.includes(index)) {
      const saved = JSON.parse(JSON.stringify(stream.save((document) => document)));
      stream = open();
      // Safe: it is a document of this test that was saved.
      stream.restore(saved, (json) => json as JsonDocument);
    }
    stream.add(event);
    stream.tick(event['@timestamp']);
  }
  assert.equal(stream.counts.late, 0);
  stream.end();
  return found;
}

/** Events in order of time, each moved back by no more than `lateness`. */
function shuffled(events: readonly Sample[], delays: readonly number[]): Sample[] {
  const arrival = (event: Sample) => event['@timestamp'] + (delays[event.id] ?? 0);
  return events.toSorted((a, b) => arrival(a) - arrival(b) || a.id - b.id);
}

const byText = (a: unknown, b: unknown) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1);

describe('sequences', () => {
  it('over a finite set are those of the plain reference, in order', () => {
    let sequences = 0;
    fc.assert(
      fc.property(caseOf, eventsOf, (query, events) => {
        const expected = reference(query, events);
        sequences += expected.length;
        assert.deepEqual(searched(query, events), expected, textOf(query));
      }),
      { numRuns: 3000 },
    );
    assert.ok(sequences > 500, `${sequences} sequences`);
  });

  it('over a stream, with late events and a stop on the way, are the same', () => {
    const delays = fc.array(fc.nat(5), { minLength: 24, maxLength: 24 });
    const stops = fc.array(fc.nat(24), { maxLength: 2 });
    fc.assert(
      fc.property(caseOf, eventsOf, delays, stops, (query, events, late, at) => {
        const found = streamed(query, shuffled(events, late), 5, at);
        assert.deepEqual(found.toSorted(byText), reference(query, events).toSorted(byText), textOf(query));
      }),
      { numRuns: 3000 },
    );
  });
});
