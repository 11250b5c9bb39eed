import { redactAssignments } from './assignments.ts';
import { redactCommandText } from './command-line.ts';
import { base64Text, percentDecode, percentEncode } from './encoding.ts';
import { HarmlessTexts } from './harmless.ts';
import { REDACTED } from './redacted.ts';
import { redactKnownShapes, redactShapes } from './shapes.ts';
import { mayHoldSecret, mayHoldToken } from './signs.ts';
import { redactUserinfo } from './userinfo.ts';

/** How deep encodings within encodings are followed; what lies deeper is replaced whole. */
const MAX_DEPTH = 6;

/** Free text (user agents, referrers, error messages, file names, bodies) without the secrets in it. */
export function redactText(text: string): string {
  if (harmless.has(text) || (text.length === 29 && HTTP_DATE.test(text))) return text;
  const out = mayHoldSecret(text) ? redactThoroughly(text) : text;
  if (out === text) harmless.add(text);
  return out;
}

const harmless = new HarmlessTexts();

/** RFC 9110 section 5.6.7. */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d GMT$/;

/** `redactText` without its fast path. */
export function redactThoroughly(text: string): string {
  return redactAt(text, 0);
}

function redactAt(text: string, depth: number): string {
  if (depth > MAX_DEPTH) return REDACTED;
  const inner = (held: string) => redactAt(held, depth + 1);
  let out = redactEncoded(redactKnownShapes(text), inner);
  if (/(?:^|\s)[-/]/.test(out)) out = redactCommandText(out);
  out = redactAssignments(out);
  out = redactUserinfo(out);
  out = redactSchemes(out);
  return mayHoldToken(out) ? redactShapes(out, inner) : out;
}

/** `Bearer <token>` and `Basic <base64>` where no header's name stands before them. */
function redactSchemes(text: string): string {
  return text.replace(
    /\b(Bearer|Basic)(\s+)([\w.~+/-]{6,}=*)/gi,
    (whole, scheme: string, space: string, value: string) => {
      const secret = /^basic$/i.test(scheme) ? base64Text(value)?.includes(':') : !/^[a-z]+$/i.test(value);
      return secret ? scheme + space + REDACTED : whole;
    },
  );
}

/** What is hidden behind percent, JSON or HTML escapes; text without secrets keeps its escapes. */
function redactEncoded(text: string, inner: (text: string) => string): string {
  let out = text;
  if (/\\u00[0-7][0-9a-f]|&(?:amp|lt|gt|#\d{2});/i.test(out)) {
    const decoded = decodeEntities(out);
    const redacted = decoded === out ? out : inner(decoded);
    if (redacted !== decoded) out = redacted;
  }
  if (!/%[0-9a-f]{2}/i.test(out)) return out;
  return out.replace(/[^\s"'`<>&?=;#,]+/g, (piece) => redactPercentEncoded(piece, inner));
}

/** A piece of a URL or form, percent-encoded or not, and still so afterwards. */
function redactPercentEncoded(piece: string, inner: (text: string) => string): string {
  if (!piece.includes('%')) return piece;
  const decoded = percentDecode(piece);
  const redacted = decoded === piece ? piece : inner(decoded);
  return redacted === decoded ? piece : percentEncode(redacted);
}

function decodeEntities(text: string): string {
  return text
    .replace(/\\u00([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .replace(/&#(\d{2});/g, (_, code: string) => String.fromCharCode(Number(code)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&amp;/g, '&');
}
