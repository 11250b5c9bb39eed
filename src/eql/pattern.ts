import type { PatternMatch, PatternOperator } from './ast.ts';
import { compileRegex } from './regex/compile.ts';
import type { TextTest } from './wildcard/general.ts';
import { wildcardTest } from './wildcard/list.ts';

/** The test that an expression asks for, made once. */
export function testOfPatterns(expression: PatternMatch): TextTest {
  let test = tests.get(expression);
  if (test === undefined) {
    const patterns = expression.patterns.map((pattern) => String(pattern.value));
    test = patternTest(expression.operator, patterns);
    tests.set(expression, test);
  }
  return test;
}

const tests = new WeakMap<PatternMatch, TextTest>();

/** The test of a pattern operator: the value matches one of the patterns. A regular expression that cannot be compiled matches nothing. */
export function patternTest(operator: PatternOperator, patterns: readonly string[]): TextTest {
  switch (operator) {
    case ':':
    case 'like~':
      return wildcardTest(patterns, true);
    case 'like':
      return wildcardTest(patterns, false);
    case 'regex':
      return regexTest(patterns, false);
    case 'regex~':
      return regexTest(patterns, true);
  }
}

/** An automaton for each: one for all of them together may be far larger than their sum. */
function regexTest(patterns: readonly string[], insensitive: boolean): TextTest {
  const tests = patterns.flatMap((pattern) => compileRegex(pattern, insensitive).test ?? []);
  if (tests.length === 1) return tests[0];
  return (value) => {
    for (const test of tests) {
      if (test(value)) return true;
    }
    return false;
  };
}
