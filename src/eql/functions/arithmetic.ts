import type { ArithmeticOperator } from '../ast.ts';
import { arithmeticType, type ValueType } from '../values/type.ts';
import type { FunctionDefinition, Value } from './definition.ts';

/** Computes with two numbers; null where one is none, or a whole number is divided by zero. */
export type Compute = (left: Value, right: Value) => Value;

/**
 * An operator on operands of these types. Between whole numbers, / and % are those of whole numbers: 7 / 3 is 2 and
 * -7 / 3 is -2. An operand of unknown type counts as whole where its value is. Numbers are doubles, so whole ones
 * are exact up to 2^53.
 */
export function arithmetic(operator: ArithmeticOperator, left: ValueType, right: ValueType): Compute {
  switch (operator) {
    case '+':
      return (a, b) => (typeof a === 'number' && typeof b === 'number' ? a + b : null);
    case '-':
      return (a, b) => (typeof a === 'number' && typeof b === 'number' ? a - b : null);
    case '*':
      return (a, b) => (typeof a === 'number' && typeof b === 'number' ? a * b : null);
    case '/':
      return divide(arithmeticType(left, right));
    case '%':
      return modulo(arithmeticType(left, right));
  }
}

function divide(type: ValueType): Compute {
  return (a, b) => {
    if (typeof a !== 'number' || typeof b !== 'number') return null;
    if (!isWhole(type, a, b)) return a / b;
    return b === 0 ? null : Math.trunc(a / b);
  };
}

function modulo(type: ValueType): Compute {
  return (a, b) => {
    if (typeof a !== 'number' || typeof b !== 'number') return null;
    return isWhole(type, a, b) && b === 0 ? null : a % b;
  };
}

function isWhole(type: ValueType, a: number, b: number): boolean {
  return type === 'integer' || (type === 'unknown' && Number.isInteger(a) && Number.isInteger(b));
}

function named(name: string, operator: ArithmeticOperator): FunctionDefinition {
  return {
    name,
    parameters: [
      { name: 'left', type: 'number' },
      { name: 'right', type: 'number' },
    ],
    hasInsensitiveForm: false,
    returns: ([left, right]) => arithmeticType(left, right),
    prepare(_insensitive, _constants, [left = 'unknown', right = 'unknown']) {
      const compute = arithmetic(operator, left, right);
      return ([a, b]) => compute(a, b);
    },
  };
}

export const arithmeticFunctions: readonly FunctionDefinition[] = [
  named('add', '+'),
  named('divide', '/'),
  named('modulo', '%'),
  named('multiply', '*'),
  named('subtract', '-'),
];
