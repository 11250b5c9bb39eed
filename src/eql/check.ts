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

/** Parses a query and checks what it means. The query is null where there are syntax errors. */
export function check(text: string, options: CheckOptions = {}): { query: Query | null; diagnostics: Diagnostic[] } {
  const { query, diagnostics } = parse(text);
  if (!query || hasErrors(diagnostics)) return { query, diagnostics };
  const found = new Diagnostics();
  const unknownFields = options.unknownFields ?? 'warning';
  checkQuery(query, { fields: fieldTypesOf(options), diagnostics: found, unknownFields, regexParts: 0 });
  return { query, diagnostics: [...diagnostics, ...found.list()] };
}

export function fieldTypesOf(options: CheckOptions): FieldTypes {
  return fieldTypes(options.catalogue, options.unknownFields === 'error');
}

export const DEFAULT_CATEGORY_FIELD = 'event.category';
