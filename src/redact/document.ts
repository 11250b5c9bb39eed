import { redactArguments, redactCommandLine } from './arguments.ts';
import { redactHeaderValue } from './header.ts';
import { isPlaceholder, looksLikeSecret, nameSays } from './names.ts';
import { REDACTED } from './redacted.ts';
import { redactKnownShapes } from './shapes.ts';
import { redactText } from './text.ts';
import { redactQuery, redactUrl } from './url.ts';

/** Objects and arrays within one another that are followed. */
const MAX_DEPTH = 48;
/** Values of one document that are looked at. */
const MAX_VALUES = 100_000;
/** Characters of one document that are looked at. */
const MAX_CHARACTERS = 8_000_000;

/** What is left to spend on one document. */
interface Budget {
  values: number;
  characters: number;
}

/**
 * A JSON document (an ECS event, an audit log's record) without its secrets, judged by key names and by the values'
 * shapes. Gives a new document; what is too deep or too much to look at is replaced whole.
 */
export function redactDocument(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return redactObject(document, '', 0, { values: MAX_VALUES, characters: MAX_CHARACTERS });
}

function redactObject(object: object, role: string, depth: number, budget: Budget): Record<string, unknown> {
  const headers = /headers$/i.test(role);
  // fromEntries defines own properties, so that a key `__proto__` is a key like any other.
  return Object.fromEntries(
    Object.entries(object).map(([key, value]) => {
      const name = key.slice(key.lastIndexOf('.') + 1) || key;
      const header = headers || /(?:^|\.)headers\./i.test(key);
      return [
        redactText(key),
        redactValue(value, header ? { header: name } : { key: name, within: role }, depth, budget),
      ];
    }),
  );
}

/** Where a value stands: under a header's name, or under a key within an object that itself stands under `within`. */
type Place = { readonly header: string } | { readonly key: string; readonly within: string };

function redactValue(value: unknown, place: Place, depth: number, budget: Budget): unknown {
  if (--budget.values < 0 || depth > MAX_DEPTH) return REDACTED;
  switch (typeof value) {
    case 'string':
      budget.characters -= value.length;
      return budget.characters < 0 ? REDACTED : redactString(value, place);
    case 'number':
    case 'bigint':
      return 'key' in place && /pass(?:word|wd|code)?$|pin$|otp$/i.test(place.key) ? REDACTED : value;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return redactArray(value, place, depth, budget);
      return redactObject(value, 'key' in place ? place.key : '', depth + 1, budget);
    default:
      return value;
  }
}

function redactArray(values: readonly unknown[], place: Place, depth: number, budget: Budget): unknown[] {
  if (
    'key' in place &&
    /^(?:args|argv|arguments)$/i.test(place.key) &&
    values.every((value) => typeof value === 'string')
  ) {
    for (const value of values) budget.characters -= value.length;
    budget.values -= values.length;
    return budget.characters < 0 || budget.values < 0 ? [REDACTED] : redactArguments(values);
  }
  return values.map((value) => redactValue(value, place, depth + 1, budget));
}

function redactString(value: string, place: Place): string {
  if ('header' in place) return redactHeaderValue(place.header, value);
  switch (nameSays(place.key)) {
    case 'secret':
      if (/(?:authorization|cookie)$/i.test(place.key)) return redactHeaderValue(place.key, value);
      return isPlaceholder(value) ? value : REDACTED;
    case 'perhaps':
      return looksLikeSecret(value) ? REDACTED : redactText(value);
    case 'public':
      return redactKnownShapes(value);
    case null:
      return redactPlain(value, place);
  }
}

function redactPlain(value: string, { key, within }: { key: string; within: string }): string {
  if (/^(?:query|query_?string)$/i.test(key)) return redactQuery(value);
  if (/^(?:full|original|path)$/.test(key) && /url/i.test(within)) return redactUrl(value);
  if (/(?:ur[li]|href|referr?er|location|endpoint)$/i.test(key)) return redactUrl(value);
  return /^(?:command_?line|cmd_?line|title)$/i.test(key) ? redactCommandLine(value) : redactText(value);
}
