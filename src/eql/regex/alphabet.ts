import { inRanges, LAST_CODE_POINT, type Ranges, type RegexNode } from './node.ts';

/** The characters of an expression sorted into classes: within a class, no part of the expression tells them apart. */
export interface Alphabet {
  /** One character of each class. */
  readonly representatives: readonly number[];
  /** The class of each ASCII character. */
  readonly ascii: Uint16Array;
  /** Class of any code point. */
  classOf(code: number): number;
}

export function alphabetOf(node: RegexNode): Alphabet {
  const sets = new Set<Ranges>();
  collectSets(node, sets, new Set());
  const starts = new Set([0]);
  for (const ranges of sets) {
    ranges.forEach((code, i) => {
      if (i % 2 === 0) starts.add(code);
      else if (code < LAST_CODE_POINT) starts.add(code + 1);
    });
  }
  const boundaries = [...starts].sort((a, b) => a - b);
  const classes = new Map<string, number>();
  const representatives: number[] = [];
  const classAt = boundaries.map((code) => {
    const members = [...sets].map((ranges) => (inRanges(ranges, code) ? 1 : 0)).join('');
    const known = classes.get(members);
    if (known !== undefined) return known;
    classes.set(members, representatives.length);
    return representatives.push(code) - 1;
  });
  const classOf = (code: number) => classAt[lastAtMost(boundaries, code)];
  return { representatives, classOf, ascii: Uint16Array.from({ length: 128 }, (_, code) => classOf(code)) };
}

/** Index of the greatest number that is not above `code`; the first is 0. */
function lastAtMost(sorted: readonly number[], code: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (sorted[middle] <= code) low = middle;
    else high = middle - 1;
  }
  return low;
}

function collectSets(node: RegexNode, sets: Set<Ranges>, seen: Set<RegexNode>): void {
  if (seen.has(node)) return;
  seen.add(node);
  switch (node.kind) {
    case 'none':
    case 'empty':
      return;
    case 'set':
      sets.add(node.ranges);
      return;
    case 'concat': {
      // Along the chain in a loop: it is as long as the expression.
      let rest: RegexNode = node;
      for (; rest.kind === 'concat'; rest = rest.rest) collectSets(rest.first, sets, seen);
      collectSets(rest, sets, seen);
      return;
    }
    case 'union':
    case 'intersection':
      for (const part of node.parts) collectSets(part, sets, seen);
      return;
    case 'complement':
    case 'repeat':
      collectSets(node.inner, sets, seen);
      return;
  }
}
