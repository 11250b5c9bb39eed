import { fold } from '../values/text.ts';
import { textOf } from './conversion.ts';
import type { FunctionDefinition, Value } from './definition.ts';

/** Functions that make a string, or a length, of strings. */

/** UTF-16 code units, as in Java. */
const length: FunctionDefinition = {
  name: 'length',
  parameters: [{ name: 'text', type: 'string' }],
  hasInsensitiveForm: false,
  returns: () => 'integer',
  prepare:
    () =>
    ([text]) =>
      typeof text === 'string' ? text.length : null,
};

/** Positions below zero count from the end; what is out of range is cut; a null position is the default. */
const substring: FunctionDefinition = {
  name: 'substring',
  parameters: [
    { name: 'source', type: 'string' },
    { name: 'start', type: 'integer', nullAllowed: true },
    { name: 'end', type: 'integer', optional: true, nullAllowed: true },
  ],
  hasInsensitiveForm: false,
  returns: () => 'string',
  prepare:
    () =>
    ([text, start, end = null]) => {
      if (typeof text !== 'string') return null;
      return text.slice(typeof start === 'number' ? start : 0, typeof end === 'number' ? end : text.length);
    },
};

/**
 * The text between the first `left` and the `right` that follows it, or with `greedy` the last `right`. Null where there
 * is none: Elasticsearch's tests have null, its documentation the empty string.
 */
const between: FunctionDefinition = {
  name: 'between',
  parameters: [
    { name: 'source', type: 'string' },
    { name: 'left', type: 'string' },
    { name: 'right', type: 'string' },
    { name: 'greedy', type: 'boolean', optional: true },
  ],
  hasInsensitiveForm: true,
  returns: () => 'string',
  prepare:
    (insensitive) =>
    ([text, left, right, greedy = false]) => {
      if (typeof text !== 'string' || typeof left !== 'string' || typeof right !== 'string') return null;
      if (typeof greedy !== 'boolean') return null;
      if (text === '') return '';
      const searched = insensitive ? fold(text) : text;
      const opening = insensitive ? fold(left) : left;
      const closing = insensitive ? fold(right) : right;
      const open = searched.indexOf(opening);
      if (open < 0) return null;
      const from = open + opening.length;
      const to = greedy ? searched.lastIndexOf(closing) : searched.indexOf(closing, from);
      return to < from ? null : text.slice(from, to);
    },
};

/** Its arguments one after the other as text; null where one is null. */
const concat: FunctionDefinition = {
  name: 'concat',
  parameters: [{ name: 'value', type: 'any', repeated: true }],
  hasInsensitiveForm: false,
  returns: () => 'string',
  prepare(_insensitive, _constants, types) {
    return (args) => {
      let joined = '';
      for (let i = 0; i < args.length; i++) {
        const text: Value = textOf(args[i], types[i]);
        if (text === null) return null;
        joined += text;
      }
      return joined;
    };
  },
};

export const extractFunctions: readonly FunctionDefinition[] = [length, substring, between, concat];
