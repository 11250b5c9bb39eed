import { MAX_METHOD_LENGTH } from './limits.ts';

/** A request line, tolerantly read: see `parseRequestLine`. */
export interface RequestLine {
  readonly method: string;
  readonly target: string;
  /** What follows "HTTP/". */
  readonly version: string;
  /** Single spaces and a version of two digits, as RFC 9112 section 3 has it. */
  readonly strict: boolean;
}

export interface StatusLine {
  readonly status: number;
  readonly phrase: string;
  readonly version: string;
}

/**
 * The request line at the start of a head. White space between the parts may be any run of space, tab, VT and FF (RFC
 * 9112 section 3 lets a recipient read it so); the target is what lies between the first and the last.
 * Null: no version, so this is no HTTP/1 request.
 */
export function parseRequestLine(head: string): RequestLine | null {
  const end = lineEnd(head);
  const space = head.indexOf(' ');
  const last = end - 9;
  if (space > 0 && last > space + 1 && head.indexOf(' ', space + 1) === last && isVersion(head, last + 1)) {
    return {
      method: space === 3 && head.startsWith('GET') ? 'GET' : head.slice(0, space),
      target: head.slice(space + 1, last),
      version: versionAt(head, last + 6),
      strict: true,
    };
  }
  return parseTolerantly(head.slice(0, end));
}

function parseTolerantly(line: string): RequestLine | null {
  let end = line.length;
  while (end > 0 && isWhiteSpace(line.charCodeAt(end - 1))) end--;
  let version = end;
  while (version > 0 && !isWhiteSpace(line.charCodeAt(version - 1))) version--;
  if (!line.startsWith('HTTP/', version) || Number.isNaN(digit(line, version + 5))) return null;
  let methodEnd = 0;
  while (methodEnd < version && !isWhiteSpace(line.charCodeAt(methodEnd))) methodEnd++;
  const target = line
    .slice(methodEnd, version)
    .replace(/^[ \t\v\f\r]+/, '')
    .trimEnd();
  if (methodEnd === 0 || target === '') return null;
  return { method: line.slice(0, methodEnd), target, version: line.slice(version + 5, end), strict: false };
}

function isWhiteSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d);
}

/** The part of a request line that was captured; null where not even a target begins. */
export function parseCutRequestLine(text: string): RequestLine | null {
  if (text.includes('\n')) return parseRequestLine(text);
  const match = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]{1,32})[ \t]+([^ \t]+)/.exec(text);
  return match ? { method: match[1], target: match[2], version: '', strict: true } : null;
}

/** The status line at the start of a head; null where it is none. */
export function parseStatusLine(head: string): StatusLine | null {
  const end = lineEnd(head);
  const space = head.indexOf(' ');
  if (space < 8 || space > 12) return null;
  const status = digit(head, space + 1) * 100 + digit(head, space + 2) * 10 + digit(head, space + 3);
  if (!(status >= 100)) return null;
  const phrase = end - space === 7 && head.startsWith('OK', space + 5) ? 'OK' : head.slice(space + 5, end).trim();
  return { status, phrase, version: space === 8 ? versionAt(head, 5) : head.slice(5, space) };
}

/** End of the first line, without its line end. */
function lineEnd(head: string): number {
  const newline = head.indexOf('\n');
  if (newline < 0) return head.length;
  return newline > 0 && head.charCodeAt(newline - 1) === 0x0d ? newline - 1 : newline;
}

function isVersion(head: string, at: number): boolean {
  return (
    head.charCodeAt(at) === 0x48 && // H
    head.charCodeAt(at + 4) === 0x2f && // /
    head.charCodeAt(at + 6) === 0x2e && // .
    head.startsWith('HTTP/', at) &&
    !Number.isNaN(digit(head, at + 5)) &&
    !Number.isNaN(digit(head, at + 7))
  );
}

/** The version without a new string where it is the usual one. */
function versionAt(head: string, at: number): string {
  return head.startsWith('1.1', at) ? '1.1' : head.slice(at, at + 3);
}

function digit(text: string, at: number): number {
  const value = text.charCodeAt(at) - 0x30;
  return value >= 0 && value <= 9 ? value : Number.NaN;
}

/** Whether bytes may be the beginning of a request: a token and white space after it, or as much as is there. */
export function mayStartRequest(bytes: Buffer, start: number, end: number): boolean {
  const limit = Math.min(end, start + MAX_METHOD_LENGTH + 1);
  for (let at = start; at < limit; at++) {
    const byte = bytes[at];
    if (byte === 0x20 || byte === 0x09) return at > start;
    if (TOKEN[byte] === 0) return false;
  }
  return end - start <= MAX_METHOD_LENGTH;
}

/** Whether bytes may be the beginning of a response: "HTTP/", or as much of it as is there. */
export function mayStartResponse(bytes: Buffer, start: number, end: number): boolean {
  for (let i = 0; i < RESPONSE_START.length && start + i < end; i++) {
    if (bytes[start + i] !== RESPONSE_START[i]) return false;
  }
  return true;
}

/** HTTP/2 begins with what looks like a request (RFC 9113 section 3.4). */
export function isHttp2Preface(line: RequestLine): boolean {
  return line.method === 'PRI' && line.version === '2.0';
}

const RESPONSE_START = Buffer.from('HTTP/');

/** Whether bytes surely begin a request: a method of RFC 9110, WebDAV or PATCH, a space and a target. */
export function surelyStartsRequest(bytes: Buffer, start: number, end: number): boolean {
  const first = bytes[start];
  if (first < 0x41 || first > 0x5a || end - start < 6) return false;
  return SURE_REQUEST.test(bytes.toString('latin1', start, Math.min(end, start + 24)));
}

const SURE_REQUEST =
  /^(?:GET|HEAD|POST|PUT|DELETE|CONNECT|OPTIONS|TRACE|PATCH|PROPFIND|PROPPATCH|MKCOL|COPY|MOVE|LOCK|UNLOCK|REPORT|SEARCH)[ \t]+(?:\/|\*|https?:|[a-z0-9[])/i;

/** Whether bytes surely begin a response. */
export function surelyStartsResponse(bytes: Buffer, start: number, end: number): boolean {
  return (
    end - start >= 12 &&
    bytes[start] === 0x48 &&
    bytes[start + 4] === 0x2f &&
    /^HTTP\/\d\.\d \d/.test(bytes.toString('latin1', start, start + 10))
  );
}

/** 1 for tchar of RFC 9110 section 5.6.2. */
const TOKEN = new Uint8Array(256);
for (const character of "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz") {
  TOKEN[character.charCodeAt(0)] = 1;
}

/** A TLS record: handshake or alert, version 3.x (RFC 8446 section 5.1). */
export function isTlsRecord(bytes: Buffer, start: number, end: number): boolean {
  return end - start >= 3 && (bytes[start] === 0x16 || bytes[start] === 0x15) && bytes[start + 1] === 3;
}
