import { equalsFolded, fold, foldedAt, lower } from '../values/text.ts';
import { ContainsAny } from './contains.ts';
import { generalPattern, type TextTest } from './general.ts';
import { MIN_CONTAINED, TextFinder } from './text-finder.ts';

/** A test that tells whether a value matches one of several wildcard patterns (see `generalPattern`). */
export function wildcardTest(patterns: readonly string[], insensitive: boolean): TextTest {
  const shapes = patterns.map((pattern) => shapeOf(insensitive ? fold(pattern) : pattern));
  if (shapes.some((shape) => shape.kind === 'any')) return () => true;
  if (shapes.length === 1) return singleTest(shapes[0], insensitive);
  const list = new WildcardList(shapes, insensitive);
  return (value) => list.matches(value);
}

/** What a pattern comes down to; only the text of a general one has wildcards. */
type Shape =
  | { readonly kind: 'any' }
  | { readonly kind: 'exact' | 'prefix' | 'suffix' | 'contains' | 'general'; readonly text: string };

function shapeOf(pattern: string): Shape {
  if (pattern.includes('?')) return { kind: 'general', text: pattern };
  const text = pattern.replace(/^\*+|\*+$/g, '');
  if (text.includes('*')) return { kind: 'general', text: pattern };
  if (text === '') return pattern === '' ? { kind: 'exact', text } : { kind: 'any' };
  const open = pattern.startsWith('*');
  if (pattern.endsWith('*')) return { kind: open ? 'contains' : 'prefix', text };
  return { kind: open ? 'suffix' : 'exact', text };
}

function singleTest(shape: Shape, insensitive: boolean): TextTest {
  switch (shape.kind) {
    case 'any':
      return () => true;
    case 'exact': {
      const { text } = shape;
      return insensitive ? (value) => equalsFolded(value, text) : (value) => value === text;
    }
    case 'prefix': {
      const { text } = shape;
      return insensitive
        ? (value) => value.length >= text.length && foldedAt(value, 0, text)
        : (value) => value.startsWith(text);
    }
    case 'suffix': {
      const { text } = shape;
      return insensitive
        ? (value) => value.length >= text.length && foldedAt(value, value.length - text.length, text)
        : (value) => value.endsWith(text);
    }
    case 'contains': {
      const search = new ContainsAny([shape.text], insensitive);
      return (value) => search.matches(value);
    }
    case 'general':
      return generalPattern(shape.text, insensitive);
  }
}

/**
 * Patterns sorted by what they come down to, so that a value is compared with the few that its length, its first and
 * its last code unit leave over.
 */
class WildcardList {
  readonly #insensitive: boolean;
  /** By length, by first and by last code unit, each modulo the number of buckets. */
  readonly #exact: Buckets | null;
  readonly #prefixes: Buckets | null;
  readonly #suffixes: Buckets | null;
  readonly #contained: ContainsAny | null;
  readonly #general: GeneralPatterns | null;

  constructor(shapes: readonly Shape[], insensitive: boolean) {
    const texts = (kind: Shape['kind']) =>
      shapes.flatMap((shape) => (shape.kind !== 'any' && shape.kind === kind ? [shape.text] : []));
    const contained = texts('contains');
    this.#insensitive = insensitive;
    this.#exact = buckets(texts('exact'), (text) => text.length);
    this.#prefixes = buckets(texts('prefix'), (text) => text.charCodeAt(0));
    this.#suffixes = buckets(texts('suffix'), (text) => text.charCodeAt(text.length - 1));
    this.#contained = contained.length > 0 ? new ContainsAny(contained, insensitive) : null;
    const general = texts('general');
    this.#general = general.length > 0 ? new GeneralPatterns(general, insensitive) : null;
  }

  matches(value: string): boolean {
    if (this.#exact !== null && this.#isExact(value, this.#exact)) return true;
    if (value.length > 0) {
      if (this.#prefixes !== null && this.#hasPrefix(value, this.#prefixes)) return true;
      if (this.#suffixes !== null && this.#hasSuffix(value, this.#suffixes)) return true;
    }
    if (this.#contained?.matches(value)) return true;
    return this.#general?.match(value) ?? false;
  }

  #isExact(value: string, texts: Buckets): boolean {
    for (const text of texts[value.length & MASK]) {
      if (this.#insensitive ? equalsFolded(value, text) : value === text) return true;
    }
    return false;
  }

  #hasPrefix(value: string, texts: Buckets): boolean {
    for (const text of texts[this.#bucket(value.charCodeAt(0))]) {
      if (text.length <= value.length && this.#standsAt(value, 0, text)) return true;
    }
    return false;
  }

  #hasSuffix(value: string, texts: Buckets): boolean {
    for (const text of texts[this.#bucket(value.charCodeAt(value.length - 1))]) {
      if (text.length <= value.length && this.#standsAt(value, value.length - text.length, text)) return true;
    }
    return false;
  }

  #bucket(code: number): number {
    return (this.#insensitive ? lower(code) : code) & MASK;
  }

  #standsAt(value: string, at: number, text: string): boolean {
    return this.#insensitive ? foldedAt(value, at, text) : value.startsWith(text, at);
  }
}

/** From so many patterns on, those that a value may match are found by what they contain. */
const WORTH_FINDING = 8;

/** Patterns with wildcards anywhere. */
class GeneralPatterns {
  readonly #tests: readonly TextTest[];
  /** Of patterns that contain too little to be found by, and where there are few, of all. */
  readonly #always: readonly TextTest[];
  readonly #finder: TextFinder | null;

  constructor(patterns: readonly string[], insensitive: boolean) {
    this.#tests = patterns.map((text) => generalPattern(text, insensitive));
    const finder = new TextFinder();
    this.#always = this.#tests.filter((_, index) => {
      const longest = longestRun(patterns[index]);
      const isFound = patterns.length >= WORTH_FINDING && longest.length >= MIN_CONTAINED;
      if (isFound) finder.add(index, fold(longest));
      return !isFound;
    });
    this.#finder = finder.size > 0 ? finder : null;
  }

  match(value: string): boolean {
    for (const test of this.#always) if (test(value)) return true;
    let matches = false;
    this.#finder?.find(value, (owners) => {
      for (const index of owners) matches ||= this.#tests[index](value);
    });
    return matches;
  }
}

/** The longest part of a pattern without wildcards. */
function longestRun(pattern: string): string {
  return pattern.split(/[*?]+/).reduce((longest, run) => (run.length > longest.length ? run : longest), '');
}

type Buckets = readonly (readonly string[])[];

const BUCKETS = 128;
const MASK = BUCKETS - 1;
const EMPTY: readonly string[] = [];

function buckets(texts: readonly string[], key: (text: string) => number): Buckets | null {
  if (texts.length === 0) return null;
  const result: string[][] = [];
  for (const text of texts) {
    const bucket = key(text) & MASK;
    result[bucket] ??= [];
    result[bucket].push(text);
  }
  return Array.from({ length: BUCKETS }, (_, bucket) => result[bucket] ?? EMPTY);
}

/** A test that tells whether a value is one of several texts; wildcards stand for themselves. */
export function exactTest(texts: readonly string[], insensitive: boolean): TextTest {
  const shapes = texts.map((text): Shape => ({ kind: 'exact', text: insensitive ? fold(text) : text }));
  if (shapes.length === 1) return singleTest(shapes[0], insensitive);
  const list = new WildcardList(shapes, insensitive);
  return (value) => list.matches(value);
}
