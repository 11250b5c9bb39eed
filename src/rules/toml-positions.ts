import type { Span } from '../base/diagnostic.ts';
import type { Locate, Location, Path } from './report.ts';

/**
 * Where every value of a TOML text stands. The text must be valid: what a parser has accepted is only walked here.
 * (TOML 1.1; https://toml.io/en/v1.1.0)
 */
export function tomlPositions(text: string): Locate {
  const root = new Scanner(text).scan();
  return (path) => root.find(path)?.location;
}

/**
 * Where in the text the unit `offset` of a string's value stands.
 * @param literal where the string stands, quotes included
 */
export function offsetInString(text: string, literal: Span, offset: number): number {
  const quote = text[literal.start];
  const multiline = text.startsWith(quote.repeat(3), literal.start) && literal.end - literal.start >= 6;
  let at = literal.start + (multiline ? 3 : 1);
  // A line break right after the opening quotes is no part of the value.
  if (multiline) at += matchAt(LINE_BREAK, text, at);
  if (quote === "'") return at + offset;
  let produced = 0;
  for (;;) {
    const continued = matchAt(LINE_CONTINUATION, text, at);
    if (continued > 0) at += continued;
    else if (produced >= offset || at >= literal.end) return at;
    else {
      const { length, units } = unitAt(text, at);
      at += length;
      produced += units;
    }
  }
}

/** Where in the text the string's value up to `offset`, which is above 0, ends. */
export function endInString(text: string, literal: Span, offset: number): number {
  const last = offsetInString(text, literal, offset - 1);
  return last + (text[literal.start] === "'" ? 1 : unitAt(text, last).length);
}

/** The character or escape at `at`: its length in the text, and how many units of the value it makes. */
function unitAt(text: string, at: number): { length: number; units: number } {
  if (text[at] !== '\\') return { length: 1, units: 1 };
  switch (text[at + 1]) {
    case 'x':
      return { length: 4, units: 1 };
    case 'u':
      return { length: 6, units: 1 };
    case 'U':
      return { length: 10, units: Number.parseInt(text.slice(at + 2, at + 10), 16) > 0xffff ? 2 : 1 };
    default:
      return { length: 2, units: 1 };
  }
}

const LINE_BREAK = /\r?\n/y;
const LINE_CONTINUATION = /\\[ \t]*\r?\n\s*/y;
/** White space, line breaks and comments, and between values of an array commas. */
const BLANK = /(?:[\s,]|#[^\n]*)*/y;
const SPACE = /[ \t]*/y;
const BARE_KEY = /[A-Za-z0-9_-]+/y;
const BARE_VALUE = /[^,\]}#\r\n]*[^,\]}#\r\n\s]/y;

function matchAt(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0].length ?? 0;
}

/** What stands at a path. A tree of them, since paths as texts would take the square of a long key's length. */
class Place {
  location: Location | undefined;
  /** Made when the first is added, since most places are values. */
  #below?: Map<string | number, Place>;
  /** Of an array of tables: how many it has so far. */
  tables = 0;

  /** The place of a key or an index below this one. */
  at(name: string | number): Place {
    this.#below ??= new Map();
    let place = this.#below.get(name);
    if (place === undefined) {
      place = new Place();
      this.#below.set(name, place);
    }
    return place;
  }

  find(path: Path): Place | undefined {
    let place: Place | undefined = this;
    for (const name of path) {
      if (place === undefined) break;
      place = place.#below?.get(name);
    }
    return place;
  }
}

class Scanner {
  readonly #text: string;
  readonly #root = new Place();
  #at = 0;

  constructor(text: string) {
    this.#text = text;
  }

  scan(): Place {
    let table = this.#root;
    for (;;) {
      this.#skip(BLANK);
      if (this.#at >= this.#text.length) return this.#root;
      if (this.#text[this.#at] === '[') table = this.#header();
      else this.#keyValue(table);
    }
  }

  /** `[a.b]` or `[[a.b]]`. */
  #header(): Place {
    const start = this.#at;
    const inArray = this.#text[start + 1] === '[';
    this.#at += inArray ? 2 : 1;
    const names = this.#key();
    this.#skip(SPACE);
    this.#at += inArray ? 2 : 1;
    let table = this.#root;
    names.forEach((name, index) => {
      table = table.at(name);
      if (inArray && index === names.length - 1) table.tables++;
      if (table.tables > 0) table = table.at(table.tables - 1);
    });
    const span = { start, end: this.#at };
    table.location = { key: span, value: span };
    return table;
  }

  #keyValue(table: Place): void {
    const start = this.#at;
    const place = this.#key().reduce((above, name) => above.at(name), table);
    const key = { start, end: this.#at };
    this.#skip(SPACE);
    this.#at++; // =
    this.#skip(SPACE);
    this.#value(place, key);
  }

  /** A key, its parts separated by dots. */
  #key(): string[] {
    const names: string[] = [];
    for (;;) {
      this.#skip(SPACE);
      const from = this.#at;
      if (this.#isQuote()) {
        this.#skipString();
        names.push(unquote(this.#text.slice(from, this.#at)));
      } else {
        this.#skip(BARE_KEY);
        names.push(this.#text.slice(from, this.#at));
      }
      const end = this.#at;
      this.#skip(SPACE);
      if (this.#text[this.#at] !== '.') {
        this.#at = end;
        return names;
      }
      this.#at++;
    }
  }

  #value(place: Place, key?: Span): void {
    const start = this.#at;
    const first = this.#text[start];
    if (this.#isQuote()) this.#skipString();
    else if (first === '[') this.#members(']', (index) => this.#value(place.at(index)));
    else if (first === '{') this.#members('}', () => this.#keyValue(place));
    else this.#skip(BARE_VALUE);
    const value = { start, end: this.#at };
    place.location = key ? { key, value } : { value };
  }

  #members(close: string, member: (index: number) => void): void {
    this.#at++;
    for (let index = 0; ; index++) {
      this.#skip(BLANK);
      if (this.#text[this.#at] === close || this.#at >= this.#text.length) break;
      member(index);
    }
    this.#at++;
  }

  #isQuote(): boolean {
    const first = this.#text[this.#at];
    return first === '"' || first === "'";
  }

  #skipString(): void {
    const text = this.#text;
    const quote = text[this.#at];
    const multiline = text.startsWith(quote.repeat(3), this.#at);
    const close = multiline ? quote.repeat(3) : quote;
    let at = this.#at + close.length;
    while (at < text.length && !text.startsWith(close, at)) at += quote === '"' && text[at] === '\\' ? 2 : 1;
    at += close.length;
    // Up to two more quotes belong to the value of a string in triple quotes.
    if (multiline) at += matchAt(quote === '"' ? /"{0,2}/y : /'{0,2}/y, text, at);
    this.#at = Math.min(at, text.length);
  }

  #skip(pattern: RegExp): void {
    this.#at += matchAt(pattern, this.#text, this.#at);
  }
}

/** The name that a quoted key stands for. Keys with escapes are so rare that they are left as they are. */
function unquote(quoted: string): string {
  return quoted.slice(1, -1);
}
