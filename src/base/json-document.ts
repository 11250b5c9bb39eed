import type { DocumentReader, FieldValue, Scalar } from './field.ts';

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
      const parts = name.split('.');
      if (parts.length === 1) return (document) => leafValue(own(document, name));
      return (document) => {
        const direct = document[name];
        // The usual cases, without collecting: the dotted name, or objects all the way down.
        if (direct !== undefined && !(parts[0] in document)) return leafValue(own(document, name));
        let at: unknown = document;
        for (const part of parts) {
          if (!isObject(at) || !Object.hasOwn(at, part)) return scattered(document, parts);
          at = at[part];
        }
        return direct === undefined ? leafValue(at) : scattered(document, parts);
      };
    },
  };
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

/** Looks down every way that the name can be split, and through arrays. */
function scattered(document: JsonDocument, parts: readonly string[]): FieldValue {
  const found: Scalar[] = [];
  collect(document, parts, 0, found, 0);
  return found.length > 1 ? found : found[0];
}

function collect(value: unknown, parts: readonly string[], from: number, found: Scalar[], depth: number): void {
  if (depth > MAX_DEPTH) return;
  if (Array.isArray(value)) {
    for (const item of value) collect(item, parts, from, found, depth + 1);
    return;
  }
  if (from === parts.length) {
    if (isScalar(value)) found.push(value);
    return;
  }
  if (!isObject(value)) return;
  for (let to = from + 1; to <= parts.length; to++) {
    const key = parts.slice(from, to).join('.');
    if (Object.hasOwn(value, key)) collect(value[key], parts, to, found, depth + 1);
  }
}
