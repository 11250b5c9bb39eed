import type { RegexNode, RegexNodes } from './node.ts';

/**
 * The numbers from `low` to `high`, both among them. Bounds of the same length mean numbers of that length, with zeros
 * in front; otherwise any number of zeros may stand in front (Lucene, Automata.makeDecimalInterval).
 */
export function interval(low: string, high: string, nodes: RegexNodes): RegexNode {
  const [from, to] = Number(low) <= Number(high) ? [low, high] : [high, low];
  if (low.length === high.length) return sameLength(from, to, nodes);
  const zeros = nodes.repeat(digits('0', '0', nodes), 0, Number.POSITIVE_INFINITY);
  const least = String(Number(from));
  const most = String(Number(to));
  const parts: RegexNode[] = [];
  for (let length = least.length; length <= most.length; length++) {
    const first = length === least.length ? least : `1${'0'.repeat(length - 1)}`;
    const last = length === most.length ? most : '9'.repeat(length);
    parts.push(sameLength(first, last, nodes));
  }
  return nodes.concat(zeros, nodes.union(parts));
}

/** Numbers between two that have the same number of digits. */
function sameLength(low: string, high: string, nodes: RegexNodes): RegexNode {
  if (low === '') return nodes.empty;
  const lowRest = low.slice(1);
  const highRest = high.slice(1);
  if (low[0] === high[0]) return nodes.concat(digits(low[0], low[0], nodes), sameLength(lowRest, highRest, nodes));
  const between = (from: string, to: string) =>
    from <= to
      ? nodes.concat(digits(from, to, nodes), nodes.repeat(digits('0', '9', nodes), lowRest.length, lowRest.length))
      : nodes.none;
  return nodes.union([
    nodes.concat(digits(low[0], low[0], nodes), sameLength(lowRest, '9'.repeat(lowRest.length), nodes)),
    between(String(Number(low[0]) + 1), String(Number(high[0]) - 1)),
    nodes.concat(digits(high[0], high[0], nodes), sameLength('0'.repeat(highRest.length), highRest, nodes)),
  ]);
}

function digits(from: string, to: string, nodes: RegexNodes): RegexNode {
  return nodes.set([from.charCodeAt(0), to.charCodeAt(0)]);
}
