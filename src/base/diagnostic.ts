/**
 * What is wrong with a text that a user wrote (a query, a rule, a configuration), and how to mend it.
 * Traffic never produces one of these: strange traffic is an anomaly.
 */
export interface Diagnostic {
  readonly severity: 'error' | 'warning';
  /** Stable, kebab-case; the name of its page in docs where it has one. */
  readonly code: string;
  /** One sentence, without a full stop, that says what is wrong. */
  readonly message: string;
  /** Where, in the text that was given. Absent where the whole text is meant. */
  readonly span?: Span;
  /** What to write instead. */
  readonly help?: string;
}

/** Half-open range of UTF-16 code units in a text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some((diagnostic) => diagnostic.severity === 'error');
}

/** Line and column, both from 1, of an offset in a text. */
export function lineAndColumn(text: string, offset: number): { line: number; column: number } {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { line, column: offset - before.lastIndexOf('\n') };
}

/**
 * The diagnostic as a person reads it: severity, code and message, then the source line with the span underlined.
 * @param name what the text is called, such as its file's path
 * @param firstLine the line of the file on which the text starts, from 1
 */
export function renderDiagnostic(diagnostic: Diagnostic, text: string, name: string, firstLine = 1): string {
  const out = [`${diagnostic.severity}[${diagnostic.code}]: ${diagnostic.message}`];
  const span = diagnostic.span;
  if (span) {
    const { line, column } = lineAndColumn(text, span.start);
    const lineStart = span.start - (column - 1);
    const newline = text.indexOf('\n', span.start);
    const lineEnd = newline < 0 ? text.length : newline;
    const number = String(line + firstLine - 1);
    const gutter = ' '.repeat(number.length);
    const { shown, shift } = clip(text.slice(lineStart, lineEnd), column - 1);
    const carets = '^'.repeat(Math.max(1, Math.min(span.end, lineEnd, lineStart + shift + MAX_SHOWN) - span.start));
    out.push(`${gutter}--> ${name}:${number}:${column}`);
    out.push(`${gutter} |`);
    out.push(`${number} | ${shown.replaceAll('\t', ' ')}`);
    out.push(`${gutter} | ${' '.repeat(column - 1 - shift)}${carets}`);
  } else {
    out.push(` --> ${name}`);
  }
  if (diagnostic.help) out.push(`  = help: ${diagnostic.help}`);
  return out.join('\n');
}

/** Characters of a source line that are shown at most. */
const MAX_SHOWN = 160;

/** A long source line cut to a window around `column` (from 0); `shift` is what was cut from its front. */
function clip(line: string, column: number): { shown: string; shift: number } {
  if (line.length <= MAX_SHOWN) return { shown: line, shift: 0 };
  const shift = Math.max(0, Math.min(column - MAX_SHOWN / 4, line.length - MAX_SHOWN));
  return { shown: line.slice(shift, shift + MAX_SHOWN), shift };
}
