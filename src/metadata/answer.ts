import type { Micros } from '../base/time.ts';
import { isDate, isoFromMicros } from '../base/time.ts';
import { fingerprint } from '../redact/fingerprint.ts';
import { type JwtClaims, jwtClaims } from '../redact/jwt.ts';
import { accountOfKeyId } from './account.ts';
import type { CredentialType } from './service.ts';

/** What may be kept of a credential. Never the credential itself. */
export interface CredentialFacts {
  readonly type: CredentialType;
  /** AWS access key id. */
  readonly accessKeyId?: string;
  /** RFC 3339. */
  readonly expiry?: string;
  /** Role or service account that it is for, from the path or the answer. */
  readonly role?: string;
  /** `sha256:<hex>` of the session or bearer token. */
  readonly tokenSha256?: string;
  readonly claims?: JwtClaims;
  /** AWS account, 12 digits. */
  readonly account?: string;
}

/**
 * What a response's body shows: a credential (its secret fields are there), an error, a list of names, a JSON document
 * without either, nothing at all, or something of no known shape.
 */
export type Answer =
  | { readonly kind: 'credential'; readonly facts: CredentialFacts }
  | { readonly kind: 'error' | 'names' | 'document' | 'empty' | 'unclear' };

/**
 * Reads a body for what it is, whatever was asked for.
 * @param whole `body` is all of it; of a part only what can be seen counts
 * @param time of the response, for expiry times that are given in seconds from it
 */
export function readAnswer(body: Uint8Array, whole: boolean, time: Micros): Answer {
  const text = bodyText(body).trim();
  if (text === '') return { kind: whole ? 'empty' : 'unclear' };
  const json = /^[{[]/.test(text) ? parseJson(text) : undefined;
  const facts = (json === undefined ? null : factsOfJson(json, time)) ?? factsOfText(text, whole, time);
  if (facts) return { kind: 'credential', facts };
  if (json !== undefined) return { kind: isError(json) ? 'error' : 'document' };
  if (/^<[^>]*(?:html|xml|error|!doctype)/i.test(text)) return { kind: 'error' };
  return { kind: isNames(text) ? 'names' : 'unclear' };
}

/** UTF-8, or UTF-16 where a byte order mark or zeros in every other place say so. */
function bodyText(body: Uint8Array): string {
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder('utf-16be').decode(bytes);
  if (
    (bytes[0] === 0xff && bytes[1] === 0xfe) ||
    (bytes[0] !== 0 && bytes[1] === 0 && bytes[2] !== 0 && bytes[3] === 0)
  ) {
    return new TextDecoder('utf-16le').decode(bytes);
  }
  if (bytes[0] === 0 && bytes[1] !== 0 && bytes[2] === 0) return new TextDecoder('utf-16be').decode(bytes);
  return new TextDecoder().decode(bytes);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

type Fields = Readonly<Record<string, unknown>>;

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null;
}

/** The fields that together are an access key, by cloud. */
const KEY_FIELDS = [
  { id: 'AccessKeyId', secret: 'SecretAccessKey', token: 'Token', expiry: 'Expiration' },
  { id: 'AccessKeyId', secret: 'SecretAccessKey', token: 'SessionToken', expiry: 'Expiration' },
  { id: 'AccessKeyId', secret: 'AccessKeySecret', token: 'SecurityToken', expiry: 'Expiration' },
  { id: 'TmpSecretId', secret: 'TmpSecretKey', token: 'Token', expiry: 'ExpiredTime' },
  { id: 'access', secret: 'secret', token: 'securitytoken', expiry: 'expires_at' },
] as const;

/** Characters of a list of names; a longer text is something else. */
const MAX_NAMES_LENGTH = 16_384;

/** Objects within one another, and values of each, that are searched for a credential. */
const MAX_DEPTH = 3;
const MAX_MEMBERS = 64;

function factsOfJson(value: unknown, time: Micros, depth = 0): CredentialFacts | null {
  if (!isFields(value)) return null;
  if (!isFailure(value)) {
    for (const names of KEY_FIELDS) {
      if (isText(value[names.id]) && isText(value[names.secret]) && isText(value[names.token])) {
        return accessKeyFacts(
          {
            id: value[names.id],
            token: value[names.token],
            expiry: value[names.expiry],
            arn: value.RoleArn,
            account: value.AccountId,
          },
          time,
        );
      }
    }
    if (isText(value.access_token)) return bearerFacts(value.access_token, value, time);
  }
  if (depth === MAX_DEPTH) return null;
  for (const member of Object.values(value).slice(0, MAX_MEMBERS)) {
    const found = factsOfJson(member, time, depth + 1);
    if (found) return found;
  }
  return null;
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== '';
}

/** EC2 and those like it may put a failure into a 200: `Code` is then not `Success`. */
function isFailure(fields: Fields): boolean {
  return isText(fields.Code) && fields.Code.toLowerCase() !== 'success';
}

function isError(value: unknown): boolean {
  if (!isFields(value) || Array.isArray(value)) return false;
  return isFailure(value) || ['error', 'errors', 'fault', 'Message', 'message'].some((name) => name in value);
}

function accessKeyFacts(
  key: { id: unknown; token: unknown; expiry: unknown; arn?: unknown; account?: unknown },
  time: Micros,
): CredentialFacts {
  const accessKeyId = isText(key.id) && /^(?:AKIA|ASIA)[A-Z0-9]{12,28}$/.test(key.id) ? key.id : undefined;
  const arn = isText(key.arn)
    ? /^arn:[\w-]+:iam::(\d{12}):role\/(?:[\w+=,.@/-]*\/)?([\w+=,.@-]{1,64})$/.exec(key.arn)
    : null;
  const account =
    (isText(key.account) && /^\d{12}$/.test(key.account) ? key.account : arn?.[1]) ??
    (accessKeyId === undefined ? null : accountOfKeyId(accessKeyId));
  const expiry = expiryTime(key.expiry, time);
  const tokenSha256 = isText(key.token) ? fingerprint(key.token) : null;
  return {
    type: 'access_key',
    ...(accessKeyId !== undefined && { accessKeyId }),
    ...(expiry !== null && { expiry }),
    ...(arn && { role: arn[2] }),
    ...(tokenSha256 !== null && { tokenSha256 }),
    ...(account !== null && { account }),
  };
}

/** A token for a cloud's API: Google's are opaque, Azure's and IBM's are JWTs. */
function bearerFacts(token: string, fields: Fields, time: Micros): CredentialFacts {
  const expiry =
    expiryTime(fields.expires_on ?? fields.expires_at, time) ?? expiryTime(fields.expires_in, time, 'from now');
  return { ...tokenFacts(token, 'bearer_token'), ...(expiry !== null && { expiry }) };
}

function tokenFacts(token: string, type: CredentialType): CredentialFacts {
  const tokenSha256 = fingerprint(token);
  const claims = jwtClaims(token);
  const expiry = claims?.exp === undefined ? null : expiryTime(claims.exp, 0);
  return {
    type,
    ...(tokenSha256 !== null && { tokenSha256 }),
    ...(claims && { claims }),
    ...(expiry !== null && { expiry }),
  };
}

/** A date as text, seconds since 1970, or seconds from the response. Null where it is none of these. */
function expiryTime(value: unknown, time: Micros, from: 'epoch' | 'from now' = 'epoch'): string | null {
  if (typeof value === 'number' || (isText(value) && /^\d{1,12}$/.test(value))) {
    const micros = Number(value) * 1e6 + (from === 'from now' ? time : 0);
    return isDate(micros) ? isoFromMicros(micros) : null;
  }
  const millis = isText(value) && /^\d{4}-\d\d-\d\d[T ]/.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(millis) ? null : isoFromMicros(millis * 1000);
}

/** What can be seen in text that is no JSON document: cut short, or within something else. */
function factsOfText(text: string, whole: boolean, time: Micros): CredentialFacts | null {
  if (/-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----/.test(text)) return { type: 'private_key' };
  if (/<CertificateFile[\s>]/.test(text) && /<Data>\s*[^<\s]/.test(text)) return { type: 'certificate' };
  if (/^eyJ[\w-]+\.[\w-]+\.[\w-]*$/.test(text)) return whole ? tokenFacts(text, 'jwt') : { type: 'jwt' };
  const code = fieldValue(text, 'Code');
  if (code !== null && code.toLowerCase() !== 'success') return null;
  for (const names of KEY_FIELDS) {
    const id = fieldValue(text, names.id);
    if (id === null || !fieldBegins(text, names.secret)) continue;
    return accessKeyFacts({ id, token: fieldValue(text, names.token), expiry: fieldValue(text, names.expiry) }, time);
  }
  if (!fieldBegins(text, 'access_token')) return null;
  const token = fieldValue(text, 'access_token');
  return token === null ? { type: 'bearer_token' } : bearerFacts(token, {}, time);
}

/** A string field's value up to its closing quote; the quotes may be escaped for JSON or HTML. Null where it is not there whole. */
function fieldValue(text: string, name: string): string | null {
  const match = new RegExp(`${fieldPattern(name)}([^"\\\\&]+)(?:\\\\?"|&quot;)`).exec(text);
  return match ? match[1] : null;
}

/** Whether a string field is there with at least its value's first character. */
function fieldBegins(text: string, name: string): boolean {
  return new RegExp(`${fieldPattern(name)}[^"\\\\&]`).test(text);
}

function fieldPattern(name: string): string {
  const quote = '(?:\\\\?"|&quot;)';
  return `${quote}${name}${quote}\\s{0,8}:\\s{0,8}${quote}`;
}

/** Lines that are each the name of a role, an account or a path below, perhaps with a remark in brackets. */
function isNames(text: string): boolean {
  const line = /^(?:[\w+=,.@:/-]{1,256}(?: \([^()]{0,32}\))?)?\r?$/;
  return text.length <= MAX_NAMES_LENGTH && text.split('\n').every((name) => line.test(name));
}
