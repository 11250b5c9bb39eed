import { REDACTED } from './redacted.ts';
import { redactShapes } from './shapes.ts';

/** Attributes of Set-Cookie (RFC 6265 section 5.2, RFC 2109, CHIPS, Chromium) whose values are no secret. */
const ATTRIBUTES = new Set([
  'domain',
  'expires',
  'httponly',
  'max-age',
  'partitioned',
  'path',
  'priority',
  'samesite',
  'secure',
  'version',
]);

/** The value of a Cookie header: names stay. */
export function redactCookies(value: string): string {
  return value.replace(/(\s*)([^;]*)/g, (_, space: string, cookie: string) => space + redactCookie(cookie));
}

/** The value of a Set-Cookie header: name and known attributes stay. Several may be joined by commas, as dates are. */
export function redactSetCookie(value: string): string {
  return value
    .split(/,(?=\s*[^\s;,=]+=)/)
    .map((cookie) => {
      const [pair, ...attributes] = cookie.split(';');
      return [redactCookie(pair), ...attributes.map(redactAttribute)].join(';');
    })
    .join(',');
}

function redactCookie(cookie: string): string {
  if (cookie === '') return '';
  const equals = cookie.indexOf('=');
  // A cookie may have no name; equals signs with nothing behind them may then be the end of base64.
  if (equals < 0 || /^=*$/.test(cookie.slice(equals))) return REDACTED;
  return `${withoutTokens(cookie.slice(0, equals))}=${REDACTED}`;
}

/** What is no attribute of the standards is taken for another cookie. */
function redactAttribute(attribute: string): string {
  const name = attribute.split('=', 1)[0].trim().toLowerCase();
  if (ATTRIBUTES.has(name)) return withoutTokens(attribute);
  const space = /^\s*/.exec(attribute)?.[0] ?? '';
  return space + redactCookie(attribute.slice(space.length));
}

/** Base64 of anything is taken for a token. */
function withoutTokens(text: string): string {
  return redactShapes(text, () => REDACTED);
}
