import { redactAuthorization, redactCookies, redactSetCookie } from './authorization.ts';
import { isPlaceholder, looksLikeSecret, nameSays } from './names.ts';
import { REDACTED } from './redacted.ts';
import { redactKnownShapes } from './shapes.ts';
import { redactText } from './text.ts';

/** The value of a header field without its secrets. `name` in any case. */
export function redactHeaderValue(name: string, value: string): string {
  const plain = name.toLowerCase();
  if (plain.endsWith('authorization')) return redactAuthorization(value);
  if (plain === 'cookie') return redactCookies(value);
  if (plain === 'set-cookie' || plain === 'set-cookie2') return redactSetCookie(value);
  switch (nameSays(plain)) {
    case 'secret':
      return isPlaceholder(value) ? value : REDACTED;
    case 'perhaps':
      return looksLikeSecret(value) ? REDACTED : redactText(value);
    case 'public':
      return redactKnownShapes(value);
    case null:
      return redactText(value);
  }
}
