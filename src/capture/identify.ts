import { isPcap, PCAP_HEADER_BYTES } from './pcap-reader.ts';
import { isPcapng } from './pcapng-reader.ts';

/** Bytes by which a file is told: enough for a tar archive's mark. */
export const HEAD_BYTES = 512;

/** First bytes of what people hand over by mistake, and what it is. Of other captures, what converts them. */
const OTHER_FORMATS: readonly (readonly [magic: string, what: string])[] = [
  ['\x7fELF', 'an ELF program or core file'],
  ['snoop\0\0\0', 'a Solaris snoop capture; editcap -F pcapng converts it'],
  ['GMBU', 'a Microsoft Network Monitor capture; editcap -F pcapng converts it'],
  ['RTSS', 'a Microsoft Network Monitor 1 capture; editcap -F pcapng converts it'],
  ['iptrace ', 'an AIX iptrace capture; editcap -F pcapng converts it'],
  ['XCP\0', 'a NetXRay or Sniffer capture; editcap -F pcapng converts it'],
  ['BZh', 'compressed with bzip2; decompress it first'],
  ['\xfd7zXZ\0', 'compressed with xz; decompress it first'],
  ['\x04\x22\x4d\x18', 'compressed with lz4; decompress it first'],
  ['7z\xbc\xaf', 'a 7z archive; unpack it first'],
  ['PK\x03\x04', 'a ZIP archive; unpack it first'],
  ['SQLite format 3', 'an SQLite database'],
  ['PAR1', 'a Parquet file'],
  ['%PDF', 'a PDF document'],
  ['<?xml', 'an XML document'],
];

/** The format of a capture, by its first `HEAD_BYTES` (fewer where it has no more). */
export type Format = { readonly kind: 'pcap' | 'pcapng' } | { readonly kind: 'unknown'; readonly looksLike: string };

export function identify(head: Buffer): Format {
  if (head.length >= 4 && isPcapng(head)) return { kind: 'pcapng' };
  if (head.length >= 4 && isPcap(head)) {
    if (head.length >= PCAP_HEADER_BYTES) return { kind: 'pcap' };
    return { kind: 'unknown', looksLike: 'a classic capture that ends within its file header' };
  }
  return { kind: 'unknown', looksLike: looksLike(head) };
}

function looksLike(head: Buffer): string {
  if (head.length === 0) return 'an empty file';
  const text = head.toString('latin1');
  const known = OTHER_FORMATS.find(([magic]) => text.startsWith(magic));
  if (known) return known[1];
  if (head.subarray(257, 262).toString('latin1') === 'ustar') return 'a tar archive; unpack it first';
  if (isText(text)) return /^\s*[[{]/.test(text) ? 'JSON' : 'a text file';
  return `unknown data that start with ${head.toString('hex', 0, 8).replace(/..(?!$)/g, '$& ')}`;
}

/** No control characters but white space; text in UTF-8 has bytes above 0x7f. */
function isText(text: string): boolean {
  return /^[\t\n\f\r\x1b\x20-\x7e\x80-\xff]+$/.test(text);
}
