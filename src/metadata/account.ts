const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * The account that an AWS access key id belongs to, 12 digits: 40 bits of the id hold it, after the first bit of its
 * base32 part. Null for ids that hold none: of older make (their first base32 digit is below Q), or not valid at all.
 * Source: Tal Be'ery, "A short note on AWS KEY ID" (2023).
 */
export function accountOfKeyId(keyId: string): string | null {
  const match = /^(?:AKIA|ASIA)([Q-Z2-7][A-Z2-7]{15})$/.exec(keyId);
  if (!match) return null;
  let bits = 0n;
  for (const char of match[1].slice(0, 9)) bits = bits * 32n + BigInt(BASE32.indexOf(char));
  // 45 bits: one that marks the make, 40 of the account, 4 that are something else.
  const account = (bits >> 4n) & 0xff_ffff_ffffn;
  return account > 999_999_999_999n ? null : String(account).padStart(12, '0');
}
