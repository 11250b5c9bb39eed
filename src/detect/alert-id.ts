import { sha256Hex } from '../base/hash.ts';

/**
 * The id of the alert that a rule makes of an event, or of several: the same on every run, streaming or scheduled. SHA-256 in
 * hexadecimal over the parts, each preceded by its length in bytes (32 bits, big-endian), so that no two different
 * lists of parts give the same input.
 */
export function alertId(ruleId: string, index: string, ...eventIds: readonly string[]): string {
  const pieces = [ruleId, index, ...eventIds].flatMap((part) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(Buffer.byteLength(part));
    return [length, Buffer.from(part)];
  });
  return sha256Hex(Buffer.concat(pieces));
}
