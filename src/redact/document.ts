import { redactArguments, redactCommandLine } from './arguments.ts';
import { redactHeaderValue } from './header.ts';
import { isIdentifier } from './identifiers.ts';
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
/** Characters of one text that are looked at: in longer ones the regular expression engine may run out of stack. */
const MAX_TEXT = 1_000_000;

/** Characters of a place's path that are kept; the end is what tells. */
const MAX_PATH = 256;

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

function redactObject(object: object, path: string, depth: number, budget: Budget): Record<string, unknown> {
  const entries = Object.entries(object);
  const pairName = entries.find(
    ([key, value]) => /^(?:name|key|parameterKey)$/i.test(key) && typeof value === 'string',
  );
  // fromEntries defines own properties, so that a key `__proto__` is a key like any other.
  return Object.fromEntries(
    entries.map(([key, value]) => {
      // In `{ "name": "password", "value": "…" }` it is the name's value that says what the value is.
      const named = pairName && /^(?:value|parameterValue)$/i.test(key) ? String(pairName[1]) : key;
      return [
        key.length > MAX_TEXT ? REDACTED : redactText(key),
        redactValue(value, placeOf(named, path), depth, budget),
      ];
    }),
  );
}

/** Where a value stands. Dots in a key part it as objects do. */
interface Place {
  /** The last part. */
  readonly key: string;
  /** All of it. */
  readonly path: string;
  /** `key` is the name of an HTTP header. */
  readonly header: boolean;
}

function placeOf(key: string, within: string): Place {
  const path = within === '' ? key : `${within.slice(-MAX_PATH)}.${key}`;
  return { key: key.slice(key.lastIndexOf('.') + 1), path, header: /headers\.[^.]*$/i.test(path) };
}

function redactValue(value: unknown, place: Place, depth: number, budget: Budget): unknown {
  if (--budget.values < 0 || depth > MAX_DEPTH) return REDACTED;
  switch (typeof value) {
    case 'string':
      budget.characters -= value.length;
      return budget.characters < 0 || value.length > MAX_TEXT ? REDACTED : redactString(value, place);
    case 'number':
    case 'bigint':
      return /(?:password|passwd|passcode|pin|otp)$/i.test(place.key) ? REDACTED : value;
    case 'object':
      if (value === null) return null;
      if (Array.isArray(value)) return redactArray(value, place, depth, budget);
      return redactObject(value, place.path, depth + 1, budget);
    default:
      return value;
  }
}

function redactArray(values: readonly unknown[], place: Place, depth: number, budget: Budget): unknown[] {
  if (/^(?:args|argv|arguments)$/i.test(place.key) && values.every((value) => typeof value === 'string')) {
    for (const value of values) budget.characters -= value.length;
    budget.values -= values.length;
    const isTooMuch = budget.characters < 0 || budget.values < 0 || values.some((value) => value.length > MAX_TEXT);
    return isTooMuch ? [REDACTED] : redactArguments(values);
  }
  return values.map((value) => redactValue(value, place, depth + 1, budget));
}

function redactString(value: string, place: Place): string {
  if (place.header) return redactHeaderValue(place.key, value);
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

function redactPlain(value: string, { key, path }: Place): string {
  if (isIdentifier(path, value)) return redactKnownShapes(value);
  if (/^(?:query|query_?string)$/i.test(key)) return redactQuery(value);
  if (/url\.(?:full|original|path)$/i.test(path)) return redactUrl(value);
  if (/(?:ur[li]|href|referr?er|location|endpoint)$/i.test(key)) return redactUrl(value);
  return /^(?:command_?line|cmd_?line|title)$/i.test(key) ? redactCommandLine(value) : redactText(value);
}
