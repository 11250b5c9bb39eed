import { childrenOf, type EventFilter, type Expression, type Field, filtersOf } from '../../eql/index.ts';
import { Budget } from '../../eql/lint/budget.ts';
import { Coverage } from '../../eql/lint/covers.ts';
import type { RuleLintContext } from './context.ts';
import { type DataStream, knownStreams } from './data-streams.ts';

/** What the query asks for, against the data streams that the rule reads. */
export function lintIndices(context: RuleLintContext): void {
  const { rule, query } = context;
  const streams = knownStreams(rule.index);
  if (streams === null || rule.event_category_override !== undefined) return;
  for (const filter of filtersOf(query)) lintFilter(filter, streams, context);
}

function lintFilter(
  { category, categorySpan, condition }: EventFilter,
  streams: ReadonlyMap<string, DataStream>,
  context: RuleLintContext,
): void {
  const holding = [...streams].filter(([, { categories }]) => category === null || categories.includes(category));
  if (holding.length === 0) {
    const has = new Set([...streams.values()].flatMap(({ categories }) => categories));
    const message = `none of the listed data streams has events of the category ${category}`;
    const help = `add the index that has them; those listed have ${[...has].join(', ')}`;
    context.inQuery('category-not-in-index', categorySpan, message, help);
    return;
  }
  for (const field of requiredFields(condition)) {
    const [group] = field.name.split('.', 1);
    if (!holding.every(([, { without }]) => without.includes(group))) continue;
    const where = holding.map(([pattern]) => pattern).join(', ');
    const message = `no event of ${where} has ${field.name}`;
    const help = `add the index whose events have ${group}.*, or mark the field as one that may be absent: ?${field.name}`;
    context.inQuery('field-not-in-index', field.span, message, help);
  }
}

/** The fields that are not marked as optional, each once. */
function requiredFields(condition: Expression): Iterable<Field> {
  const found = new Map<string, Field>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'field' && !expression.optional && !found.has(expression.name)) {
      found.set(expression.name, expression);
    }
    for (const child of childrenOf(expression)) visit(child);
  };
  visit(condition);
  return found.values();
}

/** Index patterns that another pattern covers. With exclusions (`-logs-…`) the order counts, and nothing is said. */
export function lintPatterns({ rule, at }: RuleLintContext): void {
  const { index } = rule;
  if (index.some((pattern) => pattern.startsWith('-'))) return;
  const budget = new Budget();
  index.forEach((pattern, place) => {
    const first = index.indexOf(pattern);
    const wider =
      first < place ? pattern : index.find((other) => other !== pattern && new Coverage(other).covers(pattern, budget));
    if (wider === undefined) return;
    const message =
      wider === pattern ? 'this pattern is in the list already' : `"${wider}" of the same list covers this`;
    at('covered-index', ['index', place], message, 'leave it out');
  });
}
