import { arithmeticFunctions } from './arithmetic.ts';
import { cidrMatch } from './cidr-match.ts';
import { conversionFunctions } from './conversion.ts';
import type { FunctionDefinition } from './definition.ts';
import { extractFunctions } from './extract.ts';
import { searchFunctions } from './search.ts';

const definitions: readonly FunctionDefinition[] = [
  ...arithmeticFunctions,
  ...conversionFunctions,
  ...extractFunctions,
  ...searchFunctions,
  cidrMatch,
];

const byName = new Map(definitions.map((definition) => [definition.name.toLowerCase(), definition]));

/** Names of functions are the same in any case. */
export function findFunction(name: string): FunctionDefinition | undefined {
  return byName.get(name.toLowerCase());
}

export function functionNames(): string[] {
  return definitions.map((definition) => definition.name);
}
