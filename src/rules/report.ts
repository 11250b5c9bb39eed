import type { Diagnostic, Span } from '../base/diagnostic.ts';

/** The way from a document's root to a value: keys of tables and indices of arrays. */
export type Path = readonly (string | number)[];

/** Where a value and its key stand in the text. The members of an array have no key. */
export interface Location {
  readonly key?: Span;
  readonly value: Span;
}

export type Locate = (path: Path) => Location | undefined;

/** Errors, and warnings, that are kept of one document; more would not be read. */
export const MAX_DIAGNOSTICS = 100;

/** Collects what is wrong with a document, and finds where in the text it is. */
export class Report {
  readonly #diagnostics: Diagnostic[] = [];
  readonly #locate: Locate;
  readonly #counts = { error: 0, warning: 0 };

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  get failed(): boolean {
    return this.#counts.error > 0;
  }

  error(code: string, message: string, span: Span | undefined, help?: string): void {
    this.#add('error', code, message, span, help);
  }

  warning(code: string, message: string, span: Span | undefined, help?: string): void {
    this.#add('warning', code, message, span, help);
  }

  add(diagnostic: Diagnostic): void {
    if (++this.#counts[diagnostic.severity] <= MAX_DIAGNOSTICS) this.#diagnostics.push(diagnostic);
  }

  /** In the order of the text, those without a place last; then how many more there are. */
  list(): Diagnostic[] {
    const list = this.#diagnostics.toSorted((a, b) => placeOf(a) - placeOf(b));
    const more = this.#counts.error + this.#counts.warning - list.length;
    if (more > 0) list.push({ severity: 'warning', code: 'too-many-diagnostics', message: `and ${more} more` });
    return list;
  }

  /** Where the value at `path` stands, or the nearest thing above it. */
  valueSpan(path: Path): Span | undefined {
    for (let length = path.length; length > 0; length--) {
      const found = this.#locate(path.slice(0, length));
      if (found !== undefined) return length === path.length ? found.value : (found.key ?? found.value);
    }
    return undefined;
  }

  /** Where the key of the value at `path` stands, or the nearest thing above it. */
  keySpan(path: Path): Span | undefined {
    return this.#locate(path)?.key ?? this.valueSpan(path);
  }

  #add(severity: Diagnostic['severity'], code: string, message: string, span?: Span, help?: string): void {
    this.add({ severity, code, message, ...(span && { span }), ...(help && { help }) });
  }
}

function placeOf({ span }: Diagnostic): number {
  return span?.start ?? Number.MAX_SAFE_INTEGER;
}
