import { childrenOf, type Expression, filtersOf, type Query } from './ast.ts';

/** The fields that a query names, optional ones and join keys included, each once, in source order. */
export function fieldsOf(query: Query): string[] {
  const names = new Set<string>();
  const visit = (expression: Expression): void => {
    if (expression.kind === 'field') names.add(expression.name);
    for (const child of childrenOf(expression)) visit(child);
  };
  for (const filter of filtersOf(query)) visit(filter.condition);
  if (query.kind !== 'event') {
    for (const key of [...query.by, ...query.steps.flatMap((step) => step.by)]) names.add(key.name);
    if (query.kind === 'sequence') for (const key of query.until?.by ?? []) names.add(key.name);
  }
  return [...names];
}
