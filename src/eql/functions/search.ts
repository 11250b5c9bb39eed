import { fold, foldedAt, indexOfFolded } from '../values/text.ts';
import type { FunctionDefinition, Parameter } from './definition.ts';

/** Functions that look for one string in another. */

const source: Parameter = { name: 'source', type: 'string' };
const substring: Parameter = { name: 'substring', type: 'string' };

type Test = (source: string, wanted: string) => boolean;

function test(name: string, exact: Test, folded: Test): FunctionDefinition {
  return {
    name,
    parameters: [source, substring],
    hasInsensitiveForm: true,
    returns: () => 'boolean',
    prepare(insensitive, [, constant]) {
      if (!insensitive) {
        return ([text, wanted]) =>
          typeof text === 'string' && typeof wanted === 'string' ? exact(text, wanted) : null;
      }
      const known = typeof constant === 'string' ? fold(constant) : null;
      return ([text, wanted]) =>
        typeof text === 'string' && typeof wanted === 'string' ? folded(text, known ?? fold(wanted)) : null;
    },
  };
}

const startsWith = test(
  'startsWith',
  (text, wanted) => text.startsWith(wanted),
  (text, wanted) => text.length >= wanted.length && foldedAt(text, 0, wanted),
);

const endsWith = test(
  'endsWith',
  (text, wanted) => text.endsWith(wanted),
  (text, wanted) => text.length >= wanted.length && foldedAt(text, text.length - wanted.length, wanted),
);

/** Nothing contains the empty string, though everything starts and ends with it. */
const stringContains = test(
  'stringContains',
  (text, wanted) => wanted !== '' && text.includes(wanted),
  (text, wanted) => wanted !== '' && indexOfFolded(text, wanted, 0) >= 0,
);

/** Where the substring first stands at or after the start; null where it does not. */
const indexOf: FunctionDefinition = {
  name: 'indexOf',
  parameters: [source, substring, { name: 'start', type: 'integer', optional: true, nullAllowed: true }],
  hasInsensitiveForm: true,
  returns: () => 'integer',
  prepare(insensitive) {
    return ([text, wanted, start = null]) => {
      if (typeof text !== 'string' || typeof wanted !== 'string') return null;
      // A null start is the default, as Elasticsearch's tests have it; its documentation says null.
      const from = typeof start === 'number' ? Math.max(0, start) : 0;
      if (from > text.length) return null;
      const at = insensitive ? indexOfFolded(text, fold(wanted), from) : text.indexOf(wanted, from);
      return at < 0 ? null : at;
    };
  },
};

export const searchFunctions: readonly FunctionDefinition[] = [startsWith, endsWith, stringContains, indexOf];
