/**
 * IP addresses as four unsigned 32-bit words, so that they can be compared without allocation. IPv4 is held in its
 * mapped form ::ffff:a.b.c.d (RFC 4291 section 2.5.5.2), as Elasticsearch's ip fields hold it.
 */
export type Words = Uint32Array;

/** Reads an address into `out`. False, with `out` left in any state, where the text is none. */
export function parseIp(text: string, out: Words): boolean {
  if (text.length > MAX_TEXT || text.length < 2) return false;
  if (text.indexOf(':') >= 0) return parseIpv6(text, out);
  const word = parseIpv4(text, 0);
  if (word < 0) return false;
  out[0] = 0;
  out[1] = 0;
  out[2] = 0xffff;
  out[3] = word;
  return true;
}

/** The longest form is IPv6 with a dotted end: 45 characters. */
const MAX_TEXT = 45;

/** The dotted address that stands from `at` to the end, as an unsigned word; -1 where there is none. */
function parseIpv4(text: string, at: number): number {
  let word = 0;
  let part = 0;
  let digits = 0;
  let parts = 0;
  for (let i = at; i <= text.length; i++) {
    const code = i < text.length ? text.charCodeAt(i) : DOT;
    if (code === DOT) {
      if (digits === 0 || part > 255 || ++parts > 4) return -1;
      word = word * 256 + part;
      part = 0;
      digits = 0;
    } else if (code >= ZERO && code <= NINE) {
      if (++digits > 3 || (digits > 1 && part === 0)) return -1;
      part = part * 10 + code - ZERO;
    } else {
      return -1;
    }
  }
  return parts === 4 ? word : -1;
}

const DOT = 0x2e;
const COLON = 0x3a;
const ZERO = 0x30;
const NINE = 0x39;

const groups = new Uint16Array(8);

/** RFC 4291 section 2.2: groups of hexadecimal digits, one run of zeros as ::, perhaps IPv4 at the end. */
function parseIpv6(text: string, out: Words): boolean {
  let count = 0;
  let gap = -1;
  let at = 0;
  if (text.startsWith('::')) {
    gap = 0;
    at = 2;
  }
  while (at < text.length) {
    if (count === 8) return false;
    const end = groupEnd(text, at);
    if (end < text.length && text.charCodeAt(end) === DOT) {
      const word = count <= 6 ? parseIpv4(text, at) : -1;
      if (word < 0) return false;
      groups[count++] = word >>> 16;
      groups[count++] = word & 0xffff;
      at = text.length;
      break;
    }
    const value = hexGroup(text, at, end);
    if (value < 0) return false;
    groups[count++] = value;
    at = end;
    if (at === text.length) break;
    if (text.charCodeAt(at) !== COLON) return false;
    at++;
    if (text.charCodeAt(at) === COLON) {
      if (gap >= 0) return false;
      gap = count;
      at++;
    } else if (at === text.length) {
      return false;
    }
  }
  if (gap < 0 ? count !== 8 : count > 7) return false;
  spread(count, gap, out);
  return true;
}

function groupEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && text.charCodeAt(end) !== COLON && text.charCodeAt(end) !== DOT) end++;
  return end;
}

function hexGroup(text: string, at: number, end: number): number {
  if (end === at || end - at > 4) return -1;
  let value = 0;
  for (let i = at; i < end; i++) {
    const code = text.charCodeAt(i) | 0x20;
    const digit = code >= 0x61 && code <= 0x66 ? code - 0x57 : text.charCodeAt(i) - ZERO;
    if (digit < 0 || digit > 15 || (digit > 9 && code < 0x61)) return -1;
    value = value * 16 + digit;
  }
  return value;
}

function spread(count: number, gap: number, out: Words): void {
  const zeros = 8 - count;
  for (let word = 0; word < 4; word++) {
    out[word] = groupAt(word * 2, gap, zeros) * 0x10000 + groupAt(word * 2 + 1, gap, zeros);
  }
}

function groupAt(index: number, gap: number, zeros: number): number {
  if (gap < 0 || index < gap) return groups[index];
  return index < gap + zeros ? 0 : groups[index - zeros];
}

/** Negative, zero or positive, as the first address is before, at or after the second. */
export function compareIp(a: Words, b: Words): number {
  for (let word = 0; word < 4; word++) {
    if (a[word] !== b[word]) return a[word] < b[word] ? -1 : 1;
  }
  return 0;
}

/** A block of addresses; bits behind the prefix are ignored, so that 10.6.48.157/8 is 10.0.0.0/8. */
export interface Block {
  readonly words: Words;
  /** 0 to 128, counted in the mapped form for IPv4. */
  readonly prefix: number;
}

/** `10.0.0.0/8`, `2001:db8::/32`, or one address; null where the text is none of them. */
export function parseBlock(text: string): Block | null {
  const slash = text.indexOf('/');
  const address = slash < 0 ? text : text.slice(0, slash);
  const words: Words = new Uint32Array(4);
  if (!parseIp(address, words)) return null;
  const bits = address.includes(':') ? 128 : 32;
  const length = slash < 0 ? String(bits) : text.slice(slash + 1);
  if (!/^\d{1,3}$/.test(length) || Number(length) > bits) return null;
  return { words, prefix: Number(length) + 128 - bits };
}

export function blockHas(block: Block, address: Words): boolean {
  let left = block.prefix;
  for (let word = 0; left > 0; word++, left -= 32) {
    const mask = left >= 32 ? 0xffffffff : ~(0xffffffff >>> left);
    if (((block.words[word] ^ address[word]) & mask) !== 0) return false;
  }
  return true;
}
