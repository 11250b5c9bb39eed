/**
 * The IPv4 address that a host name spells in another way than dotted decimal: a single number, octal or hexadecimal
 * parts, fewer than four parts (as inet_aton reads them), or mapped into IPv6. Clients resolve these before they
 * connect but send them in the Host header as written. Null where it is no such address.
 */
export function hostAddress(host: string): string | null {
  const mapped = /^::ffff:(?:([0-9a-f]{1,4}):([0-9a-f]{1,4})|([\d.]+))$/i.exec(host);
  if (mapped) {
    if (mapped[3] !== undefined) return hostAddress(mapped[3]);
    return dotted(Number.parseInt(mapped[1], 16) * 0x10000 + Number.parseInt(mapped[2], 16));
  }
  if (!/^(?:0x[0-9a-f]+|\d+)(?:\.(?:0x[0-9a-f]+|\d+)){0,3}\.?$/i.test(host)) return null;
  const parts = host.replace(/\.$/, '').split('.').map(parsePart);
  const last = parts.pop() ?? 0;
  if (parts.some((part) => !(part <= 0xff)) || !(last < 256 ** (4 - parts.length))) return null;
  return dotted(parts.reduce((sum, part, index) => sum + part * 256 ** (3 - index), last));
}

/** NaN where it is no number. */
function parsePart(part: string): number {
  if (/^0x/i.test(part)) return Number.parseInt(part, 16);
  if (/^0[0-9]/.test(part)) return /^[0-7]+$/.test(part) ? Number.parseInt(part, 8) : Number.NaN;
  return Number(part);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => (address >>> shift) & 0xff).join('.');
}
