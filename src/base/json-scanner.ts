import type { FieldValue, Shape } from './field.ts';
import { KeyNode } from './json-keys.ts';
import { JsonValues } from './json-values.ts';

/** How deep objects and arrays may lie in one another. */
const MAX_DEPTH = 64;
/** Shapes of documents that are told apart; those of others have none. */
const MAX_SHAPES = 1024;

/**
 * Reads fields of a JSON object from its bytes, without making objects of it: one pass tells where the values of the wanted
 * fields stand, and a value is made when it is asked for. It takes the usual documents alone, and gives what `jsonReader`
 * gives of the parsed ones; what it does not take may still be JSON.
 */
export class JsonScanner {
  readonly #root = new KeyNode();
  readonly #fields = new Map<string, number>();
  readonly #values = new JsonValues();
  #bytes: Buffer = Buffer.alloc(0);
  #start = 0;
  #end = 0;
  /** Of the document, from 1. */
  #turn = 0;
  /** By field: the document that has it, and where its value stands there. */
  #met: number[] = [];
  #starts: number[] = [];
  #ends: number[] = [];
  /** The first parts of names: what shapes are told by. */
  readonly #groups = new Map<string, number>();
  /** Those that the document has, as they come. */
  readonly #found: number[] = [];
  readonly #shapes = new Map<number, ScannedShape[]>();
  #shapesLeft = MAX_SHAPES;
  /** A field was added since the document was read. */
  #isStale = false;

  /** @param refused keys with which an object has to be parsed */
  constructor(refused: readonly string[] = []) {
    for (const key of refused) this.#root.child(key).isRefused = true;
  }

  /** The number of a field, by which its value is asked for. */
  field(name: string): number {
    const known = this.#fields.get(name);
    if (known !== undefined) return known;
    const number = this.#fields.size;
    this.#fields.set(name, number);
    let node = this.#root;
    const group = this.#groupOf(name.split('.', 1)[0]);
    for (const part of name.split('.')) {
      node = node.child(part);
      node.group = group;
    }
    node.field = number;
    this.#met.push(0);
    this.#starts.push(0);
    this.#ends.push(0);
    this.#isStale = true;
    return number;
  }

  #groupOf(part: string): number {
    const group = this.#groups.get(part) ?? this.#groups.size;
    this.#groups.set(part, group);
    return group;
  }

  /**
   * Takes the document that stands in `bytes` from `start` to `end`, where a line feed follows. False: it is no JSON object,
   * or one that has to be parsed, since a key comes twice, or values of one field lie in several objects.
   * @param bytes stay as they are while values are asked for
   */
  scan(bytes: Buffer, start: number, end: number): boolean {
    this.#bytes = bytes;
    this.#start = start;
    this.#end = end;
    this.#isStale = false;
    this.#turn++;
    this.#found.length = 0;
    const first = this.#space(start);
    if (bytes[first] !== OPEN_OBJECT) return false;
    const after = this.#object(first + 1, this.#root, 0);
    return after > 0 && this.#space(after) === end;
  }

  /** What the field has in the document; undefined where it has none. */
  value(field: number): FieldValue {
    if (this.#isStale) this.scan(this.#bytes, this.#start, this.#end);
    if (this.#met[field] !== this.#turn) return undefined;
    return this.#values.at(this.#bytes, this.#starts[field], this.#ends[field]);
  }

  /** Which groups of fields the document has. */
  shape(): Shape | null {
    if (this.#isStale) this.scan(this.#bytes, this.#start, this.#end);
    const found = this.#found;
    let hash = found.length;
    for (let i = 0; i < found.length; i++) hash = Math.imul(hash ^ found[i], 0x01000193);
    const alike = this.#shapes.get(hash);
    if (alike !== undefined) for (const shape of alike) if (shape.isOf(found)) return shape;
    if (this.#shapesLeft <= 0) return null;
    this.#shapesLeft--;
    const shape = new ScannedShape(this.#groups, found.slice());
    this.#shapes.set(hash, [...(alike ?? []), shape]);
    return shape;
  }

  /** From behind the brace to behind its pair; -1 where that is not so simple. @param node null: nothing is wanted of it */
  #object(from: number, node: KeyNode | null, depth: number): number {
    const bytes = this.#bytes;
    if (depth > MAX_DEPTH) return -1;
    let at = this.#space(from);
    if (bytes[at] === CLOSE_OBJECT) return at + 1;
    for (;;) {
      if (bytes[at] !== QUOTE) return -1;
      const key = ++at;
      for (let code = bytes[at]; code !== QUOTE; code = bytes[++at]) {
        if (code === BACKSLASH || code < SPACE || code > LAST_ASCII) return -1;
      }
      let child: KeyNode | null = null;
      if (node !== null) {
        child = node.at(bytes, key, at);
        if (child !== null) {
          if (child.met === this.#turn || child.isRefused) return -1;
          child.met = this.#turn;
          if (depth === 0) this.#found.push(child.group);
        }
      }
      at = this.#space(at + 1);
      if (bytes[at] !== COLON) return -1;
      at = this.#member(this.#space(at + 1), child, depth);
      if (at < 0) return -1;
      at = this.#space(at);
      if (bytes[at] === CLOSE_OBJECT) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = this.#space(at + 1);
    }
  }

  #member(start: number, node: KeyNode | null, depth: number): number {
    if (this.#bytes[start] === OPEN_OBJECT) {
      return this.#object(start + 1, node?.hasChildren ? node : null, depth + 1);
    }
    const end = this.#value(start, node?.hasChildren ?? false, depth);
    if (end > 0 && node !== null && node.field >= 0) {
      const { field } = node;
      this.#met[field] = this.#turn;
      this.#starts[field] = start;
      this.#ends[field] = end;
    }
    return end;
  }

  /** @param isFlat objects may not lie in arrays: something is wanted of them */
  #value(start: number, isFlat: boolean, depth: number): number {
    switch (this.#bytes[start]) {
      case QUOTE:
        return this.#string(start + 1);
      case OPEN_ARRAY:
        return this.#array(start + 1, isFlat, depth + 1);
      case OPEN_OBJECT:
        return isFlat ? -1 : this.#object(start + 1, null, depth + 1);
      case LETTER_T:
        return this.#word(start, TRUE);
      case LETTER_F:
        return this.#word(start, FALSE);
      case LETTER_N:
        return this.#word(start, NULL);
      default:
        return this.#number(start);
    }
  }

  #array(from: number, isFlat: boolean, depth: number): number {
    const bytes = this.#bytes;
    if (depth > MAX_DEPTH) return -1;
    let at = this.#space(from);
    if (bytes[at] === CLOSE_ARRAY) return at + 1;
    for (;;) {
      at = this.#value(at, isFlat, depth);
      if (at < 0) return -1;
      at = this.#space(at);
      if (bytes[at] === CLOSE_ARRAY) return at + 1;
      if (bytes[at] !== COMMA) return -1;
      at = this.#space(at + 1);
    }
  }

  /** From behind the quote to behind its pair. A line feed is a control character, so that it ends here at the latest. */
  #string(from: number): number {
    const bytes = this.#bytes;
    let at = from;
    for (;;) {
      const code = bytes[at];
      if (code === QUOTE) return at + 1;
      if (code < SPACE) return -1;
      if (code === BACKSLASH) {
        const escaped = bytes[at + 1];
        if (escaped === LETTER_U) {
          for (let digit = at + 2; digit < at + 6; digit++) if (!isHex(bytes[digit])) return -1;
          at += 6;
        } else if (ESCAPES.includes(escaped)) at += 2;
        else return -1;
      } else at++;
    }
  }

  #word(start: number, word: readonly number[]): number {
    for (let i = 0; i < word.length; i++) if (this.#bytes[start + i] !== word[i]) return -1;
    return start + word.length;
  }

  #number(start: number): number {
    const bytes = this.#bytes;
    let at = bytes[start] === MINUS ? start + 1 : start;
    if (bytes[at] === ZERO) at++;
    else at = this.#digits(at);
    if (at > 0 && bytes[at] === DOT) at = this.#digits(at + 1);
    if (at > 0 && (bytes[at] | 0x20) === LETTER_E) {
      const sign = bytes[at + 1];
      at = this.#digits(sign === MINUS || sign === PLUS ? at + 2 : at + 1);
    }
    return at;
  }

  /** Behind one digit or more. */
  #digits(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    while (bytes[at] >= ZERO && bytes[at] <= NINE) at++;
    return at === start ? -1 : at;
  }

  #space(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    while (bytes[at] === SPACE || bytes[at] === TAB || bytes[at] === RETURN) at++;
    return at;
  }
}

class ScannedShape implements Shape {
  readonly #groups: ReadonlyMap<string, number>;
  /** Groups that were known when the shape was met. */
  readonly #known: number;
  readonly #found: readonly number[];

  constructor(groups: ReadonlyMap<string, number>, found: readonly number[]) {
    this.#groups = groups;
    this.#known = groups.size;
    this.#found = found;
  }

  mayHave(field: string): boolean {
    const group = this.#groups.get(field.split('.', 1)[0]);
    return group === undefined || group >= this.#known || this.#found.includes(group);
  }

  isOf(found: readonly number[]): boolean {
    if (found.length !== this.#found.length) return false;
    for (let i = 0; i < found.length; i++) if (found[i] !== this.#found[i]) return false;
    return true;
  }
}

function isHex(code: number): boolean {
  return (code >= ZERO && code <= NINE) || ((code | 0x20) >= 0x61 && (code | 0x20) <= 0x66);
}

const TAB = 0x09;
const RETURN = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_ARRAY = 0x5b;
const BACKSLASH = 0x5c;
const CLOSE_ARRAY = 0x5d;
const LETTER_E = 0x65;
const LETTER_F = 0x66;
const LETTER_N = 0x6e;
const LETTER_T = 0x74;
const LETTER_U = 0x75;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const LAST_ASCII = 0x7f;
const ESCAPES = [...Buffer.from('"\\/bfnrt')];
const TRUE = [...Buffer.from('true')];
const FALSE = [...Buffer.from('false')];
const NULL = [...Buffer.from('null')];
