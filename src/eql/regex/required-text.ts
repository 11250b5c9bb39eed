import type { RegexNode } from './node.ts';

/** Repetitions that are written out. */
const MAX_REPEAT = 16;

/**
 * A text that every value contains that the expression matches; empty where none was found. It is for telling in no time
 * that a value does not match.
 */
export function requiredText(node: RegexNode): string {
  return find(node).best;
}

interface Found {
  readonly best: string;
  /** The one string that the expression matches; null where there are others, or none. */
  readonly only: string | null;
}

const NOTHING: Found = { best: '', only: null };

function find(node: RegexNode): Found {
  switch (node.kind) {
    case 'empty':
      return { best: '', only: '' };
    case 'set': {
      const [first, last] = node.ranges;
      if (node.ranges.length !== 2 || first !== last) return NOTHING;
      const text = String.fromCodePoint(first);
      return { best: text, only: text };
    }
    case 'concat':
      return ofChain(node);
    case 'repeat': {
      const { best, only } = find(node.inner);
      if (node.min === 0) return NOTHING;
      if (only === null) return { best, only: null };
      const text = only.repeat(Math.min(node.min, MAX_REPEAT));
      return { best: text, only: node.max === node.min && node.min <= MAX_REPEAT ? text : null };
    }
    case 'none':
    case 'union':
    case 'intersection':
    case 'complement':
      return NOTHING;
  }
}

/** Along the chain in a loop: it is as long as the expression. */
function ofChain(chain: RegexNode): Found {
  let best = '';
  let run = '';
  let isOnly = true;
  const take = (part: RegexNode): void => {
    const found = find(part);
    if (found.only !== null) {
      run += found.only;
    } else {
      isOnly = false;
      best = longer(longer(best, run), found.best);
      run = '';
    }
  };
  let rest = chain;
  for (; rest.kind === 'concat'; rest = rest.rest) take(rest.first);
  take(rest);
  return { best: longer(best, run), only: isOnly ? run : null };
}

function longer(a: string, b: string): string {
  return b.length > a.length ? b : a;
}
