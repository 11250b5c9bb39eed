/**
 * What an expression yields. `unknown` is a field of which no catalogue tells the type: its values decide, document by
 * document.
 */
export type ValueType = 'null' | 'boolean' | 'string' | 'integer' | 'double' | 'date' | 'ip' | 'version' | 'unknown';

/** The type of a sum, a product and so on. Whole numbers stay whole; one double makes a double. */
export function arithmeticType(left: ValueType | undefined, right: ValueType | undefined): ValueType {
  if (left === 'null' || right === 'null') return 'null';
  if (left === 'double' || right === 'double') return 'double';
  return left === 'integer' && right === 'integer' ? 'integer' : 'unknown';
}
