import { dirname, resolve } from 'node:path';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { JsonDocument } from '../eql/index.ts';
import { Report } from './report.ts';
import { isTable, TableReader } from './table-reader.ts';
import { parseYaml } from './yaml.ts';

/** The cases of a rule: `<rule>.test.yaml`, beside `<rule>.toml`. */
export interface TestFile {
  readonly path: string;
  readonly cases: readonly TestCase[];
}

export type TestCase = EventCase | CaptureCase;

interface CaseAttributes {
  /** A sentence on what the case holds. */
  readonly it: string;
  /** Whether the rule must match the event, or at least one event of the capture. */
  readonly matches: boolean;
}

export interface EventCase extends CaseAttributes {
  readonly kind: 'event';
  /** With dotted names; the file's defaults are merged in. */
  readonly event: JsonDocument;
}

export interface CaptureCase extends CaseAttributes {
  readonly kind: 'capture';
  /** The path of a capture file. */
  readonly capture: string;
}

/** Where the cases of a rule stand. */
export function testPathOf(rulePath: string): string {
  return rulePath.replace(/\.toml$/, '.test.yaml');
}

/** How deep an event may be nested. */
const MAX_DEPTH = 32;

/** Fields of an event, or of the defaults, which are read anew for each case. */
const MAX_FIELDS = 1000;

/**
 * Reads a test file:
 *
 *     defaults: {event.category: network}   # under every event; a null in an event takes a default away
 *     match:
 *       - it: curl reads the credentials of a role
 *         event: {process.name: curl}
 *     no_match:
 *       - it: a download
 *         capture: download.pcap            # relative to this file
 *
 * @returns a file of null where there are errors
 */
export function loadTestFile(
  text: string,
  path: string,
): { file: TestFile | null; diagnostics: readonly Diagnostic[] } {
  const { value, diagnostics, locate } = parseYaml(text);
  if (diagnostics.length > 0) return { file: null, diagnostics };
  const report = new Report(locate);
  if (!isTable(value)) {
    report.error('wrong-type', 'a test file is a table with `match`, `no_match` and `defaults`', undefined);
    return { file: null, diagnostics: report.list() };
  }
  const root = new TableReader(value, [], report);
  const defaults = readEvent(root, 'defaults');
  const cases = [
    ...root.tables('match', (member) => readCase(member, true, defaults, path)),
    ...root.tables('no_match', (member) => readCase(member, false, defaults, path)),
  ];
  root.done();
  warnOfMissing(report, cases);
  return { file: report.failed ? null : { path, cases }, diagnostics: report.list() };
}

type FlatEvent = ReadonlyMap<string, unknown>;

function readCase(table: TableReader, matches: boolean, defaults: FlatEvent, path: string): TestCase {
  const it = table.requiredString('it');
  const capture = table.string('capture');
  if (table.has('event') === table.has('capture')) {
    const message = 'a case has either `event` or `capture`';
    table.report.error('bad-case', message, table.report.valueSpan(table.path));
  }
  const event = readEvent(table, 'event');
  if (capture !== undefined) return { kind: 'capture', it, matches, capture: resolve(dirname(path), capture) };
  return {
    kind: 'event',
    it,
    matches,
    // Merged when it is wanted: many cases over large defaults would fill the memory.
    get event() {
      return merge(defaults, event);
    },
  };
}

/** The event's leaves by dotted name, whether it was written nested, dotted, or as a mix of both. */
function readEvent(table: TableReader, key: string): FlatEvent {
  const leaves = new Map<string, unknown>();
  const flatten = (value: unknown, name: string, depth: number): void => {
    if (!isTable(value)) leaves.set(name, value);
    else if (depth > MAX_DEPTH) table.error('too-deep', key, `\`${key}\` is nested deeper than ${MAX_DEPTH} levels`);
    else
      for (const [segment, below] of Object.entries(value))
        flatten(below, name === '' ? segment : `${name}.${segment}`, depth + 1);
  };
  const event = table.record(key);
  if (event !== undefined) flatten(event, '', 0);
  if (leaves.size > MAX_FIELDS) table.error('too-many-fields', key, `\`${key}\` has more than ${MAX_FIELDS} fields`);
  return leaves;
}

function merge(defaults: FlatEvent, event: FlatEvent): JsonDocument {
  const merged = new Map([...defaults, ...event]);
  return Object.fromEntries([...merged].filter(([, value]) => value !== null));
}

function warnOfMissing(report: Report, cases: readonly TestCase[]): void {
  for (const [matches, key] of [
    [true, 'match'],
    [false, 'no_match'],
  ] as const) {
    if (cases.some((one) => one.matches === matches)) continue;
    report.warning('no-case', `there is no case under \`${key}\``, undefined, 'a rule is shown right by both kinds');
  }
}
