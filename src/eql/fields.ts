import { childrenOf, type Expression, type Field, filtersOf, type Query } from './ast.ts';

/** The fields that a query names, optional ones and join keys included, each once, in source order. */
export function fieldsOf(query: Query): string[] {
  return [...new Set(namesOf(query).map(({ name }) => name))];
}

/** Of these, those that are somewhere written without a `?`: the author expects that there are events with them. */
export function requiredFieldsOf(query: Query): string[] {
  return [...new Set(namesOf(query).flatMap(({ name, optional }) => (optional ? [] : [name])))];
}

function namesOf(query: Query): Field[] {
  const found: Field[] = [];
  const visit = (expression: Expression): void => {
    if (expression.kind === 'field') found.push(expression);
    for (const child of childrenOf(expression)) visit(child);
  };
  for (const filter of filtersOf(query)) visit(filter.condition);
  if (query.kind === 'event') return found;
  found.push(...query.by, ...query.steps.flatMap((step) => step.by));
  if (query.kind === 'sequence') found.push(...(query.until?.by ?? []));
  return found;
}
