import { redactAuthorization, redactCookies } from './authorization.ts';
import { isPlaceholder, looksLikeSecret, nameSays } from './names.ts';
import { REDACTED } from './redacted.ts';

/**
 * A name and what may stand between it and its value: `name=`, `name: `, `"name": "`, also with quotes that are escaped
 * for JSON or HTML. The lookbehind lets a match start at a word's start only, which keeps the search linear.
 */
const NAME = /(?<![\w.-])([\w.-]{1,128})(?:\\*["'`]|&quot;)?(\s{0,8}(?:=>|:=|[=:])\s{0,8})(\\*["'`]|&quot;)?/g;

/** Redacts values that a text assigns to names which say secret: headers, JSON, forms, settings, variables, flags. */
export function redactAssignments(text: string): string {
  let out = '';
  let done = 0;
  NAME.lastIndex = 0;
  for (let match = NAME.exec(text); match; match = NAME.exec(text)) {
    const [whole, name, separator, quote] = match;
    const start = match.index + whole.length;
    const end = valueEnd(text, start, name, quote);
    const value = text.slice(start, end);
    const redacted = redactAssigned(name, separator, quote, value);
    if (redacted === value) {
      // The value may itself be `name=value`.
      NAME.lastIndex = quote === undefined ? match.index + whole.trimEnd().length : start;
      continue;
    }
    out += text.slice(done, start) + redacted;
    done = end;
    NAME.lastIndex = end;
  }
  return redactElements(done === 0 ? text : out + text.slice(done));
}

function valueEnd(text: string, start: number, name: string, quote: string | undefined): number {
  if (quote !== undefined) return closingQuote(text, start, quote);
  // A header's value goes on to the end of its line, or of the quoted argument that it is in.
  const stop = isHeader(name) ? /["'`\r\n]|\\["nr]|&quot;/g : /[\s"'`&;<>]|\\["nr]/g;
  stop.lastIndex = start;
  const end = stop.exec(text)?.index ?? text.length;
  return start + text.slice(start, end).replace(/[,.)\]}]+$/, '').length;
}

function isHeader(name: string): boolean {
  return /(?:authorization|cookie)$/i.test(name);
}

/** Where the same quote comes again, itself not escaped (or, for an escaped quote, escaped as often); else the end. */
function closingQuote(text: string, start: number, quote: string): number {
  for (let at = text.indexOf(quote, start); at >= 0; at = text.indexOf(quote, at + 1)) {
    if (text[at - 1] !== '\\' || at === start) return at;
    let backslashes = 0;
    while (at - backslashes > start && text[at - backslashes - 1] === '\\') backslashes++;
    if (quote.length === 1 && backslashes % 2 === 0) return at;
  }
  return text.length;
}

function redactAssigned(name: string, separator: string, quote: string | undefined, value: string): string {
  const says = nameSays(name);
  if (says === 'perhaps') return looksLikeSecret(value) && !isScoped(name, value) ? REDACTED : value;
  if (says !== 'secret' || isPlaceholder(value)) return value;
  if (/authorization$/i.test(name)) return redactAuthorization(value);
  if (/^cookie$/i.test(name)) return redactCookies(value);
  // PWD and OLDPWD are folders, not passwords.
  if (/^(?:OLD)?PWD$/.test(name) && /^(?:\/|[A-Z]:)/.test(value)) return value;
  // "Invalid token: expired" is prose.
  const prose = quote === undefined && /:\s/.test(separator) && /^[a-z]+$/.test(value) && !/pass|pwd/i.test(name);
  return prose ? value : REDACTED;
}

/** The credential of a signed URL is a key id and a scope, which are no secret. */
export function isScoped(name: string, value: string): boolean {
  return /credential$/i.test(name) && /^[A-Z0-9]{16,32}(?:\/|%2F)[\w./%@-]*$/i.test(value);
}

/** `<Password>value</Password>`, with or without a prefix and attributes. */
function redactElements(text: string): string {
  if (!text.includes('</')) return text;
  return text.replace(
    /<([\w:.-]{1,128})([^<>]{0,1024})>([^<>]+)<\//g,
    (whole, name: string, rest: string, value: string) => {
      const local = name.slice(name.lastIndexOf(':') + 1);
      return nameSays(local) === 'secret' && !isPlaceholder(value.trim()) ? `<${name}${rest}>${REDACTED}</` : whole;
    },
  );
}
