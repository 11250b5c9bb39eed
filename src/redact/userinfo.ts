import { isRandom } from './randomness.ts';
import { REDACTED } from './redacted.ts';

/** A user name this long may be a token: `https://<token>@github.com`. */
const TOKEN_LENGTH = 20;

/**
 * `://`, user, then perhaps a colon and a password, then `@`. A password may hold slashes although a URL's may not, but
 * one without is preferred; a port and a path are not mistaken for one, and where another URL begins it is over, which
 * keeps the search linear.
 */
const USERINFO = /:\/\/([^\s/?#:@"'`<>[\]]*)(?::([^\s/?#"'`<>]*|(?!\d{1,5}(?:[/?#]|$))(?:(?!:\/\/)[^\s"'`<>])*))?@/g;

/** Brackets are for addresses, which no `@` follows. */
const BRACKETED = /:\/\/\[[^\s"'`<>[\]]{0,4096}\]@/g;

/** Base64 may have slashes, although no URL may before its `@`. */
const BASE64 = /:\/\/([A-Za-z0-9+/_-]{20,4096}={0,2})@/g;

/** Redacts the password of every URL in a text; its user stays unless it looks like a token. */
export function redactUserinfo(text: string): string {
  if (!text.includes('@') || !text.includes('://')) return text;
  return redactTokenUserinfo(text).replace(USERINFO, (_, user: string, password: string | undefined) => {
    const name = user.length < TOKEN_LENGTH ? user : REDACTED;
    return password ? `://${name}:${REDACTED}@` : `://${name}@`;
  });
}

/** Redacts what stands before the `@` of a URL where it has brackets or slashes, and would be taken for host and path. */
export function redactTokenUserinfo(text: string): string {
  if (!text.includes('@')) return text;
  return text
    .replace(BRACKETED, `://${REDACTED}@`)
    .replace(BASE64, (whole, token: string) => (isRandom(token) ? `://${REDACTED}@` : whole));
}
