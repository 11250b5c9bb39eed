import { hasErrors, renderDiagnostic } from '../base/diagnostic.ts';
import type { DocumentReader } from '../base/field.ts';
import { withShownValues } from '../detect/explain.ts';
import { catalogue } from '../ecs/catalogue.ts';
import type { Mapping } from '../ecs/mapping.ts';
import {
  type CompiledFilter,
  compileSearch,
  type ResultPosition,
  requiredFieldsOf,
  type Search,
  SearchLimitError,
} from '../eql/index.ts';
import { LineEvents } from '../ingest/line-events.ts';
import { type AnyEvent, anyEventReader, millisOfEvent } from './any-event.ts';
import type { TrafficOptions } from './captures.ts';
import { readEventFiles } from './event-files.ts';
import { CommandError, EXIT, type ExitStatus } from './exit.ts';
import { explanationText } from './explanation-text.ts';
import { lossesText } from './losses-text.ts';
import { mappingFrom } from './mapping-files.ts';
import { stderr, stdout } from './output.ts';
import { countText, plural } from './progress.ts';
import { foundJson, foundText } from './query-text.ts';
import { styleFor } from './style.ts';
import { UnseenFields } from './unseen-fields.ts';

export interface QueryOptions extends TrafficOptions {
  readonly size: number;
  readonly resultPosition: ResultPosition;
  readonly maxSamplesPerKey: number;
  readonly eventCategoryField: string;
  readonly timestampField: string;
  readonly tiebreakerField?: string;
  readonly mapping?: readonly string[];
  readonly explain?: boolean;
  readonly json?: boolean;
}

/** `hoplimit query`: what an EQL query of any kind finds, by time. */
export async function query(eql: string, paths: readonly string[], options: QueryOptions): Promise<ExitStatus> {
  const lines = new LineEvents();
  const reading = readingFor(options, lines);
  const search = searchFor(eql, options, reading);
  const unseen = new UnseenFields(requiredFieldsOf(search.query), reading.reader, true);
  const style = styleFor(stdout);
  const misses = options.explain ? new Set(search.filters) : null;
  if (options.explain) for (const line of planText(search)) stdout.line(line);
  let events = 0;
  const take = (event: AnyEvent) => {
    events++;
    search.add(event);
    unseen.look(event);
    for (const filter of misses ?? []) {
      if (filter.matches(event)) continue;
      misses?.delete(filter);
      stdout.line(style('bold', `The first event that ${nameOf(search, filter)} does not match:`));
      for (const line of explanationText(withShownValues(filter.explain(event), event), style)) stdout.line(line);
    }
  };
  try {
    await readEventFiles(paths, options, { lines, onHttpEvent: take, onDocument: take });
  } catch (error) {
    if (error instanceof SearchLimitError) throw new CommandError(error.message);
    throw error;
  }
  const results = search.results();
  const losses = lossesText(search.losses);
  if (losses !== '') stderr.line(`hoplimit: the query may have missed something: ${losses}`);
  for (const field of unseen.fields) {
    const near = unseen.near(field);
    const help = near.length > 0 ? `; there is ${near.join(', ')}` : '';
    stderr.line(`hoplimit: no event has the field ${field}${help}`);
  }
  stderr.flush();
  if (options.json) {
    for (const found of results) stdout.line(JSON.stringify(foundJson(search.query, found)));
    return EXIT.done;
  }
  for (const line of foundText(search.query, results, style)) stdout.line(line);
  stdout.line(style('bold', summary(search, results.length, events, options)));
  return EXIT.done;
}

function summary(search: Search<AnyEvent>, shown: number, events: number, options: QueryOptions): string {
  const { count, query: parsed } = search;
  const which = options.resultPosition === 'head' ? 'first' : 'latest';
  const part =
    parsed.pipes.length > 0 ? `${countText(shown)} shown` : `the ${which} ${countText(shown)} shown (--size)`;
  const rest = shown < count ? `, ${part}` : '';
  if (parsed.kind === 'event') return `${countText(count)} of ${countText(events)} events match${rest}.`;
  return `${plural(count, parsed.kind)} in ${countText(events)} events${rest}.`;
}

/** How events are read, and the mapping where there is one. */
interface Reading {
  readonly reader: DocumentReader<AnyEvent>;
  readonly mapping: Mapping | null;
}

function readingFor(options: QueryOptions, lines: LineEvents): Reading {
  const reader = anyEventReader(lines);
  const mapping = mappingFrom(options.mapping ?? []);
  return { mapping, reader: mapping ? mapping.reader(reader) : reader };
}

function searchFor(eql: string, options: QueryOptions, { reader, mapping }: Reading): Search<AnyEvent> {
  const { search, diagnostics } = compileSearch<AnyEvent>(eql, {
    reader,
    hold: (event) => event.keep(),
    catalogue: mapping ?? catalogue,
    unknownFields: mapping ? 'error' : 'warning',
    eventCategoryField: options.eventCategoryField,
    size: options.size,
    resultPosition: options.resultPosition,
    maxSamplesPerKey: options.maxSamplesPerKey,
    ...(options.timestampField === '@timestamp'
      ? { timestamp: millisOfEvent }
      : { timestampField: options.timestampField }),
    ...(options.tiebreakerField !== undefined && { tiebreakerField: options.tiebreakerField }),
  });
  for (const diagnostic of diagnostics) stderr.line(`${renderDiagnostic(diagnostic, eql, 'query')}\n`);
  stderr.flush();
  if (search === null || hasErrors(diagnostics)) throw new CommandError('the query cannot be run', EXIT.usage);
  return search;
}

/** What each filter of the query does, in order. */
function planText(search: Search<AnyEvent>): string[] {
  const style = styleFor(stdout);
  return search.filters.flatMap((filter) => {
    const title = search.query.kind === 'event' ? 'Plan:' : `Plan of ${nameOf(search, filter)}:`;
    return [style('bold', title), filter.plan()];
  });
}

function nameOf(search: Search<AnyEvent>, filter: CompiledFilter<AnyEvent>): string {
  const { query: parsed, filters } = search;
  if (parsed.kind === 'event') return 'the query';
  const index = filters.indexOf(filter);
  return index < parsed.steps.length ? `step ${index + 1}` : 'until';
}
