import {
  type Document,
  isMap,
  isNode,
  isScalar,
  isSeq,
  Lexer,
  type Pair,
  Parser,
  parseDocument,
  visit,
  type YAMLMap,
} from 'yaml';
import type { Diagnostic, Span } from '../base/diagnostic.ts';
import { type Locate, type Path, Report } from './report.ts';

export interface YamlDocument {
  /** What the text holds; undefined where it is no YAML. */
  readonly value: unknown;
  readonly diagnostics: readonly Diagnostic[];
  readonly locate: Locate;
}

/** How many values aliases may stand for, so that a small text cannot grow without bound. */
const MAX_ALIASES = 100;

/** Lists and tables within one another: more than any test has, and far from where the engine's stack ends. */
const MAX_NESTING = 100;

/** Reads YAML 1.2 (core schema: dates stay strings). */
export function parseYaml(text: string): YamlDocument {
  const report = new Report(() => undefined);
  const syntaxError = (message: string, span?: Span) =>
    report.error('yaml-syntax', `this is no valid YAML: ${message}`, span);
  const broken = () => ({ value: undefined, diagnostics: report.list(), locate: () => undefined });
  const deep = tooDeep(text);
  if (deep !== undefined) {
    report.error('too-deep', `lists and tables are nested deeper than ${MAX_NESTING} levels`, deep);
    return broken();
  }
  // The library would compare every key of a table with every other one.
  const document = parseDocument(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  for (const error of document.errors) syntaxError(error.message, at(error.pos[0], error.pos[1]));
  const pairs = pairsOf(document, (span) => syntaxError('a table has this key already', span));
  if (report.failed) return broken();
  const locate: Locate = (path) => locateIn(document, pairs, path);
  try {
    return { value: document.toJS({ maxAliasCount: MAX_ALIASES }), diagnostics: [], locate };
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error; // what the library throws for its aliases
    syntaxError(error.message);
    return broken();
  }
}

/** Where the text is nested too deep for what reads it further, which calls itself for each level. */
function tooDeep(text: string): Span | undefined {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(text)) {
    Array.from(parser.next(lexeme));
    // The document is the first of the stack.
    if (parser.stack.length > MAX_NESTING + 1) return at(parser.offset - lexeme.length, parser.offset);
  }
  return undefined;
}

/** The pairs of each table, by key. */
type Pairs = ReadonlyMap<YAMLMap, ReadonlyMap<unknown, Pair>>;

function pairsOf(document: Document, onDoubled: (key: Span | undefined) => void): Pairs {
  const pairs = new Map<YAMLMap, Map<unknown, Pair>>();
  visit(document, {
    Map(_, map) {
      const byKey = new Map<unknown, Pair>();
      for (const pair of map.items) {
        const key = keyOf(pair);
        if (byKey.has(key)) onDoubled(spanOf(pair.key));
        else byKey.set(key, pair);
      }
      pairs.set(map, byKey);
    },
  });
  return pairs;
}

function locateIn(document: Document, pairs: Pairs, path: Path): ReturnType<Locate> {
  let node: unknown = document.contents;
  let pair: Pair | undefined;
  for (const name of path) {
    pair = isMap(node) ? pairs.get(node)?.get(name) : undefined;
    node = isSeq(node) ? node.items[Number(name)] : pair?.value;
  }
  const value = spanOf(node);
  const key = spanOf(pair?.key);
  return value && (key === undefined ? { value } : { key, value });
}

function keyOf({ key }: Pair): unknown {
  return isScalar(key) ? key.value : key;
}

function spanOf(node: unknown): Span | undefined {
  return isNode(node) && node.range ? at(node.range[0], node.range[1]) : undefined;
}

function at(start: number, end: number): Span {
  return { start, end };
}
