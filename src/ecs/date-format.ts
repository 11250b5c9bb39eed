import type { Scalar } from '../base/field.ts';

/**
 * A value of a date field by the field's `format`: alternatives parted by `||`, each a pattern of Java's DateTimeFormatter
 * or a name such as `epoch_second`. Gives epoch milliseconds; what no alternative reads stays as it is.
 */
export function readDate(format: string, value: Scalar): Scalar {
  for (const alternative of alternativesOf(format)) {
    const millis = alternative(value);
    if (millis !== null) return millis;
  }
  return value;
}

type Reader = (value: Scalar) => number | null;

const remembered = new Map<string, readonly Reader[]>();

function alternativesOf(format: string): readonly Reader[] {
  let readers = remembered.get(format);
  if (readers === undefined) {
    readers = format.split('||').map(readerOf);
    remembered.set(format, readers);
  }
  return readers;
}

function readerOf(format: string): Reader {
  if (format === 'epoch_second')
    return (value) => (/^-?\d+(?:\.\d+)?$/.test(String(value)) ? Number(value) * 1000 : null);
  if (format === 'epoch_millis') return (value) => (/^-?\d+(?:\.\d+)?$/.test(String(value)) ? Number(value) : null);
  // Other names are of ISO 8601 and its parts, which dates are read as in any case.
  if (/^[a-z_]+$/.test(format) && format.includes('_')) return () => null;
  return patternReader(format);
}

/** Letters of a pattern, and what they stand for. */
const PARTS: Readonly<Record<string, string | undefined>> = {
  y: 'year',
  u: 'year',
  M: 'month',
  d: 'day',
  H: 'hour',
  m: 'minute',
  s: 'second',
  S: 'fraction',
};

function patternReader(pattern: string): Reader {
  let source = '';
  const parts = new Set<string>();
  for (const [token] of pattern.matchAll(/'[^']*'|([A-Za-z])\1*|[^A-Za-z]/g)) {
    const part = PARTS[token[0]];
    if (token.startsWith("'")) source += escapeRegExp(token.slice(1, -1) || "'");
    else if (!/^[A-Za-z]/.test(token)) source += escapeRegExp(token);
    else if (part === undefined || parts.has(part)) return () => null;
    else {
      parts.add(part);
      source += token.length === 1 ? `(?<${part}>\\d{1,9})` : `(?<${part}>\\d{${token.length}})`;
    }
  }
  const expression = new RegExp(`^${source}$`);
  return (value) => {
    const found = expression.exec(String(value))?.groups;
    if (!found) return null;
    const { year, month = '1', day = '1', hour = '0', minute = '0', second = '0', fraction = '0' } = found;
    const millis = Number(`0.${fraction}`) * 1000;
    return (
      Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second)) + millis
    );
  };
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&');
}
