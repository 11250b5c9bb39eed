import { LINTS } from '../../eql/lint/lints.ts';

/** Every lint that concerns a rule and not its query alone, and what it finds. Each has its page in docs/lints. */
export const RULE_LINTS = {
  'category-not-in-index': 'a category that none of the listed data streams has',
  'field-not-in-index': 'a field that no listed data stream with such events has',
  'covered-index': 'an index pattern that another one of the list covers',
  'maxspan-beyond-window': 'a maxspan longer than the time that a scheduled run looks at',
  'unknown-lint': 'a comment that allows a lint that does not exist',
} as const satisfies Record<string, string>;

export type RuleLintCode = keyof typeof RULE_LINTS;

export const ALL_LINTS: Readonly<Record<string, string>> = { ...LINTS, ...RULE_LINTS };
