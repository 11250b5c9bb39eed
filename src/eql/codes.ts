import type { Diagnostic, Span } from '../base/diagnostic.ts';

/** Every code that a diagnostic of a query may have, and what it means. Codes are stable. */
export const CODES = {
  // text
  'query-too-long': 'the text is longer than any query may be',
  'invalid-character': 'a character that no part of the language uses',
  'single-quotes': 'a string in single quotes',
  'old-regex-string': 'a string written ?"..." or ?\'...\'',
  'unterminated-string': 'a string without its closing quote',
  'unterminated-name': 'a backtick without its pair',
  'unterminated-comment': 'a block comment without its end',
  'invalid-escape': 'a backslash sequence that is not one of the language',
  // syntax
  'unexpected-token': 'something else was expected here',
  'keyword-case': 'a keyword that is not in lower case',
  'reserved-word': 'a keyword used as a field name',
  'single-equals': '= where == or : is meant',
  'foreign-operator': 'an operator of another language',
  'chained-comparison': 'a < b < c',
  'negated-operator': 'not before an operator that has no negated form',
  'not-a-constant': 'a pattern that is not a constant',
  'array-index': 'a field with an index',
  lineage: 'child of, descendant of, event of',
  join: 'the join query',
  'unknown-pipe': 'a pipe other than head and tail',
  'pipe-argument': 'a pipe without its number',
  'too-deep': 'more nesting than the limit',
  'too-many-operators': 'more arithmetic than the limit',
  'field-name-too-long': 'a field name longer than any may be',
  'too-many-fields': 'more fields in one expression or to join by, or more expressions over several, than the limit',
  maxspan: 'a time span that cannot be read',
  runs: 'a repetition that cannot be read, or is out of range',
  'join-key': 'a join key that is not a field',
  'join-key-count': 'steps with different numbers of join keys',
  'join-key-type': 'join keys of types that can never be equal',
  'sequence-steps': 'too few or too many steps',
  'missing-event': '![...] where it cannot be',
  sample: 'a part that samples do not have',
  // meaning
  'unknown-field': 'a field that the catalogue does not have',
  'unsupported-field': 'a field of a type that cannot be queried',
  'unknown-function': 'a function that does not exist',
  'unsupported-function': 'a function of older engines',
  'case-sensitive-only': 'a ~ after a function that has no such form',
  'argument-count': 'too few or too many arguments',
  'type-mismatch': 'a value of the wrong type',
  'not-a-condition': 'a value that is neither true nor false',
  'field-comparison': 'two fields compared with each other',
  'invalid-date': 'a string that is no date, compared with a date',
  'invalid-ip': 'a string that is no address, compared with an address',
  'invalid-cidr': 'a string that is no address block',
  'invalid-regex': 'a regular expression that cannot be read',
  'regex-too-complex': 'a regular expression that needs too many states',
  'division-by-zero': 'a constant division by zero',
  'not-an-event-query': 'a sequence, a sample or a pipe, where only event queries run',
  // examples
  'no-example': 'no events were found that match the query',
} as const satisfies Record<string, string>;

export type Code = keyof typeof CODES;

/** Diagnostics that are kept of one query; more would not be read. */
export const MAX_DIAGNOSTICS = 50;

/** Collects diagnostics in the order of their place in the text, up to `MAX_DIAGNOSTICS`. */
export class Diagnostics {
  readonly #list: Diagnostic[] = [];

  get hasErrors(): boolean {
    return this.#list.some((diagnostic) => diagnostic.severity === 'error');
  }

  error(code: Code, span: Span, message: string, help?: string): void {
    this.add('error', code, span, message, help);
  }

  /** @param help where it takes time to find, how to find it when somebody reads it */
  add(severity: Diagnostic['severity'], code: Code, span: Span, message: string, help?: string | (() => string)): void {
    if (this.#list.length >= MAX_DIAGNOSTICS) return;
    if (typeof help === 'function') this.#list.push(withHelp({ severity, code, span, message }, help));
    else
      this.#list.push(help === undefined ? { severity, code, span, message } : { severity, code, span, message, help });
  }

  list(): Diagnostic[] {
    return this.#list.toSorted((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
  }
}

function withHelp(diagnostic: Diagnostic, find: () => string): Diagnostic {
  let found: string | null = null;
  return {
    ...diagnostic,
    get help() {
      found ??= find();
      return found;
    },
  };
}
