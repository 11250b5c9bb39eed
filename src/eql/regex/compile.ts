import type { TextTest } from '../wildcard/general.ts';
import { type Automaton, buildAutomaton } from './automaton.ts';
import { RegexNodes } from './node.ts';
import { parseRegex, type RegexProblem } from './parse.ts';
import { requiredText } from './required-text.ts';

export interface CompiledRegex {
  /** Whether a value as a whole matches; null where the expression cannot be used. */
  readonly test: TextTest | null;
  readonly problem: RegexProblem | null;
  /** What it took to compile it, as `MAX_PARTS` counts. */
  readonly parts: number;
}

/** Expressions that are kept compiled: a query is checked before it is compiled, and rules share expressions. */
const MAX_KEPT = 64;

const kept = new Map<string, CompiledRegex>();

/** Compiles a regular expression (see `parseRegex` for its syntax). Never throws, and takes at most about half a second. */
export function compileRegex(text: string, insensitive: boolean): CompiledRegex {
  const key = `${insensitive ? '~' : '='}${text}`;
  const known = kept.get(key);
  if (known) return known;
  const compiled = build(text, insensitive);
  const [oldest] = kept.keys();
  if (oldest !== undefined && kept.size >= MAX_KEPT) kept.delete(oldest);
  kept.set(key, compiled);
  return compiled;
}

function build(text: string, insensitive: boolean): CompiledRegex {
  const nodes = new RegexNodes();
  const parsed = parseRegex(text, insensitive, nodes);
  if ('code' in parsed) return { test: null, problem: parsed, parts: nodes.parts };
  const automaton = buildAutomaton(parsed, nodes);
  if (automaton) return { test: testOf(automaton, requiredText(parsed)), problem: null, parts: nodes.parts };
  const problem: RegexProblem = {
    code: 'regex-too-complex',
    message: 'its automaton would be too large',
    help: 'make repetitions shorter, or split it into a list of simpler ones',
  };
  return { test: null, problem, parts: nodes.parts };
}

/** Most values lack the text that they would have to contain, and are not looked at character by character. */
function testOf(automaton: Automaton, required: string): TextTest {
  if (required.length < WORTH_SEEKING) return (value) => automaton.matches(value);
  return (value) => value.includes(required) && automaton.matches(value);
}

/** Shorter texts are in most values. */
const WORTH_SEEKING = 2;
