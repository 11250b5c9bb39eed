import type { Comparison, ComparisonOperator, Expression, Literal, PatternOperator } from '../ast.ts';
import type { Leaf } from '../condition.ts';
import { ANY_CHARACTER, LAST_CODE_POINT, type RegexNode, type RegexNodes, uniteRanges } from '../regex/node.ts';
import { parseRegex } from '../regex/parse.ts';
import { orient } from '../scalar.ts';

/** Characters of a constant that a language is made of. */
const MAX_LENGTH = 2_000;

/**
 * The texts of its field that a leaf holds for, as an expression; null where they are no regular language, or this does
 * not know it. A text that it names need not be met where it has characters beyond U+FFFF, which count as two.
 */
export function languageOf(leaf: Leaf, nodes: RegexNodes): RegexNode | null {
  switch (leaf.kind) {
    case 'missing':
      return nodes.none;
    case 'comparison':
      return isText(leaf.domain) ? compared(leaf.operator, String(leaf.value), nodes) : null;
    case 'member':
      if (!isText(leaf.domain)) return null;
      return nodes.union(leaf.values.map((value) => literal(String(value), leaf.insensitive, nodes)));
    case 'pattern':
      return patterns(leaf.operator, leaf.patterns, nodes);
    case 'composed':
      return leaf.fields.length === 1 ? whereTrue(leaf.expression, nodes) : null;
  }
}

function isText(domain: string): boolean {
  return domain === 'string' || domain === 'dynamic';
}

/** The texts of the one field of a condition for which it is true. */
function whereTrue(expression: Expression, nodes: RegexNodes): RegexNode | null {
  switch (expression.kind) {
    case 'pattern': {
      const wanted = patterns(
        expression.operator,
        expression.patterns.map(({ value }) => String(value)),
        nodes,
      );
      return wanted && before(expression.operand, wanted, nodes);
    }
    case 'comparison':
      return whereComparisonHolds(orient(expression), nodes);
    case 'in': {
      if (expression.negated || !expression.values.every(isTextLiteral)) return null;
      const members = expression.values.map(({ value }) => literal(String(value), expression.insensitive, nodes));
      return before(expression.operand, nodes.union(members), nodes);
    }
    case 'call': {
      const [source, part] = expression.args;
      if (part === undefined || !isTextLiteral(part)) return null;
      const text = literal(String(part.value), expression.insensitive, nodes);
      switch (expression.name.toLowerCase()) {
        case 'startswith':
          return before(source, nodes.concat(text, nodes.all), nodes);
        case 'endswith':
          return before(source, nodes.concat(nodes.all, text), nodes);
        case 'stringcontains':
          return part.value === '' ? nodes.none : before(source, around(text, nodes), nodes);
        default:
          return null;
      }
    }
    default:
      return null;
  }
}

function isTextLiteral(expression: Expression): expression is Literal {
  return expression.kind === 'literal' && typeof expression.value === 'string';
}

function whereComparisonHolds({ operator, left, right }: Comparison, nodes: RegexNodes): RegexNode | null {
  if (right.kind !== 'literal' || operator === '!=') return null;
  const { value } = right;
  if (left.kind === 'call' && left.name.toLowerCase() === 'length' && typeof value === 'number') {
    const lengths = lengthsThat(operator, value, nodes);
    return lengths && before(left.args[0], lengths, nodes);
  }
  if (typeof value !== 'string') return null;
  const wanted = compared(operator, value, nodes);
  return wanted && before(left, wanted, nodes);
}

/** The texts of the field for which an expression that makes a text of it gives one of those wanted. */
function before(expression: Expression, wanted: RegexNode, nodes: RegexNodes): RegexNode | null {
  if (expression.kind === 'field') return wanted;
  if (expression.kind !== 'call' || expression.name.toLowerCase() !== 'substring') return null;
  const [source, ...bounds] = expression.args;
  const [start, end] = bounds.map((bound) => (bound.kind === 'literal' ? bound.value : undefined));
  if (typeof start !== 'number' || (bounds.length > 1 && typeof end !== 'number')) return null;
  const cut = beforeCut(start, typeof end === 'number' ? end : null, wanted, nodes);
  return cut && before(source, cut, nodes);
}

/** The texts whose part from `start` to `end` is one of those wanted. */
function beforeCut(start: number, end: number | null, wanted: RegexNode, nodes: RegexNodes): RegexNode | null {
  const short = (length: number) => (wanted.nullable && length > 0 ? characters(0, length - 1, nodes) : nodes.none);
  if (start >= 0 && end === null)
    return nodes.union([nodes.concat(characters(start, start, nodes), wanted), short(start)]);
  if (start >= 0 && end !== null && end >= start) {
    const size = end - start;
    const whole = nodes.concat(nodes.intersection([wanted, characters(size, size, nodes)]), nodes.all);
    const cutOff = size === 0 ? nodes.none : nodes.intersection([wanted, characters(0, size - 1, nodes)]);
    return nodes.union([nodes.concat(characters(start, start, nodes), nodes.union([whole, cutOff])), short(start)]);
  }
  if (start >= 0 && end !== null && end < 0) {
    const kept = nodes.concat(characters(start, start, nodes), nodes.concat(wanted, characters(-end, -end, nodes)));
    return nodes.union([kept, short(start - end)]);
  }
  if (start < 0 && end === null) {
    const size = -start;
    const tail = nodes.concat(nodes.all, nodes.intersection([wanted, characters(size, size, nodes)]));
    return nodes.union([tail, nodes.intersection([wanted, characters(0, size - 1, nodes)])]);
  }
  return null;
}

function characters(least: number, most: number, nodes: RegexNodes): RegexNode {
  return nodes.repeat(nodes.set(ANY_CHARACTER), least, most);
}

function lengthsThat(operator: ComparisonOperator, length: number, nodes: RegexNodes): RegexNode | null {
  if (!Number.isInteger(length) || length < 0 || length > MAX_LENGTH) return null;
  switch (operator) {
    case '==':
      return characters(length, length, nodes);
    case '!=':
      return nodes.complement(characters(length, length, nodes));
    case '<':
      return length === 0 ? nodes.none : characters(0, length - 1, nodes);
    case '<=':
      return characters(0, length, nodes);
    case '>':
      return characters(length + 1, Number.POSITIVE_INFINITY, nodes);
    case '>=':
      return characters(length, Number.POSITIVE_INFINITY, nodes);
  }
}

/** Texts in an order to a constant: by code units, which code points are taken for. */
function compared(operator: ComparisonOperator, text: string, nodes: RegexNodes): RegexNode | null {
  if (text.length > MAX_LENGTH) return null;
  const same = literal(text, false, nodes);
  switch (operator) {
    case '==':
      return same;
    case '!=':
      return nodes.complement(same);
    case '<':
      return below(text, nodes);
    case '<=':
      return nodes.union([below(text, nodes), same]);
    case '>':
      return nodes.complement(nodes.union([below(text, nodes), same]));
    case '>=':
      return nodes.complement(below(text, nodes));
  }
}

/** What it starts with, and what has a lesser character at the first place that differs. */
function below(text: string, nodes: RegexNodes): RegexNode {
  let node = nodes.none;
  for (const code of codesOf(text).reverse()) {
    const less = code === 0 ? nodes.none : nodes.concat(nodes.set([0, code - 1]), nodes.all);
    node = nodes.union([nodes.empty, less, nodes.concat(nodes.set([code, code]), node)]);
  }
  return node;
}

function literal(text: string, insensitive: boolean, nodes: RegexNodes): RegexNode {
  return codesOf(text).reduceRight<RegexNode>(
    (rest, code) => nodes.concat(character(code, insensitive, nodes), rest),
    nodes.empty,
  );
}

function around(node: RegexNode, nodes: RegexNodes): RegexNode {
  return nodes.concat(nodes.all, nodes.concat(node, nodes.all));
}

function patterns(operator: PatternOperator, texts: readonly string[], nodes: RegexNodes): RegexNode | null {
  const made: RegexNode[] = [];
  for (const text of texts) {
    if (operator === 'regex' || operator === 'regex~') {
      const node = parseRegex(text, operator === 'regex~', nodes);
      if ('code' in node) return null;
      made.push(node);
    } else {
      made.push(wildcard(text, operator !== 'like', nodes));
    }
  }
  return nodes.union(made);
}

function wildcard(pattern: string, insensitive: boolean, nodes: RegexNodes): RegexNode {
  return codesOf(pattern).reduceRight<RegexNode>((rest, code) => {
    if (code === STAR) return nodes.concat(nodes.all, rest);
    return nodes.concat(code === QUESTION ? nodes.set(ANY_CHARACTER) : character(code, insensitive, nodes), rest);
  }, nodes.empty);
}

const STAR = 0x2a;
const QUESTION = 0x3f;

function character(code: number, insensitive: boolean, nodes: RegexNodes): RegexNode {
  const isLetter = (code >= 65 && code <= 90) || (code >= 97 && code <= 122);
  const other = insensitive && isLetter ? code ^ 0x20 : code;
  return nodes.set(uniteRanges([code, code, other, other]));
}

function codesOf(text: string): number[] {
  return Array.from(text, (char) => Math.min(char.codePointAt(0) ?? 0, LAST_CODE_POINT));
}
