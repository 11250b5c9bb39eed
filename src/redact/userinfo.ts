import { REDACTED } from './redacted.ts';

/** A user name this long may be a token: `https://<token>@github.com`. */
const TOKEN_LENGTH = 20;

/**
 * `://`, user, then perhaps a colon and a password, then `@`. A password may hold slashes although a URL's may not, but
 * one without is preferred; a port and a path are not mistaken for one.
 */
const USERINFO = /:\/\/([^\s/?#:@"'`<>[\]]*)(?::([^\s/?#"'`<>]*|(?!\d{1,5}(?:[/?#]|$))[^\s"'`<>]*))?@/g;

/** Redacts the password of every URL in a text; its user stays unless it looks like a token. */
export function redactUserinfo(text: string): string {
  if (!text.includes('@') || !text.includes('://')) return text;
  return text.replace(USERINFO, (_, user: string, password: string | undefined) => {
    const name = user.length < TOKEN_LENGTH ? user : REDACTED;
    return password ? `://${name}:${REDACTED}@` : `://${name}@`;
  });
}
