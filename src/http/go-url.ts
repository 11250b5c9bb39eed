import { isIPv6 } from 'node:net';

/**
 * How Go's net/url reads a URL. The field's shipper takes `url.path` and `url.query` from there, so public rules mean
 * what it says. Followed: Go 1.26, net/url `Parse`, `URL.Query` and `Values.Encode`, errors included. Strings hold one
 * character a byte (latin-1), in and out.
 */

/** Pairs of a query that Go reads at most (`defaultMaxParams`); of a longer query it reads none. */
const MAX_PARAMETERS = 10_000;

/** `url.Parse(text).Path`: percent-decoded once, dot segments and doubled slashes kept. Null where Parse gives an error. */
export function goPath(text: string): string | null {
  const hash = text.indexOf('#');
  const url = hash < 0 ? text : text.slice(0, hash);
  if (hasControlByte(url)) return null;
  if (hash >= 0 && decodeOnce(text.slice(hash + 1)) === null) return null;
  if (url === '*') return url;

  const scheme = splitScheme(url);
  if (scheme === null) return null;
  const question = scheme.rest.indexOf('?');
  const rest = question < 0 ? scheme.rest : scheme.rest.slice(0, question);

  if (!rest.startsWith('/')) {
    // After a scheme this is an "opaque" URL, without a path; elsewhere the first segment must not look like a scheme.
    if (scheme.name !== '') return '';
    const slash = rest.indexOf('/');
    return (slash < 0 ? rest : rest.slice(0, slash)).includes(':') ? null : decodeOnce(rest);
  }
  if (rest.startsWith('//') && (scheme.name !== '' || !rest.startsWith('///'))) {
    const slash = rest.indexOf('/', 2);
    const authority = slash < 0 ? rest.slice(2) : rest.slice(2, slash);
    if (!isAuthority(authority, scheme.name)) return null;
    return slash < 0 ? '' : decodeOnce(rest.slice(slash));
  }
  return decodeOnce(rest);
}

/** `URL.Query().Encode()`: pairs that cannot be read dropped, the rest sorted by key and encoded anew. */
export function goQuery(query: string): string {
  const pairs: { key: string; value: string }[] = [];
  const parts = query.split('&');
  if (parts.length > MAX_PARAMETERS) return '';
  for (const part of parts) {
    if (part === '' || part.includes(';')) continue;
    const equals = part.indexOf('=');
    const key = decodeOnce(spaced(equals < 0 ? part : part.slice(0, equals)));
    const value = equals < 0 ? '' : decodeOnce(spaced(part.slice(equals + 1)));
    if (key !== null && value !== null) pairs.push({ key, value });
  }
  // Array.prototype.sort is stable: values of one key stay in the order sent.
  pairs.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
  return pairs.map(({ key, value }) => `${escapeQuery(key)}=${escapeQuery(value)}`).join('&');
}

function spaced(text: string): string {
  return text.includes('+') ? text.replaceAll('+', ' ') : text;
}

/** Percent-decoded once; null where a percent sign is not followed by two hexadecimal digits. */
function decodeOnce(text: string): string | null {
  if (!text.includes('%')) return text;
  if (/%(?![0-9a-f]{2})/i.test(text)) return null;
  return decodeEscapes(text);
}

function decodeEscapes(text: string): string {
  return text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

function escapeQuery(text: string): string {
  return text.replace(/[^\w.~-]/g, (char) =>
    char === ' ' ? '+' : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`,
  );
}

function hasControlByte(text: string): boolean {
  return /[\x00-\x1f\x7f]/.test(text);
}

/** Null: a colon comes first. */
function splitScheme(url: string): { name: string; rest: string } | null {
  if (url.startsWith(':')) return null;
  const match = /^([a-z][a-z0-9+.-]*):/i.exec(url);
  return match ? { name: match[1].toLowerCase(), rest: url.slice(match[0].length) } : { name: '', rest: url };
}

function isAuthority(authority: string, scheme: string): boolean {
  const at = authority.lastIndexOf('@');
  if (at >= 0) {
    const userinfo = authority.slice(0, at);
    if (!/^[\w.:~!$&'()*+,;=%@-]*$/.test(userinfo) || decodeOnce(userinfo) === null) return false;
  }
  const host = authority.slice(at + 1);
  const bracket = host.lastIndexOf('[');
  if (bracket > 0) return false;
  if (bracket === 0) return isIpLiteral(host);
  // Only http and https are held to a single colon (go.dev/issue/75223).
  const strict = scheme === 'http' || scheme === 'https';
  const colon = strict ? host.indexOf(':') : host.lastIndexOf(':');
  return (colon < 0 || isPort(host.slice(colon))) && isHostText(host);
}

/** `[address]` or `[address%25zone]`, then perhaps a port. */
function isIpLiteral(host: string): boolean {
  const close = host.lastIndexOf(']');
  if (close < 0 || !isPort(host.slice(close + 1))) return false;
  const inside = host.slice(1, close);
  const zone = inside.indexOf('%25');
  if (zone < 0) return isHostText(inside) && isIPv6(decodeOnce(inside) ?? '');
  return isZone(inside.slice(zone + 3)) && isIPv6(inside.slice(0, zone));
}

/** RFC 6874: a zone may percent-encode what a host may hold as ASCII, a percent sign, and (for Windows) spaces. */
function isZone(zone: string): boolean {
  if (zone === '' || /%(?![0-9a-f]{2})/i.test(zone)) return false;
  const escapes = zone.match(/%[0-9a-f]{2}/gi) ?? [];
  return (
    isHostText(zone.replace(/%../g, '')) &&
    escapes.every((one) => one === '%25' || /^[\w.~!$&'()*+,;=:[\]<>" -]$/.test(decodeEscapes(one)))
  );
}

function isPort(text: string): boolean {
  return text === '' || /^:[0-9]*$/.test(text);
}

/** A host may percent-encode bytes from 0x80 on, and a percent sign; ASCII beyond RFC 3986's host characters is refused. */
function isHostText(host: string): boolean {
  return /^(?:[\w.~!$&'()*+,;=:[\]<>"\x80-\xff-]|%25|%[89a-f][0-9a-f])*$/i.test(host);
}
