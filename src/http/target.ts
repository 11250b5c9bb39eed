import type { AnomalyCode } from '../base/anomaly.ts';
import { goPath } from './go-url.ts';

/** A request target (RFC 9112 section 3.2) taken apart: what it says as sent, and what it means once tricks are undone. */
export interface Target {
  readonly form: 'origin' | 'absolute' | 'authority' | 'asterisk';
  /** Host named by the target itself (absolute-form and authority-form), lower case, IPv6 without brackets. */
  readonly host: string | null;
  /** Port named by the target itself. */
  readonly port: number | null;
  /**
   * Percent-decoded once, exactly as the field's shipper gives it: dot segments and doubled slashes kept, `//a/b` read
   * as host `a` and path `/b`. Null where that shipper could not read it, and would give no path.
   */
  readonly path: string | null;
  /** As sent, without the question mark; null where there is none. */
  readonly query: string | null;
  /**
   * What the path means to a lenient server: percent-decoded until nothing changes, `;parameters` dropped, empty and
   * dot segments resolved. Starts with a slash in origin-form and absolute-form; case is kept.
   */
  readonly normalized: string;
  /** The `url_*` anomalies of the target, in the order of src/base/anomaly.ts. */
  readonly tricks: readonly AnomalyCode[];
}

/** Times that a path is percent-decoded at most on its way to the normal form. */
const MAX_DECODES = 5;

const NO_TRICKS: readonly AnomalyCode[] = [];

/** Takes any request target apart; never fails. Cheap for plain origin-form targets, which nearly all are. */
export function normalizeTarget(target: string): Target {
  const queryAt = plainPathEnd(target);
  if (queryAt < 0) return analyzeTarget(target);
  const path = queryAt === target.length ? target : target.slice(0, queryAt);
  const query = queryAt === target.length ? null : target.slice(queryAt + 1);
  return { form: 'origin', host: null, port: null, path, query, normalized: path, tricks: NO_TRICKS };
}

/** Whether the target names another host than the Host header; a port is not compared. */
export function namesOtherHost(target: Target, hostHeader: string | undefined): boolean {
  if (target.host === null || hostHeader === undefined) return false;
  return splitHostPort(hostHeader).host !== target.host;
}

/** `host`, `host:port`, `[v6]` or `[v6]:port`: host in lower case without brackets, port null where there is none. */
export function splitHostPort(text: string): { host: string; port: number | null } {
  const match = /^(?:\[([^\]]*)\]|([^:]*))(?::(\d{1,5}))?$/.exec(text);
  if (!match) return { host: text.toLowerCase(), port: null };
  const host = match[1] ?? match[2];
  return { host: host.toLowerCase(), port: match[3] === undefined ? null : Number(match[3]) };
}

/**
 * The text after the last dot of a path, as the field's shipper gives it: also where slashes follow. Null where there
 * is no dot.
 */
export function pathExtension(path: string): string | null {
  const dot = path.lastIndexOf('.');
  return dot < 0 ? null : path.slice(dot + 1);
}

// Character classes of the fast path.
const PLAIN = 0;
const SLASH = 1;
const QUESTION = 2;
/** Anything that may be a trick, or that Go refuses: the whole analysis decides. */
const OTHER = 3;

const CHARACTER_CLASS = new Uint8Array(256).fill(OTHER, 0, 0x21).fill(OTHER, 0x7f);
for (const char of '%;#') CHARACTER_CLASS[char.charCodeAt(0)] = OTHER;
CHARACTER_CLASS[0x2f] = SLASH;
CHARACTER_CLASS[0x3f] = QUESTION;

/**
 * Where the path of an origin-form target ends if path and normal form are the very text sent; -1 where that takes a
 * closer look. The plain reference is `analyzeTarget`.
 */
function plainPathEnd(target: string): number {
  const length = target.length;
  if (length === 0 || target.charCodeAt(0) !== 0x2f) return -1;
  for (let i = 0; i < length; i++) {
    const kind = CHARACTER_CLASS[target.charCodeAt(i)];
    if (kind === PLAIN) continue;
    if (kind === SLASH) {
      const next = target.charCodeAt(i + 1);
      if (next === 0x2f || next === 0x2e) return -1;
    } else if (kind === QUESTION) {
      return isPlainQuery(target, i + 1) ? i : -1;
    } else {
      return -1;
    }
  }
  return length;
}

/** Without control bytes, DEL and `#`. Percent signs may stand for anything. */
function isPlainQuery(target: string, from: number): boolean {
  for (let i = from; i < target.length; i++) {
    const code = target.charCodeAt(i);
    if (code < 0x20 || code === 0x23 || code === 0x7f) return false;
  }
  return true;
}

/** `normalizeTarget` without its fast path. */
export function analyzeTarget(target: string): Target {
  const tricks = new Set<AnomalyCode>();
  if (/[\x00-\x1f\x7f]/.test(target)) tricks.add('url_control_byte');
  // Spaces before the target are the request line's doing; the normal form does without.
  const { form, authority, path, query } = splitTarget(target.replace(/^[ \t]+/, ''), tricks);
  if (form === 'absolute') tricks.add('url_absolute_form');
  const { host, port } = authority === null ? { host: null, port: null } : splitAuthority(authority);
  const shipped = goPath(target);
  return {
    form,
    host,
    port,
    path: shipped === null ? null : utf8(shipped),
    query,
    normalized:
      form === 'authority' || form === 'asterisk' ? path : utf8(resolveSegments(decode(path, tricks), tricks)),
    tricks: tricks.size === 0 ? NO_TRICKS : inOrder(tricks),
  };
}

interface Parts {
  form: Target['form'];
  authority: string | null;
  path: string;
  query: string | null;
}

function splitTarget(target: string, tricks: Set<AnomalyCode>): Parts {
  if (target === '*') return { form: 'asterisk', authority: null, path: '*', query: null };
  if (/^(?:\[[^\]]*\]|[^/?#:[\]]+):\d+$/.test(target)) {
    return { form: 'authority', authority: target, path: '', query: null };
  }
  const hash = target.indexOf('#');
  if (hash >= 0) tricks.add('url_fragment');
  const whole = hash < 0 ? target : target.slice(0, hash);
  const question = whole.indexOf('?');
  const before = question < 0 ? whole : whole.slice(0, question);
  const query = question < 0 ? null : whole.slice(question + 1);
  const absolute = /^[a-z][a-z0-9+.-]*:\/\/([^/]*)/i.exec(before);
  if (!absolute) return { form: 'origin', authority: null, path: before, query };
  return { form: 'absolute', authority: absolute[1], path: before.slice(absolute[0].length), query };
}

function splitAuthority(authority: string): { host: string; port: number | null } {
  return splitHostPort(authority.slice(authority.lastIndexOf('@') + 1));
}

/** Decodes percent escapes until none is left, or the limit is reached; a broken escape stays as it is. */
function decode(path: string, tricks: Set<AnomalyCode>): string {
  if (/%(?![0-9a-f]{2})/i.test(path)) tricks.add('url_bad_escape');
  let text = path;
  for (let pass = 1; pass <= MAX_DECODES && /%[0-9a-f]{2}/i.test(text); pass++) {
    if (pass === 2) tricks.add('url_encoded_twice');
    text = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => {
      const char = String.fromCharCode(Number.parseInt(hex, 16));
      const trick = encodedCharacterTrick(char);
      if (trick) tricks.add(trick);
      return char;
    });
  }
  return text;
}

/** What it says about a path that it percent-encodes this character; null where that is ordinary. */
function encodedCharacterTrick(char: string): AnomalyCode | null {
  if (char === '/') return 'url_encoded_slash';
  if (/[\w.~-]/.test(char)) return 'url_encoded_unreserved'; // RFC 3986 section 2.3
  return /[\x00-\x1f\x7f]/.test(char) ? 'url_control_byte' : null;
}

/** RFC 3986 section 5.2.4, with `;parameters` and empty segments dropped first. */
function resolveSegments(path: string, tricks: Set<AnomalyCode>): string {
  const segments: string[] = [];
  const parts = (path.startsWith('/') ? path.slice(1) : path).split('/');
  let directory = false;
  for (const [index, part] of parts.entries()) {
    const semicolon = part.indexOf(';');
    if (semicolon >= 0) tricks.add('url_path_parameters');
    const segment = semicolon < 0 ? part : part.slice(0, semicolon);
    const dots = segment === '.' || segment === '..';
    if (dots) tricks.add('url_dot_segments');
    if (part === '' && index < parts.length - 1) tricks.add('url_double_slash');
    directory = dots || segment === '';
    if (segment === '..') segments.pop();
    else if (!directory) segments.push(segment);
  }
  return segments.length === 0 ? '/' : `/${segments.join('/')}${directory ? '/' : ''}`;
}

/** Bytes as text: UTF-8, with U+FFFD where they are none. */
function utf8(bytes: string): string {
  return /[^\x00-\x7f]/.test(bytes) ? Buffer.from(bytes, 'latin1').toString('utf8') : bytes;
}

/** In the order of this table, so that equal sets print alike. */
const ORDER: readonly AnomalyCode[] = [
  'url_bad_escape',
  'url_control_byte',
  'url_encoded_twice',
  'url_encoded_unreserved',
  'url_encoded_slash',
  'url_dot_segments',
  'url_double_slash',
  'url_path_parameters',
  'url_absolute_form',
  'url_fragment',
];

function inOrder(tricks: ReadonlySet<AnomalyCode>): readonly AnomalyCode[] {
  return ORDER.filter((code) => tricks.has(code));
}
