import { type Diagnostic, hasErrors, type Span } from '../base/diagnostic.ts';

/** The way from a document's root to a value: keys of tables and indices of arrays. */
export type Path = readonly (string | number)[];

/** Where a value and its key stand in the text. The members of an array have no key. */
export interface Location {
  readonly key?: Span;
  readonly value: Span;
}

export type Locate = (path: Path) => Location | undefined;

/** Collects what is wrong with a document, and finds where in the text it is. */
export class Report {
  readonly diagnostics: Diagnostic[] = [];
  readonly #locate: Locate;

  constructor(locate: Locate) {
    this.#locate = locate;
  }

  get failed(): boolean {
    return hasErrors(this.diagnostics);
  }

  error(code: string, message: string, span: Span | undefined, help?: string): void {
    this.#add('error', code, message, span, help);
  }

  warning(code: string, message: string, span: Span | undefined, help?: string): void {
    this.#add('warning', code, message, span, help);
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
    this.diagnostics.push({ severity, code, message, ...(span && { span }), ...(help && { help }) });
  }
}
