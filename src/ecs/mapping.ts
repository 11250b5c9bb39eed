import type { DocumentReader, FieldCatalogue, FieldType, FieldValue, Scalar } from '../base/field.ts';
import { readDate } from './date-format.ts';

/** A field as a mapping describes it. */
interface MappedField {
  readonly type: FieldType;
  /** Of an alias: the field that it stands for. */
  readonly path?: string;
  /** What stands for an explicit null. */
  readonly nullValue?: Scalar;
  /** How its dates are written, as `dd-MM-yyyy||epoch_millis`. */
  readonly format?: string;
}

/** A mapping file that cannot be read as one. */
export class MappingError extends Error {
  override readonly name = 'MappingError';
}

/** Objects within one another that are followed. */
const MAX_DEPTH = 32;

/** Types that have values, by the names that mappings use for them. */
const TYPES: Readonly<Record<string, FieldType | undefined>> = Object.fromEntries(
  (
    [
      'keyword',
      'wildcard',
      'constant_keyword',
      'text',
      'match_only_text',
      'long',
      'integer',
      'short',
      'byte',
      'unsigned_long',
      'double',
      'float',
      'half_float',
      'scaled_float',
      'boolean',
      'date',
      'date_nanos',
      'ip',
      'version',
      'object',
      'nested',
      'flattened',
      'geo_point',
      'binary',
    ] satisfies FieldType[]
  ).map((type) => [type, type]),
);

/** The fields of an index and their types, from the mapping that Elasticsearch has of it. */
export class Mapping implements FieldCatalogue {
  readonly #fields = new Map<string, MappedField>();

  /**
   * Adds the fields of a mapping: `{"properties": …}`, the same below `mappings`, what `GET index/_mapping` answers, or an
   * index or component template.
   * @throws MappingError
   */
  add(json: unknown): void {
    const roots = [...rootsOf(json, 0)];
    if (roots.length === 0) {
      throw new MappingError('it has no "properties", as the mapping of an index in Elasticsearch has');
    }
    for (const root of roots) {
      this.#addProperties(root.properties, '', 0);
      this.#addProperties(root.runtime, '', 0);
    }
  }

  type(name: string): FieldType | undefined {
    return this.#resolve(name)?.type;
  }

  names(): Iterable<string> {
    return this.#fields.keys();
  }

  /** Reads documents as the index has them: aliases, values for null and dates of other formats included. */
  reader<D>(reader: DocumentReader<D>): DocumentReader<D> {
    return { field: (name) => this.#accessor(reader, name) };
  }

  #accessor<D>(reader: DocumentReader<D>, name: string): ((document: D) => FieldValue) | null {
    const field = this.#resolve(name);
    const access = reader.field(this.#fields.get(name)?.path ?? name);
    if (access === null || field === undefined) return access;
    const { nullValue, format } = field;
    const convert = format === undefined ? null : (value: Scalar) => readDate(format, value);
    if (nullValue === undefined && convert === null) return access;
    const read = (value: Scalar | null): Scalar | null => {
      const present = value ?? nullValue ?? null;
      return present === null || convert === null ? present : convert(present);
    };
    return (document) => {
      const value = access(document);
      if (value === undefined) return undefined;
      return typeof value === 'object' && value !== null ? value.map(read) : read(value);
    };
  }

  #resolve(name: string): MappedField | undefined {
    const field = this.#fields.get(name);
    return field?.path === undefined ? field : this.#fields.get(field.path);
  }

  #addProperties(properties: unknown, prefix: string, depth: number): void {
    if (!isObject(properties) || depth > MAX_DEPTH) return;
    for (const [key, definition] of Object.entries(properties)) {
      if (isObject(definition)) this.#addField(`${prefix}${key}`, definition, depth);
    }
  }

  #addField(name: string, definition: Readonly<Record<string, unknown>>, depth: number): void {
    const { type, properties, fields, path, null_value: nullValue, format } = definition;
    this.#addProperties(properties, `${name}.`, depth + 1);
    this.#addProperties(fields, `${name}.`, depth + 1);
    if (typeof path === 'string' && type === 'alias') {
      this.#fields.set(name, { type: 'keyword', path });
      return;
    }
    const known = typeof type === 'string' ? TYPES[type] : undefined;
    // Text is queried through its keyword sub-field where it has one, and types that we do not know hold text.
    const isQueryable =
      isObject(fields) && Object.values(fields).some((one) => isObject(one) && one.type === 'keyword');
    const isText = known === 'text' || known === 'match_only_text';
    this.#fields.set(name, {
      type: isText && isQueryable ? 'keyword' : (known ?? (isObject(properties) ? 'object' : 'keyword')),
      ...(isScalar(nullValue) && { nullValue }),
      ...(typeof format === 'string' && { format }),
    });
  }
}

interface Root {
  readonly properties?: unknown;
  readonly runtime?: unknown;
}

/** Every object below that has properties of its own and is not within another such. */
function* rootsOf(json: unknown, depth: number): Generator<Root> {
  if (!isObject(json) || depth > 4) return;
  if (isObject(json.properties)) {
    yield json;
    return;
  }
  for (const value of Object.values(json)) yield* rootsOf(value, depth + 1);
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
