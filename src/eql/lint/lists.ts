import type { Call, Expression, Literal } from '../ast.ts';
import { typeOf } from '../semantic/types.ts';
import { blockHas, parseBlock, parseIp } from '../values/ip.ts';
import { fold } from '../values/text.ts';
import type { Budget } from './budget.ts';
import { expressionsOf, type LintContext } from './context.ts';
import { Coverage } from './covers.ts';
import { hasWildcard } from './value-set.ts';

/** Entries of lists that other entries cover: patterns, values, blocks of addresses. */
export function lintLists(context: LintContext): void {
  for (const expression of expressionsOf(context.query)) {
    const list = listOf(expression, context);
    if (list === null || list.entries.length < 2) continue;
    const repeated = reportRepeated(list, context);
    // Where that would take too long, only what is written twice is found.
    if (!context.budget.spend(list.entries.length ** 2)) continue;
    for (const [wider, covered] of coveredBy(list, repeated)) reportCovered(covered, wider, context);
  }
}

/** Entries that others cover, by the first that does. */
function coveredBy({ entries, covers }: List, repeated: ReadonlySet<Literal>): ReadonlyMap<Literal, Literal[]> {
  const distinct = entries.filter((entry) => !repeated.has(entry));
  const found = new Map<Literal, Literal[]>();
  distinct.forEach((entry, at) => {
    const wider = distinct.find((other, place) => {
      // Of two that cover each other the first stays.
      return place !== at && covers(other, entry) && (place < at || !covers(entry, other));
    });
    if (wider !== undefined) found.set(wider, [...(found.get(wider) ?? []), entry]);
  });
  return found;
}

function reportCovered(covered: readonly Literal[], wider: Literal, context: LintContext): void {
  const [first, ...others] = covered;
  const count = others.length === 0 ? 'is' : `and ${others.length} more are`;
  const message = `${sourceOf(first, context)} ${count} covered by ${sourceOf(wider, context)} of the same list`;
  const help = `leave out ${covered.map((entry) => sourceOf(entry, context)).join(', ')}`;
  context.report('covered-value', first.span, message, help);
}

interface List {
  readonly entries: readonly Literal[];
  /** The same for entries that mean the same. */
  key(entry: Literal): string;
  /** `one` matches more than `other`, and all that this matches. */
  covers(one: Literal, other: Literal): boolean;
}

function reportRepeated({ entries, key }: List, context: LintContext): ReadonlySet<Literal> {
  const first = new Map<string, Literal>();
  const repeated = new Set<Literal>();
  for (const entry of entries) {
    const before = first.get(key(entry));
    if (before === undefined) {
      first.set(key(entry), entry);
      continue;
    }
    repeated.add(entry);
    const same = before.value === entry.value;
    const message = same
      ? `${sourceOf(entry, context)} stands in this list already`
      : `${sourceOf(entry, context)} says the same as ${sourceOf(before, context)}, since case is ignored here`;
    context.report('covered-value', entry.span, message, 'leave it out');
  }
  return repeated;
}

function listOf(expression: Expression, context: LintContext): List | null {
  switch (expression.kind) {
    case 'pattern': {
      const { operator, patterns } = expression;
      const isRegex = operator.startsWith('regex');
      const isSensitive = operator === 'like' || operator === 'regex';
      const key = ({ value }: Literal) => (isSensitive || isRegex ? String(value) : fold(String(value)));
      return { entries: patterns, key, covers: isRegex ? () => false : patternCoverage(key, context.budget) };
    }
    case 'in': {
      const entries = expression.values.filter((value) => value.kind === 'literal');
      const key = ({ type, value }: Literal) => {
        return typeof value !== 'string'
          ? `${type} ${value}`
          : `string ${expression.insensitive ? fold(value) : value}`;
      };
      const isAddress = typeOf(expression.operand, context.fields) === 'ip';
      return { entries, key, covers: isAddress ? blockCovers : () => false };
    }
    case 'call':
      return isCidrMatch(expression) ? { entries: blocksOf(expression), key: textOf, covers: blockCovers } : null;
    default:
      return null;
  }
}

function isCidrMatch(call: Call): boolean {
  return call.name.toLowerCase() === 'cidrmatch';
}

function blocksOf(call: Call): readonly Literal[] {
  return call.args.slice(1).filter((arg) => arg.kind === 'literal');
}

function textOf({ value }: Literal): string {
  return String(value);
}

function patternCoverage(key: List['key'], budget: Budget): List['covers'] {
  const coverages = new Map<Literal, Coverage>();
  return (one, other) => {
    // What any value matches is found by another lint.
    if (!hasWildcard(String(one.value)) || /^\*+$/.test(String(one.value))) return false;
    let coverage = coverages.get(one);
    if (coverage === undefined) {
      coverage = new Coverage(key(one));
      coverages.set(one, coverage);
    }
    return coverage.covers(key(other), budget);
  };
}

/** An address block that holds another one, or an address. */
function blockCovers(one: Literal, other: Literal): boolean {
  const outer = parseBlock(textOf(one));
  if (outer === null) return false;
  const address = new Uint32Array(4);
  const [text, bits] = textOf(other).split('/');
  if (!parseIp(text, address) || !blockHas(outer, address)) return false;
  const [outerText, outerBits] = textOf(one).split('/');
  if (outerText.includes(':') !== text.includes(':')) return false;
  return bits === undefined || Number(outerBits) < Number(bits);
}

function sourceOf({ span }: Literal, { text }: LintContext): string {
  return text.slice(span.start, span.end);
}
