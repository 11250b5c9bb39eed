import { hasErrors, renderDiagnostic } from '../base/diagnostic.ts';
import type { DocumentReader, FieldValue } from '../base/field.ts';
import { isoFromMicros } from '../base/time.ts';
import { explainEvent } from '../detect/explain.ts';
import { printable } from '../detect/printable.ts';
import { catalogue } from '../ecs/catalogue.ts';
import type { Event } from '../ecs/event.ts';
import { httpEventReader } from '../ecs/http-event.ts';
import { compile, fieldsOf, type Matcher } from '../eql/index.ts';
import { documentEventReader } from '../ingest/document-event.ts';
import type { TrafficOptions } from './captures.ts';
import { readEventFiles } from './event-files.ts';
import { CommandError, EXIT, type ExitStatus } from './exit.ts';
import { explanationText } from './explanation-text.ts';
import { LatestEvents } from './latest-events.ts';
import { stderr, stdout } from './output.ts';
import { countText } from './progress.ts';
import { styleFor } from './style.ts';
import { table } from './text.ts';

export interface QueryOptions extends TrafficOptions {
  readonly size: number;
  readonly eventCategoryField: string;
  readonly timestampField: string;
  readonly tiebreakerField?: string;
  readonly explain?: boolean;
  readonly json?: boolean;
}

/** `hoplimit query`: the events that an EQL query matches, by time; the latest `size` of them. */
export async function query(eql: string, paths: readonly string[], options: QueryOptions): Promise<ExitStatus> {
  const onHttp = matcherFor(eql, httpEventReader, options, true);
  const onDocuments = matcherFor(eql, documentEventReader, options, false);
  const found = new LatestEvents(options.size, options.timestampField, options.tiebreakerField);
  const style = styleFor(stdout);
  let events = 0;
  let firstMiss: Event | null = null;
  const take = <E extends Event>(matcher: Matcher<E>, event: E) => {
    events++;
    if (matcher.matches(event)) {
      found.add(event);
    } else if (options.explain && firstMiss === null) {
      firstMiss = event;
      stdout.line(style('bold', 'The first event that does not match:'));
      for (const line of explanationText(explainEvent(matcher, event), style)) stdout.line(line);
    }
  };
  if (options.explain) stdout.line(`${style('bold', 'Plan:')}\n${onDocuments.plan()}`);
  await readEventFiles(paths, options, {
    onHttpEvent: (event) => take(onHttp, event),
    onDocument: (event) => take(onDocuments, event),
  });
  const results = found.inOrder();
  if (options.json) {
    for (const event of results) stdout.line(JSON.stringify({ event }));
    return EXIT.done;
  }
  for (const line of resultTable(results, fieldsOf(onDocuments.query))) stdout.line(line);
  const shown = results.length < found.count ? `, the latest ${countText(results.length)} shown (--size)` : '';
  stdout.line(style('bold', `${countText(found.count)} of ${countText(events)} events match${shown}.`));
  return EXIT.done;
}

/** @param reports whether this compilation is the one that tells of the query's mistakes */
function matcherFor<E extends Event>(
  eql: string,
  reader: DocumentReader<E>,
  options: QueryOptions,
  reports: boolean,
): Matcher<E> {
  const { matcher, diagnostics } = compile(eql, { reader, catalogue, eventCategoryField: options.eventCategoryField });
  if (reports) {
    for (const diagnostic of diagnostics) stderr.line(`${renderDiagnostic(diagnostic, eql, 'query')}\n`);
    stderr.flush();
  }
  if (matcher === null || hasErrors(diagnostics)) throw new CommandError('the query cannot be run', EXIT.usage);
  return matcher;
}

/** Columns of the table beside the time. */
const MAX_COLUMNS = 6;

function resultTable(events: readonly Event[], fields: readonly string[]): string[] {
  if (events.length === 0) return [];
  const columns = fields.filter((field) => events.some((event) => cell(event.get(field)) !== '')).slice(0, MAX_COLUMNS);
  const rows = events.map((event) => [timeCell(event), ...columns.map((field) => cell(event.get(field)))]);
  return table([['@timestamp', ...columns], ...rows]);
}

/** Of an event without a time that can be read, what it has instead. */
function timeCell(event: Event): string {
  return event.time === 0 ? cell(event.get('@timestamp')) : isoFromMicros(event.time);
}

function cell(value: FieldValue): string {
  if (value === null || value === undefined) return '';
  return printable(typeof value === 'object' ? value.join(', ') : String(value));
}
