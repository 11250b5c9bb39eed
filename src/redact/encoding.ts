/** Times that a text is decoded at most in search of what is hidden in it. */
const MAX_DECODES = 6;

/** Percent escapes undone until none is left; one character a byte where escapes were, broken ones as they are. */
export function percentDecode(text: string): string {
  let decoded = text;
  for (let pass = 0; pass < MAX_DECODES && /%[0-9a-f]{2}/i.test(decoded); pass++) {
    decoded = decoded.replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return decoded;
}

/** Percent-encodes what may not stand in a component of a URL; slashes stay. */
export function percentEncode(text: string): string {
  return text.replace(/[^\w.~!$'()*,:@/-]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    if (code > 0xff) return encodeURIComponent(char.isWellFormed() ? char : '\ufffd');
    return `%${code.toString(16).toUpperCase().padStart(2, '0')}`;
  });
}

/** The text that base64 or base64url holds; null where the text is neither, or holds anything but printable text. */
export function base64Text(text: string): string | null {
  const body = text.replace(/=+$/, '');
  if (body.length < 8 || body.length % 4 === 1 || !/^[A-Za-z0-9+/_-]+$/.test(body)) return null;
  const bytes = Buffer.from(body, 'base64');
  const utf8 = bytes.toString('latin1');
  if (isPrintable(utf8)) return utf8;
  // PowerShell's -EncodedCommand is UTF-16.
  const utf16 = bytes.length % 2 === 0 ? bytes.toString('utf16le') : '';
  return utf16 !== '' && isPrintable(utf16) ? utf16 : null;
}

function isPrintable(text: string): boolean {
  return /^[\t\n\r\x20-\x7e]*$/.test(text);
}
