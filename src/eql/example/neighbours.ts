import type { Scalar } from '../../base/field.ts';
import { parseBlock } from '../values/ip.ts';
import type { ValueType } from '../values/type.ts';
import { addressCandidates } from './addresses.ts';
import { dateCandidates } from './dates.ts';

/** Categories that events may have, for one that is of another. */
const CATEGORIES = ['process', 'file', 'network'];

/** Values that differ little from those given: one of several left out, or the only one changed a little. */
export function* neighbours(values: readonly Scalar[], types: readonly ValueType[]): Generator<readonly Scalar[]> {
  if (values.length > 1) {
    for (const left of values) yield values.filter((value) => value !== left);
  }
  const [value] = values;
  if (typeof value === 'number') for (const one of [value + 1, value - 1]) yield [one];
  if (typeof value === 'boolean') yield [!value];
  if (typeof value !== 'string') return;
  if (types.includes('ip')) {
    // The address itself is among them.
    if (parseBlock(value)) for (const one of addressCandidates([value])) yield [one];
  } else if (types.includes('date')) {
    for (const one of dateCandidates([value])) yield [one];
  } else if (types.includes('version')) {
    yield [`${value}.1`];
  } else {
    for (const one of textsNear(value)) yield [one];
  }
}

function* textsNear(text: string): Generator<string> {
  if (CATEGORIES.includes(text)) yield* CATEGORIES;
  yield `${text}x`;
  yield `x${text}`;
  if (text.length > 1) {
    yield text.slice(0, -1);
    yield text.slice(1);
  }
  const middle = text.length >>> 1;
  yield `${text.slice(0, middle)}x${text.slice(middle)}`;
}
