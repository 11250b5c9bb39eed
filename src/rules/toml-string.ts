/**
 * A text of several lines as a string of TOML, the first line below the opening quotes: in ''' where these can hold it,
 * else in """ with escapes.
 * @param text ends with a line feed
 * @param lineEnd what a line of the file ends with
 */
export function multilineString(text: string, lineEnd: '\n' | '\r\n'): string {
  const quotes = NOT_LITERAL.test(text) ? '"""' : "'''";
  const content = quotes === "'''" ? text : text.replace(ESCAPED, escapeOf);
  return `${quotes}${lineEnd}${content.replaceAll('\n', lineEnd)}${quotes}`;
}

/** What cannot stand in a literal string: its end, and control characters but for tab and line feed. */
const NOT_LITERAL = /'''|[\u0000-\u0008\u000b-\u001f\u007f]/;

/** Three quotes, the last of which is escaped, and what no string can hold as it is. */
const ESCAPED = /\\|"""|[\u0000-\u0008\u000b-\u001f\u007f]/g;

function escapeOf(text: string): string {
  if (text === '"""') return '""\\"';
  if (text === '\\') return '\\\\';
  return `\\u${text.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
