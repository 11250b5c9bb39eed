/** Every lint of a query, and what it finds. Each has its page in docs/lints. Codes are stable. */
export const LINTS = {
  // what can never matter
  'never-holds': 'a condition, or one choice of several, that no event can meet',
  'always-holds': 'a condition, or a part of one, that every event meets',
  'needless-condition': 'a part that other parts say already',
  'needless-exclusion': 'an exception for events that the rest of the query leaves out anyway',
  // lists and wildcards
  'covered-value': 'an entry of a list that another entry covers',
  'lone-wildcard': 'a pattern that any value matches',
  'repeated-wildcard': '** where * says the same',
  'wildcard-in-equality': 'a wildcard where it is taken literally',
  // regular expressions
  'regex-anchor': '^ or $ where they are plain characters',
  'needless-regex': 'a regular expression that says what a wildcard or a text says',
  // text
  'accidental-escape': 'a path with a single backslash that became a control character',
  'doubled-backslash': 'a path with doubled backslashes in a raw string',
  'unexpected-value': 'a value that the field does not have, but nearly',
  'unexpected-form': 'a value that a field of its kind is never written as',
  // form
  'double-negation': 'not before what is negated already',
  'mixed-and-or': 'and beside or, without parentheses',
  'list-instead-of-or': 'the same field compared again and again',
  // cost
  'asked-of-every-event': 'a condition that no text of an event leads to',
  'any-category': 'any, where a category could be named',
  // sequences
  'no-maxspan': 'a sequence without an end in time',
  'no-join-key': 'a sequence whose events need have nothing in common',
} as const satisfies Record<string, string>;

export type LintCode = keyof typeof LINTS;
