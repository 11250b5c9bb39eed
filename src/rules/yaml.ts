import { type Document, isMap, isNode, parseDocument } from 'yaml';
import type { Diagnostic, Span } from '../base/diagnostic.ts';
import type { Locate, Path } from './report.ts';

export interface YamlDocument {
  /** What the text holds; undefined where it is no YAML. */
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  readonly locate: Locate;
}

/** How many values aliases may stand for, so that a small text cannot grow without bound. */
const MAX_ALIASES = 100;

/** Reads YAML 1.2 (core schema: dates stay strings). */
export function parseYaml(text: string): YamlDocument {
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  const diagnostics = document.errors.map((error) => syntaxDiagnostic(error.message, at(error.pos[0], error.pos[1])));
  const locate: Locate = (path) => locateIn(document, path);
  if (diagnostics.length > 0) return { value: undefined, diagnostics, locate };
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), diagnostics, locate };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error; // what the library throws for its aliases
    return { value: undefined, diagnostics: [syntaxDiagnostic(error.message)], locate };
  }
}

function syntaxDiagnostic(message: string, span?: Span): Diagnostic {
  return {
    severity: 'error',
    code: 'yaml-syntax',
    message: `this is no valid YAML: ${message}`,
    ...(span && { span }),
  };
}

function locateIn(document: Document, path: Path): ReturnType<Locate> {
  const value = spanOf(document.getIn(path, true));
  if (value === undefined) return undefined;
  const parent = document.getIn(path.slice(0, -1), true);
  const name = path.at(-1);
  const pair = isMap(parent) ? parent.items.find((item) => keyText(item.key) === name) : undefined;
  const key = spanOf(pair?.key);
  return key === undefined ? { value } : { key, value };
}

function keyText(key: unknown): unknown {
  return isNode(key) ? key.toJSON() : key;
}

function spanOf(node: unknown): Span | undefined {
  return isNode(node) && node.range ? at(node.range[0], node.range[1]) : undefined;
}

function at(start: number, end: number): Span {
  return { start, end };
}
