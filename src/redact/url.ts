import { isScoped } from './assignments.ts';
import { percentDecode, percentEncode } from './encoding.ts';
import { isPlaceholder, looksLikeSecret, nameSays } from './names.ts';
import { knownTokenRanges } from './path-tokens.ts';
import { secretKeyRanges } from './randomness.ts';
import { REDACTED } from './redacted.ts';
import { redactShapes, replaceRanges } from './shapes.ts';
import { mayHoldSecret, mayHoldToken } from './signs.ts';
import { redactText } from './text.ts';
import { redactTokenUserinfo, redactUserinfo } from './userinfo.ts';

/**
 * A URL or request target without its secrets: userinfo, query parameters, path segments, matrix parameters and
 * fragments whose name or value says so. What is no secret stays byte for byte.
 */
export function redactUrl(url: string): string {
  const scheme = /^https?:\/\//.exec(url)?.[0].length ?? 0;
  if (!mayHoldSecret(url, scheme)) return url;
  const { before, query, fragment } = splitUrl(url);
  const { authority, path } = splitAuthority(redactTokenUserinfo(before));
  const pieces = [redactText(authority), redactPath(path)];
  if (query !== null) pieces.push('?', redactQuery(query));
  if (fragment !== null) pieces.push('#', redactQuery(fragment));
  return pieces.join('');
}

/**
 * Segment by segment, so that what is redacted in one hides no other: rules read the path. For the same reason dot
 * segments that are encoded into one part it. Tokens that have slashes are found by their looks: those with a known
 * beginning and AWS secret keys before, since a part of one is not known as such, others after, since in a segment of its
 * own a token is known best.
 */
function redactPath(path: string): string {
  const withoutKnown = replaceRanges(path, knownTokenRanges(path));
  const segments = replaceRanges(withoutKnown, secretKeyRanges(withoutKnown)).split('/');
  const redacted = segments.map((segment) => redactEscaped(segment, redactDecodedSegment)).join('/');
  return redactEscaped(redacted, (decoded) => (mayHoldToken(decoded) ? redactShapes(decoded, redactText) : decoded));
}

function redactDecodedSegment(decoded: string): string {
  const hasDots = /(?:^|\/)\.{1,2}(?:\/|$)/.test(decoded);
  return hasDots ? decoded.split('/').map(redactSegment).join('/') : redactSegment(decoded);
}

/** A segment may have matrix parameters: `name;parameter=value`. */
function redactSegment(segment: string): string {
  return segment.includes(';') ? segment.split(';').map(redactText).join(';') : redactText(segment);
}

/** A query, form or fragment: `name=value` parted by `&` or `;`. */
export function redactQuery(query: string): string {
  return query.replace(/[^&;]+/g, redactParameter);
}

function redactParameter(parameter: string): string {
  const equals = parameter.indexOf('=');
  // Of base64 without a name, equals signs are the end.
  if (equals < 0 || /^=*$/.test(parameter.slice(equals))) return redactPiece(parameter);
  const name = parameter.slice(0, equals);
  const value = parameter.slice(equals + 1);
  return `${redactPiece(name)}=${isSecretParameter(percentDecode(name), value) ? REDACTED : redactPiece(value)}`;
}

function isSecretParameter(name: string, value: string): boolean {
  switch (nameSays(name)) {
    case 'secret':
      return !isPlaceholder(value);
    case 'perhaps':
      return isAuthorizationCode(name, value) || (looksLikeSecret(value) && !isScoped(name, value));
    default:
      return false;
  }
}

/** OAuth's (RFC 6749 section 4.1.2); other codes are short, or words, or numbers. */
function isAuthorizationCode(name: string, value: string): boolean {
  return /^code$/i.test(name) && value.length >= 10 && /[0-9]/.test(value) && /[A-Za-z]/.test(value);
}

function redactPiece(piece: string): string {
  return redactEscaped(piece, redactText);
}

/** What stays as it was keeps its escapes; what is redacted is escaped once. */
function redactEscaped(piece: string, redact: (decoded: string) => string): string {
  const decoded = piece.includes('%') ? percentDecode(piece) : piece;
  const redacted = redact(decoded);
  if (redacted === decoded) return piece;
  return decoded === piece ? redacted : percentEncode(redacted);
}

/** `scheme://` and authority without a password; a password that has slashes, as no URL may, is still found. */
function splitAuthority(before: string): { authority: string; path: string } {
  const [, authority, port] = /^((?:[a-z][a-z0-9+.-]*:)?\/\/[^/:]*(?::([^/]*))?)/i.exec(before) ?? ['', '', ''];
  const broken = port !== undefined && /\D/.test(port) && !/[@[]/.test(authority) && before.includes('@');
  if (broken) return { authority: redactUserinfo(before), path: '' };
  return { authority: redactUserinfo(authority), path: before.slice(authority.length) };
}

function splitUrl(url: string): { before: string; query: string | null; fragment: string | null } {
  const hash = url.indexOf('#');
  const whole = hash < 0 ? url : url.slice(0, hash);
  const question = whole.indexOf('?');
  return {
    before: question < 0 ? whole : whole.slice(0, question),
    query: question < 0 ? null : whole.slice(question + 1),
    fragment: hash < 0 ? null : url.slice(hash + 1),
  };
}
