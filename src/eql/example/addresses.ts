import type { Scalar } from '../../base/field.ts';
import { type Block, parseBlock } from '../values/ip.ts';

/** Tried where conditions leave the address open: private, public, the ends of both families. */
const USUAL = ['10.0.0.1', '203.0.113.7', '8.8.8.8', '0.0.0.0', '255.255.255.255', '2001:db8::1', '::', '::1'];

/**
 * Addresses in, just before and just behind each address and block that conditions name, so that none that can be met is
 * missed: comparisons with them cut all addresses into stretches, and every stretch starts at one of these.
 */
export function* addressCandidates(constants: readonly Scalar[]): Generator<string> {
  const texts = constants.filter((constant) => typeof constant === 'string');
  const blocks = texts.flatMap((text) => parseBlock(text) ?? []);
  for (const block of blocks) {
    const { first, last } = rangeOf(block);
    for (const address of [first === last ? first : first + 1n, first, last, last + 1n, first - 1n]) {
      if (address >= 0n && address <= GREATEST) yield addressText(address);
    }
  }
  // What functions of texts may ask for: an address within another.
  for (const text of texts) for (const longer of [`${text}0`, `1${text}`]) if (parseBlock(longer)) yield longer;
  yield* USUAL;
}

const GREATEST = (1n << 128n) - 1n;
const MAPPED = 0xffffn << 32n;

function rangeOf({ words, prefix }: Block): { readonly first: bigint; readonly last: bigint } {
  const address = words.reduce((all, word) => (all << 32n) | BigInt(word), 0n);
  const size = 1n << BigInt(128 - prefix);
  const first = address - (address % size);
  return { first, last: first + size - 1n };
}

/** IPv4 with dots; IPv6 in eight groups, the longest run of zeros as :: (RFC 5952). */
function addressText(address: bigint): string {
  if (address >> 32n === MAPPED >> 32n) {
    return [24n, 16n, 8n, 0n].map((shift) => (address >> shift) & 255n).join('.');
  }
  const groups = Array.from({ length: 8 }, (_, index) =>
    ((address >> BigInt(112 - 16 * index)) & 0xffffn).toString(16),
  );
  const zeros = /(?:^|:)0(?::0)+(?=:|$)/g;
  const runs = [...groups.join(':').matchAll(zeros)].map(([run]) => run).sort((a, b) => b.length - a.length);
  if (runs.length === 0) return groups.join(':');
  const text = groups.join(':').replace(runs[0], '::').replace(':::', '::');
  return text;
}
