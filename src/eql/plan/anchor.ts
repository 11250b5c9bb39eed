import type { Condition, Leaf, PatternLeaf } from '../condition.ts';
import { toNumber } from '../values/compare.ts';
import { fold } from '../values/text.ts';
import { MIN_CONTAINED } from '../wildcard/text-finder.ts';

/** Values one of which a field must have for a condition to hold, or texts one of which its value must contain. */
export interface Anchor {
  readonly kind: 'equals' | 'contains';
  /** Case of ASCII letters counts for nothing, and `texts` are in lower case. So it is for all that is contained. */
  readonly folded: boolean;
  readonly texts: readonly string[];
}

/**
 * What a condition cannot hold without in the values of one field, chosen so that few documents have it; several where it
 * is one or the other, none where it can never hold. Null where there is nothing of the kind.
 */
export function anchorsOn(condition: Condition, field: string): readonly Anchor[] | null {
  return find(condition, field)?.anchors ?? null;
}

/** Whether a condition cannot hold without some value, or part of one, by which it may be found. */
export function hasAnchor(condition: Condition): boolean {
  switch (condition.kind) {
    case 'constant':
      return !condition.value;
    case 'not':
      return false;
    case 'leaf':
      return ofLeaf(condition.leaf) !== null;
    case 'and':
      return condition.operands.some(hasAnchor);
    case 'or':
      return condition.operands.every(hasAnchor);
  }
}

interface Found {
  readonly anchors: readonly Anchor[];
  /** How many documents are expected to have it, from 0 to 1. */
  readonly share: number;
}

const NEVER: Found = { anchors: [], share: 0 };

function find(condition: Condition, field: string): Found | null {
  switch (condition.kind) {
    case 'constant':
      return condition.value ? null : NEVER;
    case 'not':
      return null;
    case 'leaf':
      return condition.leaf.kind !== 'composed' && condition.leaf.field === field ? ofLeaf(condition.leaf) : null;
    case 'and': {
      let best: Found | null = null;
      for (const operand of condition.operands) {
        const found = find(operand, field);
        if (found !== null && (best === null || found.share < best.share)) best = found;
      }
      return best;
    }
    case 'or': {
      const anchors: Anchor[] = [];
      let share = 0;
      for (const operand of condition.operands) {
        const found = find(operand, field);
        if (found === null) return null;
        anchors.push(...found.anchors);
        share += found.share;
      }
      return { anchors, share };
    }
  }
}

/** How many documents are expected to have one value that a rule asks for. */
const ONE_VALUE = 0.005;

function ofLeaf(leaf: Leaf): Found | null {
  switch (leaf.kind) {
    case 'missing':
    case 'composed':
      return null;
    case 'comparison':
      return leaf.operator === '==' ? ofTexts(leaf.domain, [leaf.value], false) : null;
    case 'member':
      return ofTexts(leaf.domain, leaf.values, leaf.insensitive);
    case 'pattern':
      return ofPatterns(leaf);
  }
}

/** Only strings that no number equals: a value is then equal where its text is. */
function ofTexts(domain: string, values: readonly unknown[], folded: boolean): Found | null {
  if (domain !== 'string' && domain !== 'dynamic') return null;
  const texts: string[] = [];
  for (const value of values) {
    if (typeof value !== 'string') return null;
    if (domain === 'dynamic' && !Number.isNaN(toNumber(value))) return null;
    texts.push(folded ? fold(value) : value);
  }
  return { anchors: [{ kind: 'equals', folded, texts }], share: ONE_VALUE * texts.length };
}

/** What the values of most documents contain: the beginnings of paths, and what names end in. */
const COMMON = new RegExp(
  `^(?:${[
    String.raw`[a-z]?:?\\*(?:windows|users|program ?files(?: \(x86\))?|programdata|device\\harddiskvolume)?(?:\\(?:system32|syswow64|appdata(?:\\(?:local|roaming))?(?:\\temp)?))?\\*`,
    String.raw`\.?(?:exe|dll|com|tmp|txt|log|ps1|js|sh|py)[ "]*`,
    '/?(?:usr|bin|sbin|var|tmp|etc|home|opt|lib|users|private|library|dev|run)?(?:/(?:bin|sbin|lib|local|tmp|log|run))*/?',
    'https?://',
    String.raw`(?:hk(?:lm|cu|ey_[a-z_]+)|\\?registry\\(?:machine|user))?\\*(?:software|system|microsoft)?\\*(?:microsoft\\*)?`,
  ].join('|')})$`,
);

function ofPatterns({ operator, patterns }: PatternLeaf): Found | null {
  if (operator.startsWith('regex')) return null;
  const folded = operator !== 'like';
  const equal: string[] = [];
  const contained = new Set<string>();
  let share = 0;
  for (const pattern of patterns) {
    const text = folded ? fold(pattern) : pattern;
    if (!/[*?]/.test(text)) {
      equal.push(text);
      share += ONE_VALUE;
      continue;
    }
    const longest = fold(text)
      .split(/[*?]+/)
      .reduce((best, run) => (weight(run) > weight(best) ? run : best), '');
    if (longest.length < MIN_CONTAINED) return null;
    contained.add(longest);
    share += COMMON.test(longest) ? 0.3 : 0.05 / longest.length;
  }
  const anchors: Anchor[] = [];
  if (equal.length > 0) anchors.push({ kind: 'equals', folded, texts: equal });
  if (contained.size > 0) anchors.push({ kind: 'contains', folded: true, texts: [...contained] });
  return { anchors, share };
}

/** How much a text tells: the longer the more, and little where it is common. */
function weight(run: string): number {
  return COMMON.test(run) ? run.length / 10 : run.length;
}
