import { type Diagnostic, hasErrors } from '../base/diagnostic.ts';
import { format, isSameQuery, parse } from '../eql/index.ts';
import { placeInFile } from './report-query.ts';
import { isTable } from './table-reader.ts';
import { parseToml } from './toml.ts';
import { multilineString } from './toml-string.ts';

export interface FormattedRule {
  /** The rule's type, where the file says one. */
  readonly type: string | null;
  /** Of the file; as it was, but for the query of a rule of type `eql`. */
  readonly text: string;
  /** Why the query could not be formatted. Spans are of the text that was given. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * A rule file with its query formatted, and everything else byte for byte as it was. Rules that are wrong in other ways
 * are formatted too, as long as file and query have no syntax errors.
 * @param text of the file
 */
export function formatRule(text: string): FormattedRule {
  const { table, diagnostics, locate } = parseToml(text);
  if (table === null) return { type: null, text, diagnostics };
  const rule = isTable(table.rule) ? table.rule : {};
  const type = typeof rule.type === 'string' ? rule.type : null;
  const literal = locate(['rule', 'query'])?.value;
  if (type !== 'eql' || typeof rule.query !== 'string' || literal === undefined) return { type, text, diagnostics };

  const fail = (faults: readonly Diagnostic[]) => ({ type, text, diagnostics: faults });
  const parsed = parse(rule.query);
  if (hasErrors(parsed.diagnostics)) return fail(parsed.diagnostics.map((fault) => placeInFile(fault, text, literal)));
  const formatted = format(rule.query.replaceAll('\r\n', '\n'));
  const string = multilineString(`${formatted}\n`, lineEndOf(text));
  const rewritten = `${text.slice(0, literal.start)}${string}${text.slice(literal.end)}`;
  if (!saysTheSame(text, rewritten)) return fail([{ ...DIFFERS, span: literal }]);
  return { type, text: rewritten, diagnostics: [] };
}

const DIFFERS = {
  severity: 'error',
  code: 'format-differs',
  message: 'the formatted rule would not say the same, so it is left as it is',
  help: 'this is a fault of hoplimit: please report it with this rule',
} as const;

/** What the whole file ends its lines with, judged by its first. */
function lineEndOf(text: string): '\n' | '\r\n' {
  const first = text.indexOf('\n');
  return first > 0 && text[first - 1] === '\r' ? '\r\n' : '\n';
}

/** Both files have the same values but for the query, and the same query but for its layout. */
function saysTheSame(before: string, after: string): boolean {
  const [one, other] = [before, after].map(withoutQuery);
  return one.rest === other.rest && isSameQuery(one.query, other.query);
}

function withoutQuery(text: string): { query: string; rest: string } {
  const { table } = parseToml(text);
  if (table === null || !isTable(table.rule)) return { query: '', rest: '' };
  const { query, ...rule } = table.rule;
  return { query: String(query), rest: JSON.stringify({ ...table, rule }) };
}
