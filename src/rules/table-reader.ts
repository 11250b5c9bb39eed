import { nearest } from '../base/nearest.ts';
import { type Path, Report } from './report.ts';

interface Range {
  readonly least?: number;
  readonly most?: number;
}

/**
 * Reads the values of a table by key and type. What is missing or of another type is reported, and the reading goes
 * on with a neutral value, so that one pass finds every fault. `done` reports the keys that nobody asked for.
 */
export class TableReader {
  readonly path: Path;
  readonly report: Report;
  readonly #table: Readonly<Record<string, unknown>>;
  readonly #asked = new Set<string>();

  constructor(table: Readonly<Record<string, unknown>>, path: Path, report: Report) {
    this.#table = table;
    this.path = path;
    this.report = report;
  }

  string(key: string): string | undefined {
    return this.#typed(key, 'a string', isString);
  }

  requiredString(key: string): string {
    const value = this.#required(key, this.string(key));
    if (value === '') this.error('empty', key, `\`${key}\` is empty`);
    return value ?? '';
  }

  strings(key: string): readonly string[] {
    return this.#typed(key, 'a list of strings', (value) => isArrayOf(value, isString)) ?? [];
  }

  boolean(key: string): boolean | undefined {
    return this.#typed(key, 'true or false', (value) => typeof value === 'boolean');
  }

  integer(key: string, { least = Number.MIN_SAFE_INTEGER, most = Number.MAX_SAFE_INTEGER }: Range): number | undefined {
    const value = this.#typed(key, 'a whole number', isInteger);
    if (value === undefined || (value >= least && value <= most)) return value;
    const range = most === Number.MAX_SAFE_INTEGER ? `at least ${least}` : `from ${least} to ${most}`;
    this.error('out-of-range', key, `\`${key}\` is ${value}, and must be ${range}`);
    return undefined;
  }

  requiredInteger(key: string, range: Range): number {
    return this.#required(key, this.integer(key, range)) ?? range.least ?? 0;
  }

  /** One of a closed list of words. */
  choice<const T extends string>(key: string, choices: readonly T[]): T | undefined {
    const value = this.string(key);
    const found = choices.find((choice) => choice === value);
    if (value !== undefined && found === undefined) {
      const near = nearest(value, choices, 1)[0];
      const help = near
        ? `did you mean "${near}"?`
        : `it is one of ${choices.map((choice) => `"${choice}"`).join(', ')}`;
      this.error('unknown-value', key, `\`${key}\` cannot be "${value}"`, help);
    }
    return found;
  }

  requiredChoice<const T extends string>(key: string, choices: readonly T[]): T {
    return this.#required(key, this.choice(key, choices)) ?? choices[0];
  }

  /** A table whose keys are free. */
  record(key: string): Readonly<Record<string, unknown>> | undefined {
    return this.#typed(key, 'a table', isTable);
  }

  table(key: string): TableReader | undefined {
    const value = this.record(key);
    return value && new TableReader(value, [...this.path, key], this.report);
  }

  /** Where it is missing, nothing is reported of what it should have held. */
  requiredTable(key: string): TableReader {
    return (
      this.#required(key, this.table(key)) ?? new TableReader({}, [...this.path, key], new Report(() => undefined))
    );
  }

  /** Each member of a list of tables, as `read` has it. */
  tables<T>(key: string, read: (member: TableReader) => T): readonly T[] {
    const values = this.#typed(key, 'a list of tables', isTables) ?? [];
    return this.#members(values, [...this.path, key], read);
  }

  /** As `tables`, for a list of lists of tables. */
  tableLists<T>(key: string, read: (member: TableReader) => T): readonly (readonly T[])[] {
    const lists = this.#typed(key, 'a list of lists of tables', (value) => isArrayOf(value, isTables)) ?? [];
    return lists.map((values, index) => this.#members(values, [...this.path, key, index], read));
  }

  list(key: string): readonly unknown[] {
    return this.#typed(key, 'a list', isArray) ?? [];
  }

  /** The value as it is. */
  unread(key: string): unknown {
    this.#asked.add(key);
    return this.has(key) ? this.#table[key] : undefined;
  }

  has(key: string): boolean {
    return Object.hasOwn(this.#table, key);
  }

  /** Warns of every key that was not asked for. */
  done(): void {
    for (const key of Object.keys(this.#table)) {
      if (this.#asked.has(key)) continue;
      const free = [...this.#asked].filter((name) => !this.has(name));
      const near = nearest(key, free, 1)[0];
      const help = near ? `did you mean \`${near}\`?` : 'it has no effect';
      this.report.warning('unknown-key', `unknown key \`${key}\``, this.report.keySpan([...this.path, key]), help);
    }
  }

  error(code: string, key: string, message: string, help?: string): void {
    this.report.error(code, message, this.report.valueSpan([...this.path, key]), help);
  }

  warning(code: string, key: string, message: string, help?: string): void {
    this.report.warning(code, message, this.report.valueSpan([...this.path, key]), help);
  }

  #members<T>(
    values: readonly Readonly<Record<string, unknown>>[],
    path: Path,
    read: (member: TableReader) => T,
  ): readonly T[] {
    return values.map((value, index) => {
      const member = new TableReader(value, [...path, index], this.report);
      const result = read(member);
      member.done();
      return result;
    });
  }

  #typed<T>(key: string, name: string, is: (value: unknown) => value is T): T | undefined {
    const value = this.unread(key);
    if (value === undefined || is(value)) return value;
    this.error('wrong-type', key, `\`${key}\` must be ${name}, and is ${describe(value)}`);
    return undefined;
  }

  #required<T>(key: string, value: T | undefined): T | undefined {
    if (!this.has(key)) {
      const name = [...this.path, key].join('.');
      this.report.error('missing-key', `\`${name}\` is missing`, this.report.keySpan(this.path));
    }
    return value;
  }
}

function isString(value: unknown): value is string {
  return typeof value === 'string';
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function isArrayOf<T>(value: unknown, is: (member: unknown) => member is T): value is readonly T[] {
  return Array.isArray(value) && value.every(is);
}

function isTables(value: unknown): value is readonly Readonly<Record<string, unknown>>[] {
  return isArrayOf(value, isTable);
}

/** A table, and no date: parsers make these objects of classes of their own. */
export function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${kindsOf(value).join(', ')}`;
  if (isString(value)) return 'a string';
  if (typeof value === 'number') return `the number ${value}`;
  if (typeof value === 'boolean') return `${value}`;
  if (value === null) return 'empty';
  return isTable(value) ? 'a table' : 'a date';
}

/** What a list holds, each kind once, and the first few of them. */
function kindsOf(values: readonly unknown[]): string[] {
  return [...new Set(values.map(describe))].slice(0, 3);
}
