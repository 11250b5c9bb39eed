import type { Scalar } from '../../base/field.ts';
import type { ValueType } from '../values/type.ts';
import { addressCandidates } from './addresses.ts';
import { type Constants, constantsOf } from './constants.ts';
import { dateCandidates } from './dates.ts';
import { neighbours } from './neighbours.ts';
import { numberCandidates } from './numbers.ts';
import type { Asker, Question } from './question.ts';
import { textCandidates, textInLanguage } from './texts.ts';
import type { Variable } from './variable.ts';
import { versionCandidates } from './versions.ts';

/** Values that one field of an event may have. */
const MAX_VALUES = 1_000;

/** Values that are tried for one variable, one after the other. */
const MAX_CANDIDATES = 5_000;

/**
 * Values of one variable that answer all questions as they must be: what it has already, or something near that; none;
 * one value; or, where no single value will do, several that share the work, since a condition is met where one of a
 * field's values meets it. Null where none were found.
 * @param start what the variable has in the example that this one is to be near to
 */
export function valuesFor(
  variable: Variable,
  questions: readonly Question[],
  start: readonly Scalar[],
  asker: Asker,
): readonly Scalar[] | null {
  const answers = (values: readonly Scalar[]) => answersAll(variable, questions, values, asker);
  if (start.length > 0) {
    if (answers(start)) return start;
    for (const values of neighbours(start, [...variable.types])) if (answers(values)) return values;
  } else if (answers([])) {
    return [];
  }
  const single = singleValue(variable, questions, asker);
  if (single !== null) return [single];
  if (answers([])) return [];
  const several = severalValues(variable, questions, asker);
  return several !== null && answers(several) ? several : null;
}

function answersAll(
  variable: Variable,
  questions: readonly Question[],
  values: readonly Scalar[],
  asker: Asker,
): boolean {
  const assignment = new Map([[variable, values]]);
  return questions.every((question) => asker.reached(question, assignment));
}

function singleValue(variable: Variable, questions: readonly Question[], asker: Asker): Scalar | null {
  const tried = new Set<Scalar>();
  const answers = (value: Scalar) => answersAll(variable, questions, [value], asker);
  for (const value of candidates(variable, questions)) {
    if (tried.has(value)) continue;
    if (tried.size === MAX_CANDIDATES) break;
    tried.add(value);
    if (answers(value)) return value;
  }
  if (!mayBeText(variable.types)) return null;
  return textInLanguage(
    questions,
    (question, text) => asker.reached(question, new Map([[variable, [text]]])),
    (parts) => asker.spend(parts),
  );
}

/** For each question that asks for a value, one that answers it and none of those wrongly that forbid values. */
function severalValues(variable: Variable, questions: readonly Question[], asker: Asker): readonly Scalar[] | null {
  const asking = questions.filter(({ wanted, leaf }) => wanted && leaf.kind !== 'missing');
  if (asking.length < 2) return null;
  const forbidding = questions.filter((question) => !asking.includes(question));
  const values: Scalar[] = [];
  for (const question of asking) {
    if (answersAll(variable, [question], values, asker)) continue;
    const value = singleValue(variable, [question, ...forbidding], asker);
    if (value === null || values.length === MAX_VALUES) return null;
    values.push(value);
  }
  return values;
}

/** Values worth a try: what the conditions name and what lies beside it, what the field's name suggests, and usual ones. */
function* candidates(variable: Variable, questions: readonly Question[]): Generator<Scalar> {
  const constants = constantsOf(questions);
  for (const type of kindsOf(variable.types, constants)) {
    switch (type) {
      case 'string':
        yield* textCandidates(questions, variable.preferred);
        break;
      case 'integer':
      case 'double':
        yield* preferredOf(variable, 'number');
        yield* numberCandidates(constants, type === 'integer');
        break;
      case 'boolean':
        yield true;
        yield false;
        break;
      case 'date':
        yield* variable.preferred;
        yield* dateCandidates(constants.all);
        break;
      case 'ip':
        yield* preferredOf(variable, 'string');
        yield* addressCandidates(constants.all);
        break;
      case 'version':
        yield* preferredOf(variable, 'string');
        yield* versionCandidates(constants.all);
        break;
      case 'null':
      case 'unknown':
        break;
    }
  }
}

function preferredOf({ preferred }: Variable, type: 'string' | 'number'): Scalar[] {
  return preferred.filter((value) => typeof value === type);
}

const KINDS: readonly ValueType[] = ['string', 'double', 'boolean', 'ip', 'date'];

/**
 * What a field may hold. A text may be an address where a function asks for it; a field of which no catalogue knows the
 * type may hold anything, first what it is compared with.
 */
function kindsOf(types: ReadonlySet<ValueType>, { first, composed }: Constants): readonly ValueType[] {
  const known = [...types].filter((type) => type !== 'unknown' && type !== 'null');
  if (known.length > 0) {
    return known.some(isTextual) ? [...known, 'string', ...(composed.length > 0 ? (['ip'] as const) : [])] : known;
  }
  const hint = typeof first === 'number' ? 'double' : typeof first === 'boolean' ? 'boolean' : 'string';
  return [hint, ...KINDS.filter((kind) => kind !== hint)];
}

function isTextual(type: ValueType): boolean {
  return type === 'string' || type === 'version';
}

function mayBeText(types: ReadonlySet<ValueType>): boolean {
  return types.has('unknown') || [...types].some(isTextual);
}
