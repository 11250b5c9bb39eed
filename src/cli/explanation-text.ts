import { printable } from '../detect/printable.ts';
import type { Explanation } from '../eql/index.ts';
import type { Style } from './style.ts';

/** Characters of a clause that are shown. */
const MAX_TEXT = 70;

/** The tree of a query with the outcome of each part, and the values that leaves were decided on. */
export function explanationText(explanation: Explanation, style: Style, indent = '  '): string[] {
  const { outcome, text, fields, children } = explanation;
  const lines = [`${indent}${mark(outcome, style)} ${clip(text)}${valuesText(fields, style)}`];
  for (const child of children) lines.push(...explanationText(child, style, `${indent}  `));
  return lines;
}

function mark(outcome: Explanation['outcome'], style: Style): string {
  switch (outcome) {
    case true:
      return style('green', 'yes');
    case false:
      return style('red', 'no ');
    case 'not evaluated':
      return style('dim', '-  ');
    default: {
      const unknown: never = outcome;
      throw new Error(`outcome ${String(unknown)}`);
    }
  }
}

function clip(text: string): string {
  const flat = text.replace(/\s+/g, ' ');
  return flat.length > MAX_TEXT ? `${flat.slice(0, MAX_TEXT - 3)}...` : flat;
}

function valuesText(fields: Explanation['fields'], style: Style): string {
  if (fields.length === 0) return '';
  const values = fields.map(({ field, value }) => `${field} is ${printable(JSON.stringify(value ?? null))}`);
  return style('dim', `   ${values.join(', ')}`);
}
