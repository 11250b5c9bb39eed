/**
 * The text of an address as a segment holds it: four 32-bit words in network order, an IPv4 address in the last.
 * IPv6 as RFC 5952 has it: lower case, no leading zeros, the first of the longest runs of zeros (at least two) as `::`.
 */
export function addressText(ipVersion: 4 | 6, w0: number, w1: number, w2: number, w3: number): string {
  return ipVersion === 4 ? ip4Text(w3) : ip6Text(w0, w1, w2, w3);
}

function ip4Text(word: number): string {
  return `${word >>> 24}.${(word >>> 16) & 255}.${(word >>> 8) & 255}.${word & 255}`;
}

function ip6Text(w0: number, w1: number, w2: number, w3: number): string {
  // An IPv4-mapped address keeps the IPv4 form, RFC 5952 section 5.
  if (w0 === 0 && w1 === 0 && w2 === 0xffff) return `::ffff:${ip4Text(w3)}`;
  const groups = [w0, w1, w2, w3].flatMap((word) => [word >>> 16, word & 0xffff]);
  let longest = { start: 0, length: 1 };
  for (let start = 0; start < 8; start++) {
    let length = 0;
    while (start + length < 8 && groups[start + length] === 0) length++;
    if (length > longest.length) longest = { start, length };
  }
  const text = (from: number, to: number) =>
    groups
      .slice(from, to)
      .map((group) => group.toString(16))
      .join(':');
  if (longest.length === 1) return text(0, 8);
  return `${text(0, longest.start)}::${text(longest.start + longest.length, 8)}`;
}
