import type { Diagnostic, Span } from '../base/diagnostic.ts';
import type { FieldCatalogue } from '../base/field.ts';
import { nearest } from '../base/nearest.ts';
import { catalogue as ecsCatalogue } from '../ecs/catalogue.ts';
import { checkedQuery, type QueryOptions } from './checked-query.ts';
import type { EqlRule } from './rule.ts';
import type { TableReader } from './table-reader.ts';
import { endInString, offsetInString } from './toml-positions.ts';

/** Reports what is wrong with the rule's query, at its place in the text of the file. */
export function reportQuery(rule: EqlRule, table: TableReader, text: string, options: QueryOptions): void {
  const catalogue = options.catalogue ?? ecsCatalogue;
  const diagnostics = checkedQuery(rule, options).diagnostics.filter(
    (diagnostic) => !isOfOtherSource(diagnostic, rule.query, catalogue),
  );
  if (diagnostics.length === 0) return;
  // To find the place of a value takes a look at the whole file.
  const literal = table.report.valueSpan([...table.path, 'query']);
  for (const diagnostic of diagnostics) table.report.add(placeInFile(diagnostic, text, literal));
}

/** Short names are near to too many others for that to mean anything. */
const MIN_MISSPELT = 4;

/**
 * The query names a field that the catalogue cannot know: of a group of which it knows nothing (`winlog.event_id`), or
 * one of somebody's own, which ECS advises to begin with a capital letter (`process.Ext.token`). It is most likely right.
 */
function isOfOtherSource({ code, severity, span }: Diagnostic, query: string, catalogue: FieldCatalogue): boolean {
  if (code !== 'unknown-field' || severity !== 'warning' || span === undefined) return false;
  const name = query.slice(span.start, span.end).replaceAll(/[?`]/g, '');
  if (/\.[A-Z]/.test(name)) return true;
  const [group, ...rest] = name.split('.');
  if (rest.length === 0) return false;
  const { known, foreign } = groupsOf(catalogue);
  if (known.has(group)) return false;
  let isForeign = foreign.get(group);
  if (isForeign === undefined) {
    isForeign = group.length < MIN_MISSPELT || nearest(group, known, 1).length === 0;
    if (foreign.size < MAX_GROUPS) foreign.set(group, isForeign);
  }
  return isForeign;
}

/** The first segments of names. */
interface Groups {
  /** Those of the catalogue. */
  readonly known: ReadonlySet<string>;
  /** Others that have been met: whether they are of another source, and no misspelt ones. */
  readonly foreign: Map<string, boolean>;
}

/** Groups that are remembered. */
const MAX_GROUPS = 10_000;

const groupsByCatalogue = new WeakMap<FieldCatalogue, Groups>();

function groupsOf(catalogue: FieldCatalogue): Groups {
  let groups = groupsByCatalogue.get(catalogue);
  if (groups === undefined) {
    groups = { known: new Set(Array.from(catalogue.names(), (name) => name.split('.', 1)[0])), foreign: new Map() };
    groupsByCatalogue.set(catalogue, groups);
  }
  return groups;
}

/** The diagnostic of a query with its span in the file: the text holds the query as a string of TOML at `literal`. */
export function placeInFile(diagnostic: Diagnostic, text: string, literal: Span | undefined): Diagnostic {
  if (literal === undefined) return diagnostic;
  if (diagnostic.span === undefined) return { ...diagnostic, span: literal };
  const { start, end } = diagnostic.span;
  const from = offsetInString(text, literal, start);
  const to = end > start ? endInString(text, literal, end) : from;
  return { ...diagnostic, span: { start: from, end: to } };
}
