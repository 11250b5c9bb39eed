import type { DocumentReader, FieldScan, FieldValue, Scalar } from './field.ts';

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
      return (document) => {
        // The usual case, without collecting: at each level one way to go on, or none.
        let at: unknown = document;
        for (let depth = 0; depth < length; ) {
          if (!isObject(at)) return scattered(document, ways);
          const joined = ways.from(depth);
          let only = -1;
          for (let way = 0; way < joined.length; way++) {
            if (!Object.hasOwn(at, joined[way])) continue;
            if (only >= 0) return scattered(document, ways);
            only = way;
          }
          if (only < 0) return undefined;
          at = at[joined[only]];
          depth += only + 1;
        }
        return leafValue(at);
      };
    },
    scan: scanJson,
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

function leafValue(value: unknown): FieldValue {
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

export function scanJson(names: readonly string[]): FieldScan<JsonDocument> {
  return new JsonScan(names);
}

/** Where a key leads to: the fields that end there, by number, and those that go on below. */
class Node {
  /** -1: no field ends here. */
  field = -1;
  readonly #children = new Map<string, Node>();
  /** Where the keys lead that documents have, dotted ones included; null: to no field. */
  readonly #known = new Map<string, Node | null>();

  hasChildren = false;

  child(part: string): Node {
    this.hasChildren = true;
    let node = this.#children.get(part);
    if (node === undefined) {
      node = new Node();
      this.#children.set(part, node);
    }
    return node;
  }

  at(key: string): Node | null {
    let node = this.#known.get(key);
    if (node === undefined) {
      node = this.#find(key);
      if (this.#known.size >= MAX_KNOWN_KEYS) this.#known.clear();
      this.#known.set(key, node);
    }
    return node;
  }

  #find(key: string): Node | null {
    let node: Node | undefined = this;
    for (const part of key.split('.')) {
      node = node.#children.get(part);
      if (node === undefined) return null;
    }
    return node;
  }
}

/** Keys that are remembered at each place of documents. */
const MAX_KNOWN_KEYS = 4096;

/** Walks over what a document has, and not over what it may have. */
class JsonScan implements FieldScan<JsonDocument> {
  readonly values: FieldValue[];
  readonly found: number[] = [];
  readonly #root = new Node();

  constructor(names: readonly string[]) {
    this.values = names.map(() => undefined);
    for (const [index, name] of names.entries()) {
      let node = this.#root;
      for (const part of name.split('.')) node = node.child(part);
      node.field = index;
    }
  }

  read(document: JsonDocument): void {
    const { values, found } = this;
    for (let i = 0; i < found.length; i++) values[found[i]] = undefined;
    found.length = 0;
    this.#object(document, this.#root, 0);
  }

  #object(object: JsonDocument, node: Node, depth: number): void {
    for (const key in object) {
      const below = node.at(key);
      if (below === null) continue;
      const value = object[key];
      if (below.field >= 0) this.#leaf(below.field, leafValue(value));
      if (below.hasChildren) this.#below(value, below, depth + 1);
    }
  }

  #below(value: unknown, node: Node, depth: number): void {
    if (depth > MAX_DEPTH) return;
    if (Array.isArray(value)) for (const item of value) this.#below(item, node, depth + 1);
    else if (isObject(value)) this.#object(value, node, depth);
  }

  #leaf(field: number, value: FieldValue): void {
    if (value === undefined) return;
    const before = this.values[field];
    if (before === undefined) this.found.push(field);
    this.values[field] = before === undefined ? value : [...scalarsOf(before), ...scalarsOf(value)];
  }
}

function scalarsOf(value: FieldValue): readonly Scalar[] {
  if (value === undefined || value === null) return [];
  return typeof value === 'object' ? value.filter((item) => item !== null) : [value];
}
