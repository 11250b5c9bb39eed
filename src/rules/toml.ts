import { parse, TomlError } from 'smol-toml';
import type { Diagnostic } from '../base/diagnostic.ts';
import type { Locate } from './report.ts';
import { tomlPositions } from './toml-positions.ts';

export interface TomlDocument {
  /** Null where the text is no TOML. */
  readonly table: Readonly<Record<string, unknown>> | null;
  /** At most one: the parser stops at the first fault of the syntax. */
  readonly diagnostics: readonly Diagnostic[];
  readonly locate: Locate;
}

export function parseToml(text: string): TomlDocument {
  try {
    const table = parse(text);
    let positions: Locate | null = null;
    return {
      table,
      diagnostics: [],
      locate: (path) => {
        positions ??= tomlPositions(text);
        return positions(path);
      },
    };
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    return { table: null, diagnostics: [syntaxDiagnostic(error, text)], locate: () => undefined };
  }
}

function syntaxDiagnostic(error: TomlError, text: string): Diagnostic {
  const start = offsetOf(text, error.line, error.column);
  return {
    severity: 'error',
    code: 'toml-syntax',
    message: messageOf(error),
    span: { start, end: Math.min(start + 1, text.length) },
  };
}

/** What the parser says without its prefix and without its own excerpt of the text. */
function messageOf(error: TomlError): string {
  const message = error.message.replace(/^Invalid TOML document: /, '');
  const excerpt = message.indexOf('\n');
  return `this is no valid TOML: ${excerpt < 0 ? message : message.slice(0, excerpt)}`;
}

function offsetOf(text: string, line: number, column: number): number {
  let start = 0;
  for (let at = 1; at < line; at++) start = text.indexOf('\n', start) + 1;
  return Math.min(start + column - 1, text.length);
}
