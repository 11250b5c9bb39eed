import type { ValueType } from '../values/type.ts';
import type { FunctionDefinition, Value } from './definition.ts';

/** Functions that turn numbers into strings and back. */

/** The text of a value. A double always has a fraction or an exponent, as in Java: 1.0, 1.0E10. */
export function textOf(value: Value, type: ValueType): string | null {
  if (value === null) return null;
  if (typeof value === 'number' && (type === 'double' || !Number.isInteger(value))) return doubleText(value);
  return String(value);
}

/** `Double.toString` of Java: plain from 10^-3 to below 10^7, else with an exponent. */
function doubleText(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  if (size === 0 || (size >= 1e-3 && size < 1e7)) {
    const plain = String(value);
    return plain.includes('.') ? plain : `${plain}.0`;
  }
  const [digits, exponent] = value.toExponential().split('e');
  return `${digits.includes('.') ? digits : `${digits}.0`}E${Number(exponent)}`;
}

const string: FunctionDefinition = {
  name: 'string',
  parameters: [{ name: 'value', type: 'any' }],
  hasInsensitiveForm: false,
  returns: () => 'string',
  prepare:
    (_insensitive, _constants, [type]) =>
    ([value]) =>
      textOf(value, type),
};

const number: FunctionDefinition = {
  name: 'number',
  parameters: [
    { name: 'text', type: 'string' },
    { name: 'base', type: 'integer', optional: true, nullAllowed: true },
  ],
  hasInsensitiveForm: false,
  returns: () => 'unknown',
  prepare:
    () =>
    ([text, base = null]) =>
      typeof text === 'string' ? parseNumber(text.trim(), typeof base === 'number' ? base : null) : null,
};

/** Null where the text is no number; 0x in front means base 16. */
function parseNumber(text: string, base: number | null): number | null {
  const match = /^([+-]?)(0[xX])?(.+)$/.exec(text);
  if (!match) return null;
  const [, sign, hex, digits] = match;
  if (hex && base !== null && base !== 16) return null;
  const radix = hex ? 16 : (base ?? 10);
  const size = radix === 10 ? decimal(digits) : integer(digits.toLowerCase(), radix);
  return size === null ? null : sign === '-' ? -size : size;
}

function decimal(digits: string): number | null {
  return /^(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(digits) ? Number(digits) : null;
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyz';

function integer(digits: string, radix: number): number | null {
  if (radix < 2 || radix > DIGITS.length) return null;
  const allowed = DIGITS.slice(0, radix);
  for (const digit of digits) {
    if (!allowed.includes(digit)) return null;
  }
  return Number.parseInt(digits, radix);
}

export const conversionFunctions: readonly FunctionDefinition[] = [string, number];
