/** The claims of a JSON Web Token that may be kept: who it is for and until when, not what it opens. */
export interface JwtClaims {
  /** Microsoft's token id; the same value is in Entra's sign-in logs. */
  readonly uti?: string;
  /** Object id of the identity. */
  readonly oid?: string;
  /** Application id of the identity. */
  readonly appid?: string;
  /** Audience: the service that takes the token. */
  readonly aud?: string;
  /** Expiry, seconds since 1970. */
  readonly exp?: number;
}

/** Characters of a token that are looked at, and of a claim that are kept, at most. */
const MAX_TOKEN_LENGTH = 65_536;
const MAX_CLAIM_LENGTH = 256;

/** The chosen claims of a JWT (RFC 7519); null where the text is none. The signature is neither checked nor kept. */
export function jwtClaims(token: string): JwtClaims | null {
  if (token.length > MAX_TOKEN_LENGTH) return null;
  const match = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token);
  if (!match) return null;
  const payload = parseObject(Buffer.from(match[1], 'base64url').toString('utf8'));
  if (!payload) return null;
  const uti = text(payload.uti);
  const oid = text(payload.oid);
  const appid = text(payload.appid);
  const aud = text(payload.aud);
  const exp = typeof payload.exp === 'number' && Number.isFinite(payload.exp) ? payload.exp : undefined;
  return {
    ...(uti !== undefined && { uti }),
    ...(oid !== undefined && { oid }),
    ...(appid !== undefined && { appid }),
    ...(aud !== undefined && { aud }),
    ...(exp !== undefined && { exp }),
  };
}

function parseObject(json: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(json);
    // A JSON object is a record of unknown values.
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}

function text(claim: unknown): string | undefined {
  return typeof claim === 'string' && claim.length <= MAX_CLAIM_LENGTH ? claim : undefined;
}
