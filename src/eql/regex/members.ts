import { Heap } from '../runtime/heap.ts';
import { type Alphabet, alphabetOf } from './alphabet.ts';
import { Derivatives } from './derivative.ts';
import type { RegexNode, RegexNodes } from './node.ts';

/** Steps that the search for the texts of one expression may take. */
const MAX_STEPS = 20_000;

interface Beginning {
  readonly text: string;
  /** What may follow. */
  readonly rest: RegexNode;
  readonly cost: number;
  /** Cost, and what is still to come by a guess. */
  readonly rank: number;
}

/**
 * Texts that an expression matches, short and readable ones first, up to `most`; ends early where the search takes more
 * than `MAX_STEPS`. It goes from derivative to derivative, towards what looks nearest to an end.
 */
export function* members(node: RegexNode, nodes: RegexNodes, most: number): Generator<string> {
  const characters = readableCharacters(alphabetOf(node));
  const derivatives = new Derivatives(nodes);
  const distance = distances();
  const visits = new Map<RegexNode, number>();
  const beginnings = new Heap<Beginning>((a, b) => a.rank - b.rank);
  const add = (text: string, rest: RegexNode, cost: number): void => {
    const left = distance(rest);
    if (left === Number.POSITIVE_INFINITY || (visits.get(rest) ?? 0) >= most) return;
    beginnings.push({ text, rest, cost, rank: cost + left });
  };
  add('', node, 0);
  let found = 0;
  for (let steps = 0; steps < MAX_STEPS && !nodes.exhausted; steps++) {
    const next = beginnings.pop();
    if (next === undefined) return;
    const visited = visits.get(next.rest) ?? 0;
    if (visited >= most) continue;
    visits.set(next.rest, visited + 1);
    if (next.rest.nullable) {
      yield next.text;
      if (++found === most) return;
    }
    for (const { code, cost } of characters) {
      add(next.text + String.fromCodePoint(code), derivatives.of(next.rest, code), next.cost + cost);
    }
  }
}

/** In the order in which they are preferred. */
const READABLE = `${'abcdefghijklmnopqrstuvwxyz'}0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-_./\\:=,;@+#%&!?*|()[]{}<>^~$"'\` `;

interface Character {
  readonly code: number;
  /** 1 for a letter; more for what is harder to read. */
  readonly cost: number;
}

/** One character of each class, the most readable one. */
function readableCharacters({ representatives, classOf }: Alphabet): Character[] {
  const byClass = new Map<number, Character>();
  for (const [index, char] of [...READABLE].entries()) {
    const code = char.codePointAt(0) ?? 0;
    const symbol = classOf(code);
    if (!byClass.has(symbol)) byClass.set(symbol, { code, cost: 1 + index / 100 });
  }
  for (const [symbol, code] of representatives.entries()) {
    const isHalf = code >= 0xd800 && code <= 0xdfff;
    if (!byClass.has(symbol) && !isHalf) byClass.set(symbol, { code, cost: code > 0x20 && code !== 0x7f ? 5 : 50 });
  }
  return [...byClass.values()].sort((a, b) => a.cost - b.cost);
}

/**
 * A guess at how many characters a text of the expression has at least: Infinity where it has none for sure. Parts of an
 * intersection are added up, since they are seldom met by the same characters.
 */
function distances(): (node: RegexNode) => number {
  const known = new Map<RegexNode, number>();
  const distance = (node: RegexNode): number => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const result = measure(node);
    known.set(node, result);
    return result;
  };
  const measure = (node: RegexNode): number => {
    switch (node.kind) {
      case 'none':
        return Number.POSITIVE_INFINITY;
      case 'empty':
        return 0;
      case 'set':
        return 1;
      case 'concat': {
        let total = 0;
        let rest: RegexNode = node;
        for (; rest.kind === 'concat'; rest = rest.rest) total += distance(rest.first);
        return total + distance(rest);
      }
      case 'union':
        return Math.min(...node.parts.map(distance));
      case 'intersection':
        return node.parts.reduce((total, part) => total + distance(part), 0);
      case 'complement':
        return node.nullable ? 0 : 1;
      case 'repeat':
        return node.min === 0 ? 0 : node.min * distance(node.inner);
    }
  };
  return distance;
}
