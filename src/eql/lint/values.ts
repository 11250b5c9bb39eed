import { nearest } from '../../base/nearest.ts';
import { type EventFilter, type Expression, filtersOf, type Literal } from '../ast.ts';
import { DEFAULT_CATEGORY_FIELD } from '../check.ts';
import { orient } from '../scalar.ts';
import { fold } from '../values/text.ts';
import { expressionsOf, type LintContext } from './context.ts';
import { hasWildcard } from './value-set.ts';

/** Values that a field does not have, by what the catalogue and its name say of it. */
export function lintValues(context: LintContext): void {
  for (const filter of filtersOf(context.query)) lintCategory(filter, context);
  for (const expression of expressionsOf(context.query)) {
    const asked = askedOf(expression);
    if (asked === null) continue;
    for (const value of asked.values) {
      lintExpected(asked, value, context);
      lintForm(asked, value, context);
    }
  }
}

/** ECS leaves no room for categories of one's own. */
function lintCategory({ category, categorySpan }: EventFilter, { fields, categoryField, report }: LintContext): void {
  const expected = fields.catalogue?.expectedValues?.(categoryField);
  if (category === null || expected === undefined || expected.includes(category)) return;
  const near = nearest(category, expected, 1)[0];
  // Words of another field may be those of the data source.
  if (near === undefined && categoryField !== DEFAULT_CATEGORY_FIELD) return;
  const help = near === undefined ? `it is one of ${expected.join(', ')}` : `did you mean ${near}?`;
  report('unexpected-value', categorySpan, `ECS has no ${categoryField} ${category}`, help);
}

interface Asked {
  readonly field: string;
  readonly insensitive: boolean;
  readonly values: readonly Literal[];
}

/** What a field is compared with as a whole: by equality, or by patterns. */
function askedOf(expression: Expression): Asked | null {
  switch (expression.kind) {
    case 'comparison': {
      const { operator, left, right } = orient(expression);
      if ((operator !== '==' && operator !== '!=') || left.kind !== 'field' || right.kind !== 'literal') return null;
      return { field: left.name, insensitive: false, values: [right] };
    }
    case 'in': {
      const { operand, values, insensitive } = expression;
      if (operand.kind !== 'field') return null;
      return { field: operand.name, insensitive, values: values.filter((value) => value.kind === 'literal') };
    }
    case 'pattern': {
      const { operand, operator, patterns } = expression;
      if (operand.kind !== 'field' || operator.startsWith('regex')) return null;
      return { field: operand.name, insensitive: operator !== 'like', values: patterns };
    }
    default:
      return null;
  }
}

/** Data sources have words of their own beside those of ECS, so only what is nearly one of these is a mistake. */
function lintExpected({ field, insensitive }: Asked, { value, span }: Literal, { fields, report }: LintContext): void {
  const expected = fields.catalogue?.expectedValues?.(field);
  if (expected === undefined || typeof value !== 'string' || hasWildcard(value) || expected.includes(value)) return;
  if (insensitive && expected.includes(fold(value))) return;
  const near = nearest(value, expected, 1)[0];
  if (near === undefined) return;
  const isCase = fold(value) === near;
  const message = isCase ? `case counts here, and ${field} is "${near}"` : `"${value}" is no value of ${field}`;
  report('unexpected-value', span, message, `did you mean "${near}"?`);
}

interface Form {
  readonly field: RegExp;
  /** What is wrong with a text, or null. */
  problem(text: string): { readonly message: string; readonly help: string } | null;
}

const HEX_DIGITS: Readonly<Record<string, number | undefined>> = {
  md5: 32,
  sha1: 40,
  sha256: 64,
  sha384: 96,
  sha512: 128,
};

/** How ECS says that the values of some fields are written. */
const FORMS: readonly Form[] = [
  {
    field: /(?:^|\.)(?:file|url)\.extension$/,
    problem: (text) =>
      /^\.\w/.test(text) ? { message: 'an extension has no dot before it', help: `write "${text.slice(1)}"` } : null,
  },
  ...Object.entries(HEX_DIGITS).map(([name, digits]) => ({
    field: new RegExp(`(?:^|\\.)hash\\.${name}$`),
    problem: (text: string) =>
      hasWildcard(text) || (text.length === digits && /^[0-9a-f]*$/i.test(text))
        ? null
        : { message: `this is no ${name.toUpperCase()}`, help: `it has ${digits} hexadecimal digits` },
  })),
];

function lintForm({ field }: Asked, { value, span }: Literal, { report }: LintContext): void {
  if (typeof value !== 'string') return;
  const problem = FORMS.find((form) => form.field.test(field))?.problem(value);
  if (problem) report('unexpected-form', span, `${problem.message}, so ${field} never has this value`, problem.help);
}
