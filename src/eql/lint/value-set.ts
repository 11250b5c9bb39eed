import type { Scalar } from '../../base/field.ts';
import type { Leaf } from '../condition.ts';
import { patternTest } from '../pattern.ts';
import { booleanOrder, type Domain, toNumber } from '../values/compare.ts';
import { fold } from '../values/text.ts';
import type { TextTest } from '../wildcard/general.ts';
import { exactTest } from '../wildcard/list.ts';
import type { Budget } from './budget.ts';
import { Coverage } from './covers.ts';

/** The values of a field for which a leaf holds, as far as sets of them are compared here. */
export type ValueSet = TextSet | NumberSet;

interface TextSet {
  readonly kind: 'text';
  readonly insensitive: boolean;
  /** Texts without wildcards; in lower case where case is ignored. */
  readonly texts: readonly string[];
  /** Patterns with wildcards; likewise. */
  readonly patterns: readonly string[];
  readonly has: TextTest;
}

interface NumberSet {
  readonly kind: 'number';
  readonly ranges: readonly Range[];
}

interface Range {
  readonly least: number;
  readonly most: number;
  /** `least` or `most` is itself not in the range. */
  readonly open: boolean;
}

/** Null where it cannot be told. */
export function valueSetOf(leaf: Leaf): ValueSet | null {
  switch (leaf.kind) {
    case 'missing':
    case 'composed':
      return null;
    case 'comparison':
      if (leaf.domain === 'number') return { kind: 'number', ranges: [rangeOf(leaf.operator, toNumber(leaf.value))] };
      return leaf.operator === '==' ? textsOf(leaf.domain, [leaf.value], false) : null;
    case 'member':
      if (leaf.domain !== 'number') return textsOf(leaf.domain, leaf.values, leaf.insensitive);
      return { kind: 'number', ranges: leaf.values.map((value) => rangeOf('==', toNumber(value))) };
    case 'pattern': {
      if (leaf.operator.startsWith('regex') || !isTextual(leaf.domain, leaf.patterns)) return null;
      const insensitive = leaf.operator !== 'like';
      const written = insensitive ? leaf.patterns.map(fold) : leaf.patterns;
      const [patterns, texts] = [written.filter(hasWildcard), written.filter((text) => !hasWildcard(text))];
      return { kind: 'text', insensitive, texts, patterns, has: patternTest(leaf.operator, leaf.patterns) };
    }
  }
}

export function hasWildcard(text: string): boolean {
  return /[*?]/.test(text);
}

function textsOf(domain: Domain, values: readonly Scalar[], insensitive: boolean): TextSet | null {
  if (!isTextual(domain, values)) return null;
  const texts = values.map((value) => (insensitive ? fold(String(value)) : String(value)));
  return { kind: 'text', insensitive, texts, patterns: [], has: exactTest(values.map(String), insensitive) };
}

/** Where the type of a field is not known, a text that a number or a truth value equals may mean that as well. */
function isTextual(domain: Domain, values: readonly Scalar[]): boolean {
  if (domain === 'string') return true;
  if (domain !== 'dynamic') return false;
  return values.every(
    (value) => typeof value === 'string' && Number.isNaN(toNumber(value)) && Number.isNaN(booleanOrder(value)),
  );
}

function rangeOf(operator: '==' | '<' | '<=' | '>' | '>=', value: number): Range {
  const isBelow = operator === '<' || operator === '<=';
  const isAbove = operator === '>' || operator === '>=';
  return {
    least: isBelow ? Number.NEGATIVE_INFINITY : value,
    most: isAbove ? Number.POSITIVE_INFINITY : value,
    open: operator === '<' || operator === '>',
  };
}

/** The comparisons that two sets take. */
export function comparisonsOf(a: ValueSet, b: ValueSet): number {
  return sizeOf(a) * sizeOf(b);
}

function sizeOf(set: ValueSet): number {
  return set.kind === 'number' ? set.ranges.length : set.texts.length + set.patterns.length;
}

/** Every value of `inner` is one of `outer`. Never true where that is not so. */
export function isWithin(inner: ValueSet, outer: ValueSet, budget: Budget): boolean {
  if (inner.kind === 'number' || outer.kind === 'number') {
    if (inner.kind !== 'number' || outer.kind !== 'number') return false;
    return inner.ranges.every((range) => outer.ranges.some((wider) => isRangeWithin(range, wider)));
  }
  const ignoresMore = inner.insensitive && !outer.insensitive;
  if (ignoresMore && [...inner.texts, ...inner.patterns].some((text) => /[a-z]/.test(text))) return false;
  if (!inner.texts.every(outer.has)) return false;
  const coverages = outer.patterns.map((pattern) => new Coverage(pattern));
  return inner.patterns.every((pattern) => {
    const comparable = outer.insensitive ? fold(pattern) : pattern;
    return coverages.some((coverage) => coverage.covers(comparable, budget));
  });
}

/** No value is in both. Never true where one may be. */
export function areDisjoint(a: ValueSet, b: ValueSet): boolean {
  if (a.kind === 'number' || b.kind === 'number') {
    if (a.kind !== 'number' || b.kind !== 'number') return false;
    return a.ranges.every((one) => b.ranges.every((other) => !overlap(one, other)));
  }
  // Texts of one side against all of the other; patterns of both sides may have values in common.
  if (a.patterns.length > 0 && b.patterns.length > 0) return false;
  const [exact, other] = a.patterns.length === 0 ? [a, b] : [b, a];
  return !exact.texts.some((text) => mayHave(other, text, exact.insensitive || other.insensitive));
}

/** @param insensitive one of the sets ignores case, so that any case of `text` counts */
function mayHave(set: TextSet, text: string, insensitive: boolean): boolean {
  if (!insensitive || set.insensitive) return set.has(text);
  return patternTest('like~', set.patterns)(text) || exactTest(set.texts, true)(text);
}

function isRangeWithin(inner: Range, outer: Range): boolean {
  if (inner.least < outer.least || inner.most > outer.most) return false;
  if (!outer.open || inner.open) return true;
  return !isSameEnd(inner.least, outer.least) && !isSameEnd(inner.most, outer.most);
}

function isSameEnd(a: number, b: number): boolean {
  return a === b && Number.isFinite(a);
}

function overlap(a: Range, b: Range): boolean {
  const least = Math.max(a.least, b.least);
  const most = Math.min(a.most, b.most);
  if (least !== most) return least < most;
  return has(a, least) && has(b, least);
}

function has(range: Range, value: number): boolean {
  if (value < range.least || value > range.most) return false;
  return !range.open || (value > range.least && value < range.most);
}
