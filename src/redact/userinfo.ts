import { REDACTED } from './redacted.ts';

/**
 * `scheme://user:password@host`: the user stays, the password goes; a user alone goes where it is long enough to be a
 * token (`https://<token>@github.com`). A password may hold slashes although a URL's may not; a port is not mistaken for one.
 */
export function redactUserinfo(text: string): string {
  if (!text.includes('@') || !text.includes('://')) return text;
  return text.replace(
    /(:\/\/)([^\s/?#:@"'`<>[\]]*)(?::(?!\d{1,5}(?:[/?#]|$))([^\s"'`<>]*))?@/g,
    (_, slashes: string, user: string, password: string | undefined) => {
      const name = user.length >= 20 || user === '' ? (user === '' ? '' : REDACTED) : user;
      return password === undefined || password === '' ? `${slashes}${name}@` : `${slashes}${name}:${REDACTED}@`;
    },
  );
}
