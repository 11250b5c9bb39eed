import { REDACTED } from './redacted.ts';

/** Authentication schemes: IANA's registry, and those that clouds and tools use beside it. In lower case. */
const SCHEMES = new Set([
  'apikey',
  'aws',
  'basic',
  'bearer',
  'concealed',
  'digest',
  'dpop',
  'genericapikey',
  'gnap',
  'googlelogin',
  'hoba',
  'mutual',
  'negotiate',
  'ntlm',
  'oauth',
  'privatetoken',
  'scram-sha-1',
  'scram-sha-256',
  'sharedaccesssignature',
  'sharedkey',
  'sharedkeylite',
  'splunk',
  'token',
  'vapid',
]);

/** The value of an (Proxy-)Authorization header: the scheme stays, of AWS Signature Version 4 all but the signature. */
export function redactAuthorization(value: string): string {
  const space = value.search(/\s/);
  if (space < 0) return value === '' || SCHEMES.has(value.toLowerCase()) ? value : REDACTED;
  const scheme = value.slice(0, space);
  if (/^AWS4-[\w-]+$/.test(scheme)) return redactSignatureVersion4(value);
  return SCHEMES.has(scheme.toLowerCase()) ? `${scheme} ${REDACTED}` : REDACTED;
}

/** `AWS4-HMAC-SHA256 Credential=<key id>/<scope>, SignedHeaders=<names>, Signature=<hex>`; anything else in it goes. */
function redactSignatureVersion4(value: string): string {
  const [scheme, ...rest] = value.split(/[\s,]+/);
  const parts = rest.map((part) => {
    const kept = /^(?:Credential=[A-Z0-9]{16,32}\/[\w/-]{0,80}|SignedHeaders=[\w;-]{0,400})$/.test(part);
    return kept ? part : /^Signature=/.test(part) ? `Signature=${REDACTED}` : REDACTED;
  });
  return `${scheme} ${parts.join(', ')}`;
}
