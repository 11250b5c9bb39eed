import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import type { FieldCatalogue } from '../base/field.ts';
import type { Query } from './ast.ts';
import { Diagnostics } from './codes.ts';
import { parse } from './parser/parse.ts';
import { checkQuery } from './semantic/check.ts';
import { type FieldTypes, fieldTypes } from './semantic/types.ts';

export interface CheckOptions {
  catalogue?: FieldCatalogue;
  /**
   * A field that the catalogue does not have: `error` where the catalogue is complete, as a mapping is in Elasticsearch;
   * `warning` (the default) where documents may have more fields than it knows.
   */
  unknownFields?: 'error' | 'warning';
  /** The field that the category before `where` is looked for in; `event.category` by default. */
  eventCategoryField?: string;
}

/** A query that was parsed and checked, and with what. */
export interface CheckedQuery {
  readonly text: string;
  /** Null where there are syntax errors. */
  readonly query: Query | null;
  readonly diagnostics: Diagnostic[];
  readonly options: CheckOptions;
}

/** Parses a query and checks what it means. */
export function check(text: string, options: CheckOptions = {}): CheckedQuery {
  const { query, diagnostics } = parse(text);
  if (!query || hasErrors(diagnostics)) return { text, query, diagnostics, options };
  const found = new Diagnostics();
  const unknownFields = options.unknownFields ?? 'warning';
  checkQuery(query, {
    fields: fieldTypesOf(options),
    diagnostics: found,
    unknownFields,
    warned: new Set(),
    regexParts: 0,
    combining: 0,
  });
  return { text, query, diagnostics: [...diagnostics, ...found.list()], options };
}

export function fieldTypesOf(options: CheckOptions): FieldTypes {
  return fieldTypes(options.catalogue, options.unknownFields === 'error');
}

export const DEFAULT_CATEGORY_FIELD = 'event.category';
