let loaded: typeof import('node:crypto') | null = null;

/** It takes milliseconds to load, and most runs hash nothing, so it is loaded when the first hash is asked for. */
function crypto(): typeof import('node:crypto') {
  loaded ??= process.getBuiltinModule('node:crypto');
  return loaded;
}

/** SHA-256 in hexadecimal. A text counts as UTF-8. */
export function sha256Hex(data: string | Uint8Array): string {
  return crypto().hash('sha256', data, 'hex');
}

/** SHA-1 in base64, for formats that ask for it. */
export function sha1Base64(data: Uint8Array): string {
  return crypto().hash('sha1', data, 'base64');
}

/** HMAC with SHA-256 in hexadecimal. */
export function hmacSha256Hex(key: Uint8Array, text: string): string {
  return crypto().createHmac('sha256', key).update(text).digest('hex');
}
