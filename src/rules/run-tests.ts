import type { FieldCatalogue, FieldValue } from '../base/field.ts';
import { compileChecked, type Explanation, type JsonDocument, jsonReader, type Matcher } from '../eql/index.ts';
import { checkedQuery } from './checked-query.ts';
import type { Rule } from './rule.ts';
import type { TestCase, TestFile } from './test-file.ts';

export interface TestDependencies {
  /** The events of a capture file, in the order of their time. Throws where it cannot be read. */
  readonly readCapture: (path: string) => Iterable<JsonDocument> | AsyncIterable<JsonDocument>;
  readonly catalogue?: FieldCatalogue;
}

export interface TestResult {
  readonly case: TestCase;
  readonly passed: boolean;
  /** Why it failed: a line for each clause that was not as it had to be. Empty where it passed. */
  readonly reasons: readonly string[];
}

/** Runs the cases of a rule. A case that cannot be run has failed. */
export async function runRuleTests(rule: Rule, file: TestFile, dependencies: TestDependencies): Promise<TestResult[]> {
  const compiled = compileRule(rule, dependencies.catalogue);
  const results: TestResult[] = [];
  for (const one of file.cases) {
    const reasons = 'error' in compiled ? [compiled.error] : await runCase(compiled.matcher, one, dependencies);
    results.push({ case: one, passed: reasons.length === 0, reasons });
  }
  return results;
}

type Compiled = { readonly matcher: Matcher<JsonDocument> } | { readonly error: string };

function compileRule(rule: Rule, catalogue: FieldCatalogue | undefined): Compiled {
  if (!rule.supported) return { error: `rules of type ${rule.type} cannot be run` };
  const { matcher, diagnostics } = compileChecked(checkedQuery(rule, { catalogue }), jsonReader());
  if (matcher !== null) return { matcher };
  const errors = diagnostics.filter((diagnostic) => diagnostic.severity === 'error');
  return { error: `the query cannot be run: ${errors.map((diagnostic) => diagnostic.message).join('; ')}` };
}

async function runCase(
  matcher: Matcher<JsonDocument>,
  one: TestCase,
  { readCapture }: TestDependencies,
): Promise<string[]> {
  if (one.kind === 'event') return judge(matcher, one.event, one.matches);
  try {
    let events = 0;
    for await (const event of readCapture(one.capture)) {
      events++;
      if (matcher.matches(event)) return one.matches ? [] : judge(matcher, event, false);
    }
    return one.matches ? [`none of the ${events} events of ${one.capture} matches`] : [];
  } catch (error) {
    return [`${one.capture} cannot be read: ${error instanceof Error ? error.message : String(error)}`];
  }
}

function judge(matcher: Matcher<JsonDocument>, event: JsonDocument, expected: boolean): string[] {
  if (matcher.matches(event) === expected) return [];
  return expected ? whyNot(matcher.explain(event)) : why(matcher, event);
}

function why(matcher: Matcher<JsonDocument>, event: JsonDocument): string[] {
  const lines = matcher
    .evidence(event)
    .map(({ clause, field, value }) => `it matches: ${clause} (${assignment(field, value)})`);
  return lines.length > 0 ? lines : ['it matches'];
}

/** The clauses that made an event miss: the innermost ones that are false, and whose truth would have helped. */
function whyNot(node: Explanation): string[] {
  const failed = node.children.filter((child) => child.outcome === false);
  if (failed.length > 0) return failed.flatMap(whyNot);
  const fields = node.fields.length > 0 ? node.fields : fieldsBelow(node);
  const values = fields.map(({ field, value }) => assignment(field, value)).join(', ');
  return [`not met: ${oneLine(node.text)}${values === '' ? '' : ` (${values})`}`];
}

function fieldsBelow(node: Explanation): Explanation['fields'] {
  return node.children.flatMap((child) => [...child.fields, ...fieldsBelow(child)]);
}

function assignment(field: string, value: FieldValue): string {
  return value === undefined || value === null ? `${field} is missing` : `${field} = ${JSON.stringify(value)}`;
}

/** A clause may be a list over many lines. */
function oneLine(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= MAX_CLAUSE ? line : `${line.slice(0, MAX_CLAUSE)}…`;
}

const MAX_CLAUSE = 160;
