import { MATURITIES, type RuleMetadata } from './rule.ts';
import type { TableReader } from './table-reader.ts';

/** The table `[metadata]`. */
export function readMetadata(table: TableReader): RuleMetadata {
  const metadata: RuleMetadata = {
    creation_date: readDate(table, 'creation_date'),
    updated_date: readDate(table, 'updated_date'),
    maturity: table.choice('maturity', MATURITIES) ?? 'production',
    integration: readIntegration(table),
    min_stack_version: table.string('min_stack_version'),
    min_stack_comments: table.string('min_stack_comments'),
    deprecation_date: readDate(table, 'deprecation_date'),
    deprecated_reason: table.string('deprecated_reason'),
    promotion: table.boolean('promotion'),
    bypass_bbr_timing: table.boolean('bypass_bbr_timing'),
  };
  table.done();
  return metadata;
}

/** Dates are strings of the form 2026/05/23. */
function readDate(table: TableReader, key: string): string | undefined {
  const value = table.string(key);
  if (value !== undefined && !isDate(value)) {
    table.warning('bad-date', key, `\`${key}\` is no date`, 'write it as "2026/05/23"');
  }
  return value;
}

function isDate(text: string): boolean {
  const match = /^(\d{4})\/(\d\d)\/(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** One integration may stand without a list around it. */
function readIntegration(table: TableReader): readonly string[] {
  const value = table.unread('integration');
  return typeof value === 'string' ? [value] : table.strings('integration');
}
