import type { DocumentReader, FieldValue, Scalar, Shape } from './field.ts';

/** A parsed JSON object; fields nested, with dotted names, or a mix of both. */
export interface JsonDocument {
  readonly [key: string]: unknown;
}

/** How deep values are looked for below arrays. */
const MAX_DEPTH = 20;

/**
 * Reads fields of parsed JSON as Elasticsearch flattens a document: `a.b` is found in {"a":{"b":1}}, {"a.b":1} and
 * {"a":[{"b":1},{"b":2}]}, where it has both values. Objects have no value of their own.
 */
export function jsonReader(): DocumentReader<JsonDocument> {
  return {
    field(name) {
      if (!name.includes('.')) return (document) => leafValue(own(document, name));
      const ways = new Ways(name);
      const { length } = ways;
      if (name.split('.').some((part) => part in Object.prototype)) return (document) => scattered(document, ways);
      return (document) => {
        // The usual case: at each level one way to go on, or none. No prototype has any of these names.
        let at: unknown = document;
        for (let depth = 0; depth < length; depth++) {
          if (!isObject(at)) return at === undefined ? undefined : scattered(document, ways);
          const joined = ways.from(depth);
          for (let way = 1; way < joined.length; way++) {
            if (at[joined[way]] !== undefined) return scattered(document, ways);
          }
          at = at[joined[0]];
        }
        return leafValue(at);
      };
    },
    shapes: jsonShapes,
  };
}

/** How a name of several parts may be split into keys. */
class Ways {
  /** Parts of the name. */
  readonly length: number;
  readonly #name: string;
  /** Where each part starts, and behind the last where one more would. */
  readonly #starts: readonly number[];
  readonly #from: (readonly string[] | undefined)[] = [];

  constructor(name: string) {
    const starts = [0];
    for (const part of name.split('.')) starts.push(starts[starts.length - 1] + part.length + 1);
    this.#name = name;
    this.#starts = starts;
    this.length = starts.length - 1;
  }

  /** The part of this number alone, and joined with one, two and more of those behind it. Made when first asked for. */
  from(part: number): readonly string[] {
    this.#from[part] ??= this.#starts.slice(part + 1).map((end) => this.#name.slice(this.#starts[part], end - 1));
    return this.#from[part];
  }

  /** The part behind a key that stands for the part of this number, and perhaps for more; -1 where it does not. */
  behind(part: number, key: string): number {
    const start = this.#starts[part];
    if (!this.#name.startsWith(key, start)) return -1;
    return this.#starts.indexOf(start + key.length + 1, part + 1);
  }
}

function own(document: JsonDocument, key: string): unknown {
  return Object.hasOwn(document, key) ? document[key] : undefined;
}

function isObject(value: unknown): value is JsonDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

export function leafValue(value: unknown): FieldValue {
  if (isScalar(value) || value === null || value === undefined) return value;
  if (!Array.isArray(value)) return undefined;
  return value.every((item) => isScalar(item) || item === null) ? value : value.flat(MAX_DEPTH).filter(isScalar);
}

/** So many parts of a name are looked for in an object; for more, its keys are looked for in the name. */
const FEW_PARTS = 8;

/** Looks down every way that the name can be split, and through arrays. */
function scattered(document: JsonDocument, ways: Ways): FieldValue {
  const found: Scalar[] = [];
  collect(document, ways, 0, found, 0);
  return found.length > 1 ? found : found[0];
}

function collect(value: unknown, ways: Ways, from: number, found: Scalar[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, ways, from, found, depth + 1);
    return;
  }
  if (from === ways.length) {
    if (isScalar(value)) found.push(value);
    return;
  }
  if (!isObject(value)) return;
  if (ways.length - from > FEW_PARTS) {
    // Objects may be many, and each have few keys.
    for (const key of Object.keys(value)) {
      const next = ways.behind(from, key);
      if (next > 0) collect(value[key], ways, next, found, depth + 1);
    }
    return;
  }
  for (const [more, key] of ways.from(from).entries()) {
    if (Object.hasOwn(value, key)) collect(value[key], ways, from + more + 1, found, depth + 1);
  }
}

/** The names of a document's fields, those that have a value; some come several times. */
export function* fieldNames(document: JsonDocument): Generator<string> {
  yield* namesBelow(document, '', 0);
}

function* namesBelow(value: unknown, name: string, depth: number): Generator<string> {
  if (isScalar(value)) yield name;
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value) yield* namesBelow(item, name, depth + 1);
  } else if (isObject(value)) {
    for (const [key, inner] of Object.entries(value)) {
      yield* namesBelow(inner, name === '' ? key : `${name}.${key}`, depth + 1);
    }
  }
}

/** Shapes, and beginnings of them, that are told apart; documents of others have none. */
const MAX_SHAPES = 2048;

/** The first parts of the names of a document's fields, in the order of its keys. */
class JsonShape implements Shape {
  readonly #groups: ReadonlySet<string>;
  readonly #longer = new Map<string, JsonShape>();

  constructor(groups: ReadonlySet<string>) {
    this.#groups = groups;
  }

  mayHave(field: string): boolean {
    return this.#groups.has(firstPart(field));
  }

  /** The shape of what has one key more. */
  with(key: string, make: (groups: ReadonlySet<string>) => JsonShape | null): JsonShape | null {
    const known = this.#longer.get(key);
    if (known !== undefined) return known;
    const made = make(new Set([...this.#groups, firstPart(key)]));
    if (made !== null) this.#longer.set(key, made);
    return made;
  }
}

export function jsonShapes(): (document: JsonDocument) => Shape | null {
  let left = MAX_SHAPES;
  const make = (groups: ReadonlySet<string>) => (left-- > 0 ? new JsonShape(groups) : null);
  const empty = new JsonShape(new Set());
  return (document) => {
    let shape: JsonShape | null = empty;
    for (const key in document) {
      shape = shape.with(key, make);
      if (shape === null) return null;
    }
    return shape;
  };
}

function firstPart(name: string): string {
  const dot = name.indexOf('.');
  return dot < 0 ? name : name.slice(0, dot);
}
