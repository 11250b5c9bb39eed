import { interval } from './interval.ts';
import { ANY_CHARACTER, negateRanges, type Ranges, type RegexNode, type RegexNodes, uniteRanges } from './node.ts';

/** What is wrong with a regular expression. */
export interface RegexProblem {
  readonly code: 'invalid-regex' | 'regex-too-complex';
  readonly message: string;
  readonly help?: string;
}

/** Characters a regular expression may have: Elasticsearch's index.max_regex_length. */
const MAX_REGEX_LENGTH = 1000;

/** How deep a regular expression may nest. */
const MAX_REGEX_DEPTH = 100;

/** How often a part may be repeated by {n,m}. */
const MAX_REPEATS = 1000;

/**
 * Reads Lucene's syntax (org.apache.lucene.util.automaton.RegExp, all optional operators on), from the loosest
 * operator to the tightest: | & concatenation, the repetitions ? * + {n,m}, then ~ [..] . # @ "text" (..) <n-m> \d \s
 * \w. The expression stands for the whole value: ^ and $ are characters like others.
 *
 * @param insensitive single characters stand for both cases; ranges do not, as in Lucene
 */
export function parseRegex(text: string, insensitive: boolean, nodes: RegexNodes): RegexNode | RegexProblem {
  if (text.length > MAX_REGEX_LENGTH) {
    return {
      code: 'regex-too-complex',
      message: `a regular expression may have at most ${MAX_REGEX_LENGTH} characters`,
    };
  }
  if (text === '') return nodes.empty;
  const parser = new RegexParser(Array.from(text), insensitive, nodes);
  const node = parser.whole();
  return parser.problem ?? node;
}

class RegexParser {
  problem: RegexProblem | null = null;
  readonly #chars: readonly string[];
  readonly #insensitive: boolean;
  readonly #nodes: RegexNodes;
  #at = 0;
  #depth = 0;

  constructor(chars: readonly string[], insensitive: boolean, nodes: RegexNodes) {
    this.#chars = chars;
    this.#insensitive = insensitive;
    this.#nodes = nodes;
  }

  whole(): RegexNode {
    const node = this.#union();
    if (this.#more()) this.#fail('there is a ) too many', 'write \\) for the character itself');
    return node;
  }

  #union(): RegexNode {
    if (this.#depth >= MAX_REGEX_DEPTH) return this.#fail(`it nests more than ${MAX_REGEX_DEPTH} levels deep`);
    this.#depth++;
    const parts = [this.#intersection()];
    while (this.#accept('|')) parts.push(this.#intersection());
    this.#depth--;
    return this.#nodes.union(parts);
  }

  #intersection(): RegexNode {
    const parts = [this.#concatenation()];
    while (this.#accept('&')) parts.push(this.#concatenation());
    return parts.length === 1 ? parts[0] : this.#nodes.intersection(parts);
  }

  #concatenation(): RegexNode {
    const parts = [this.#repetition()];
    while (this.#more() && !this.#peek(')|&')) parts.push(this.#repetition());
    return parts.reduceRight((rest, first) => this.#nodes.concat(first, rest), this.#nodes.empty);
  }

  #repetition(): RegexNode {
    let node = this.#complement();
    while (this.#peek('?*+{')) {
      if (this.#accept('?')) node = this.#nodes.union([this.#nodes.empty, node]);
      else if (this.#accept('*')) node = this.#nodes.repeat(node, 0, Number.POSITIVE_INFINITY);
      else if (this.#accept('+')) node = this.#nodes.repeat(node, 1, Number.POSITIVE_INFINITY);
      else node = this.#counted(node);
    }
    return node;
  }

  /** `{n}`, `{n,}`, `{n,m}` */
  #counted(inner: RegexNode): RegexNode {
    this.#next();
    const min = this.#number();
    if (min === null) return this.#fail('{ is not followed by a number', 'write \\{ for the character itself');
    let max: number | null = min;
    if (this.#accept(',')) max = this.#peek('}') ? Number.POSITIVE_INFINITY : this.#number();
    if (max === null || !this.#accept('}')) return this.#fail('a repetition is not closed', 'write {n}, {n,} or {n,m}');
    if (max < min) return this.#fail(`{${min},${max}} has its bounds the wrong way round`);
    if (min > MAX_REPEATS || (max > MAX_REPEATS && Number.isFinite(max))) {
      return this.#fail(`a part may be repeated at most ${MAX_REPEATS} times`, undefined, 'regex-too-complex');
    }
    return this.#nodes.repeat(inner, min, max);
  }

  #number(): number | null {
    let digits = '';
    while (this.#peek('0123456789')) digits += this.#next();
    return digits === '' ? null : Number(digits);
  }

  #complement(): RegexNode {
    let negated = false;
    while (this.#accept('~')) negated = !negated;
    const node = this.#simple();
    return negated ? this.#nodes.complement(node) : node;
  }

  #simple(): RegexNode {
    if (this.#accept('[')) return this.#characterClass();
    if (this.#accept('.')) return this.#nodes.set(ANY_CHARACTER);
    if (this.#accept('#')) return this.#nodes.none;
    if (this.#accept('@')) return this.#nodes.all;
    if (this.#accept('"')) return this.#quoted();
    if (this.#accept('<')) return this.#interval();
    if (this.#accept('(')) {
      if (this.#accept(')')) return this.#nodes.empty;
      const node = this.#union();
      return this.#accept(')') ? node : this.#fail('a ( is not closed', 'write \\( for the character itself');
    }
    return this.#nodes.set(this.#characters());
  }

  /** `"text"`: the characters between the quotes stand for themselves. */
  #quoted(): RegexNode {
    const codes: Ranges[] = [];
    while (this.#more() && !this.#peek('"')) codes.push(this.#caseOf(this.#next()));
    if (!this.#accept('"')) return this.#fail('a " is not closed', 'write \\" for the character itself');
    return codes.reduceRight((rest, code) => this.#nodes.concat(this.#nodes.set(code), rest), this.#nodes.empty);
  }

  #interval(): RegexNode {
    let text = '';
    while (this.#more() && !this.#peek('>')) text += this.#next();
    const closed = this.#accept('>');
    const match = /^(\d{1,9})-(\d{1,9})$/.exec(text);
    if (!closed || !match) {
      return this.#fail('< does not start an interval such as <1-100>', 'write \\< for the character itself');
    }
    return interval(match[1], match[2], this.#nodes);
  }

  #characterClass(): RegexNode {
    const negated = this.#accept('^');
    const ranges: number[] = [];
    do ranges.push(...this.#classPart());
    while (this.#more() && !this.#peek(']'));
    if (!this.#accept(']')) return this.#fail('a [ is not closed', 'write \\[ for the character itself');
    return this.#nodes.set(negated ? negateRanges(ranges) : uniteRanges(ranges));
  }

  /** One character, a range, or a predefined class. */
  #classPart(): Ranges {
    const start = this.#at;
    const first = this.#characters();
    if (!this.#accept('-')) return first;
    const from = this.#codeAt(start);
    const second = this.#at;
    this.#characters();
    const to = this.#codeAt(second);
    if (from <= to) return [from, to];
    this.#fail(`the range ${this.#chars.slice(start, this.#at).join('')} is empty`);
    return [];
  }

  /** The code point of the character, perhaps escaped, at `index`. */
  #codeAt(index: number): number {
    const char = this.#chars[index] === '\\' ? this.#chars[index + 1] : this.#chars[index];
    return char?.codePointAt(0) ?? 0;
  }

  /** A character in its cases, an escaped one, or the characters of a predefined class. */
  #characters(): Ranges {
    if (!this.#accept('\\')) return this.#caseOf(this.#next());
    const char = this.#next();
    const predefined = PREDEFINED[char];
    if (predefined) return predefined;
    if (/^[a-zA-Z]$/.test(char)) {
      this.#fail(
        `\\${char} is not an escape sequence`,
        'there are \\d \\D \\s \\S \\w \\W; a letter stands for itself',
      );
    }
    return this.#caseOf(char);
  }

  #caseOf(char: string): Ranges {
    const code = char.codePointAt(0);
    if (code === undefined) return [];
    const other = this.#insensitive && /^[a-zA-Z]$/.test(char) ? code ^ 0x20 : code;
    return other === code ? [code, code] : uniteRanges([code, code, other, other]);
  }

  #more(): boolean {
    return this.problem === null && this.#at < this.#chars.length;
  }

  #peek(chars: string): boolean {
    return this.#more() && chars.includes(this.#chars[this.#at]);
  }

  #accept(char: string): boolean {
    if (!this.#more() || this.#chars[this.#at] !== char) return false;
    this.#at++;
    return true;
  }

  /** An empty string where there is no more, which is an error. */
  #next(): string {
    if (this.#more()) return this.#chars[this.#at++];
    this.#fail('it ends where a character is expected', 'write \\\\ for a backslash, and \\| for the character itself');
    return '';
  }

  #fail(message: string, help?: string, code: RegexProblem['code'] = 'invalid-regex'): RegexNode {
    this.problem ??= help === undefined ? { code, message } : { code, message, help };
    return this.#nodes.none;
  }
}

const DIGIT: Ranges = [0x30, 0x39];
const SPACE: Ranges = [0x09, 0x0a, 0x0d, 0x0d, 0x20, 0x20];
const WORD: Ranges = [0x30, 0x39, 0x41, 0x5a, 0x5f, 0x5f, 0x61, 0x7a];

const PREDEFINED: Readonly<Record<string, Ranges | undefined>> = {
  d: DIGIT,
  D: negateRanges(DIGIT),
  s: SPACE,
  S: negateRanges(SPACE),
  w: WORD,
  W: negateRanges(WORD),
};
