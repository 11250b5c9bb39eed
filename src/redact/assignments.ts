import { redactAuthorization } from './authorization.ts';
import { redactCookies } from './cookies.ts';
import { isPlaceholder, looksLikeSecret, nameSays } from './names.ts';
import { REDACTED } from './redacted.ts';

/**
 * A name and what may stand between it and its value: `name=`, `name: `, `"name": "`, also with quotes that are escaped
 * for JSON or HTML. The lookbehind lets a match start at a word's start only, which keeps the search linear.
 */
const NAME = /(?<![\w.-])([\w.-]{1,128})(?:\\*["'`]|&quot;)?(\s{0,8}(?:=>|:=|[=:])\s{0,8})(\\*["'`]|&quot;)?/g;

/** Characters of a value that are looked at to tell whether it is a secret. */
const MAX_LOOK = 4096;

/** Redacts values that a text assigns to names which say secret: headers, JSON, forms, settings, variables, flags. */
export function redactAssignments(text: string): string {
  let out = '';
  let done = 0;
  NAME.lastIndex = 0;
  for (let match = NAME.exec(text); match; match = NAME.exec(text)) {
    const [whole, name, separator, quote] = match;
    const start = match.index + whole.length;
    const says = nameSays(name);
    if (says === 'secret' || says === 'perhaps') {
      const look = text.slice(start, start + MAX_LOOK);
      const length = valueLength(look, name, quote);
      const value = look.slice(0, length);
      const redacted = says === 'secret' ? redactSecret(name, separator, quote, value) : redactPerhaps(name, value);
      if (redacted !== value) {
        out += text.slice(done, start) + redacted;
        done = start + (length < look.length ? length : valueLength(text.slice(start), name, quote));
        NAME.lastIndex = done;
        continue;
      }
    }
    // The value may itself be `name=value`.
    NAME.lastIndex = quote === undefined ? match.index + whole.trimEnd().length : start;
  }
  return redactElements(done === 0 ? text : out + text.slice(done));
}

/** How long the value is that a text begins with. */
function valueLength(text: string, name: string, quote: string | undefined): number {
  if (quote !== undefined) return closingQuote(text, quote);
  // A header's value goes on to the end of its line, or of the quoted argument that it is in.
  let end = text.search(isHeader(name) ? /["'`\r\n]|\\["nr]|&quot;/ : /[\s"'`&;<>]|\\["nr]/);
  if (end < 0) end = text.length;
  while (end > 0 && endsSentence(text, end - 1)) end--;
  return end;
}

/** Characters between two brackets, at most, that are taken to belong together. */
const MAX_BRACKETED = 256;

/** Whether a character belongs to the text around a value: punctuation, or a bracket that the value did not open. */
function endsSentence(text: string, at: number): boolean {
  const opening = { ')': '(', ']': '[', '}': '{' }[text[at]];
  if (opening === undefined) return ',.'.includes(text[at]);
  return !text.slice(Math.max(0, at - MAX_BRACKETED), at).includes(opening);
}

function isHeader(name: string): boolean {
  return /(?:authorization|cookie)$/i.test(name);
}

/** Where the same quote comes again, itself not escaped (or, for an escaped quote, escaped as often); else the end. */
function closingQuote(text: string, quote: string): number {
  for (let at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
    let backslashes = 0;
    while (text[at - backslashes - 1] === '\\') backslashes++;
    if (backslashes === 0 || (quote.length === 1 && backslashes % 2 === 0)) return at;
  }
  return text.length;
}

function redactSecret(name: string, separator: string, quote: string | undefined, value: string): string {
  if (isPlaceholder(value)) return value;
  if (/authorization$/i.test(name)) return redactAuthorization(value);
  if (/^cookie$/i.test(name)) return redactCookies(value);
  // PWD and OLDPWD are folders, not passwords.
  if (/^(?:OLD)?PWD$/.test(name) && /^(?:\/|[A-Z]:)/.test(value)) return value;
  // "Invalid token: expired" is prose.
  const prose = quote === undefined && /:\s/.test(separator) && /^[a-z]+$/.test(value) && !/pass|pwd/i.test(name);
  return prose ? value : REDACTED;
}

function redactPerhaps(name: string, value: string): string {
  return looksLikeSecret(value) && !isScoped(name, value) ? REDACTED : value;
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
