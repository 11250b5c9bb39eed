import { type Alphabet, alphabetOf } from './alphabet.ts';
import { Derivatives } from './derivative.ts';
import type { RegexNode, RegexNodes } from './node.ts';

/** States that the automaton of an expression may have: Elasticsearch's max_determinized_states. */
const MAX_STATES = 10_000;

/** Transitions that the automaton of an expression may have: 400 kB. */
const MAX_TRANSITIONS = 200_000;

/**
 * The automaton of an expression, its states the derivatives that can be reached; null where it would be too large. It
 * is built whole beforehand, so that a test takes one step a character whatever the expression.
 */
export function buildAutomaton(start: RegexNode, nodes: RegexNodes): Automaton | null {
  const alphabet = alphabetOf(start);
  const derivatives = new Derivatives(nodes);
  const numbers = new Map([[start, 0]]);
  const states = [start];
  const next: number[] = [];
  for (let state = 0; state < states.length; state++) {
    for (const code of alphabet.representatives) {
      const target = derivatives.of(states[state], code);
      let number = numbers.get(target);
      if (number === undefined) {
        number = states.push(target) - 1;
        numbers.set(target, number);
      }
      next.push(number);
    }
    const isTooLarge = states.length > MAX_STATES || next.length > MAX_TRANSITIONS;
    if (isTooLarge || nodes.exhausted) return null;
  }
  return new Automaton(alphabet, Uint16Array.from(next), states, numbers.get(nodes.none), numbers.get(nodes.all));
}

export class Automaton {
  readonly #alphabet: Alphabet;
  readonly #ascii: Uint16Array;
  readonly #classes: number;
  /** The state behind state s and class c, at s * classes + c. */
  readonly #next: Uint16Array;
  readonly #accepts: Uint8Array;
  /** States in which the answer can no longer change; -1 where there is none. */
  readonly #never: number;
  readonly #always: number;

  constructor(
    alphabet: Alphabet,
    next: Uint16Array,
    states: readonly RegexNode[],
    never: number | undefined,
    always: number | undefined,
  ) {
    this.#alphabet = alphabet;
    this.#ascii = alphabet.ascii;
    this.#classes = alphabet.representatives.length;
    this.#next = next;
    this.#accepts = Uint8Array.from(states, (state) => (state.nullable ? 1 : 0));
    this.#never = never ?? -1;
    this.#always = always ?? -1;
  }

  matches(value: string): boolean {
    let state = 0;
    for (let at = 0; at < value.length; at++) {
      if (state === this.#never) return false;
      if (state === this.#always) return true;
      const unit = value.charCodeAt(at);
      let symbol: number;
      if (unit < 128) {
        symbol = this.#ascii[unit];
      } else {
        const code = value.codePointAt(at) ?? unit;
        if (code > 0xffff) at++;
        symbol = this.#alphabet.classOf(code);
      }
      state = this.#next[state * this.#classes + symbol];
    }
    return this.#accepts[state] === 1;
  }
}
