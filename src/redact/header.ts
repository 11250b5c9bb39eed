import { redactAuthorization } from './authorization.ts';
import { redactCookies, redactSetCookie } from './cookies.ts';
import { HarmlessTexts } from './harmless.ts';
import { isPlaceholder, looksLikeSecret, nameSays } from './names.ts';
import { REDACTED } from './redacted.ts';
import { redactKnownShapes } from './shapes.ts';
import { redactText } from './text.ts';

/** What the name of a header field says about its value. */
type FieldKind = 'authorization' | 'cookie' | 'set-cookie' | 'secret' | 'perhaps' | 'public' | 'text';

/** The value of a header field without its secrets. `name` in any case. */
export function redactHeaderValue(name: string, value: string): string {
  switch (kindOf(name)) {
    case 'authorization':
      return redactAuthorization(value);
    case 'cookie':
      return redactCookies(value);
    case 'set-cookie':
      return redactSetCookie(value);
    case 'secret':
      return isPlaceholder(value) ? value : REDACTED;
    case 'perhaps':
      return looksLikeSecret(value) ? REDACTED : redactText(value);
    case 'public':
      return redactPublic(value);
    case 'text':
      return redactText(value);
  }
}

/** Names whose kind is remembered: there are few in use. */
const MAX_NAMES = 1024;
const kinds = new Map<string, FieldKind>();

function kindOf(name: string): FieldKind {
  let kind = kinds.get(name);
  if (kind === undefined) {
    if (kinds.size >= MAX_NAMES) kinds.clear();
    kind = kindOfName(name.toLowerCase());
    kinds.set(name, kind);
  }
  return kind;
}

function kindOfName(name: string): FieldKind {
  if (name.endsWith('authorization')) return 'authorization';
  if (name === 'cookie') return 'cookie';
  if (name === 'set-cookie' || name === 'set-cookie2') return 'set-cookie';
  return nameSays(name) ?? 'text';
}

const harmless = new HarmlessTexts();

function redactPublic(value: string): string {
  if (harmless.has(value)) return value;
  const out = redactKnownShapes(value);
  if (out === value) harmless.add(value);
  return out;
}
