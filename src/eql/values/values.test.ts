import assert from 'node:assert/strict';
import { BlockList, isIP } from 'node:net';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseDate } from './date.ts';
import { blockHas, compareIp, parseBlock, parseIp } from './ip.ts';
import { compareVersions } from './version.ts';

const hex = fc.integer({ min: 0, max: 0xffff }).map((group) => group.toString(16));
const addressLike = fc.oneof(
  fc.ipV4(),
  fc.ipV6(),
  fc.array(fc.oneof(hex, fc.constant('')), { minLength: 2, maxLength: 9 }).map((groups) => groups.join(':')),
  fc.tuple(fc.ipV6(), fc.constantFrom('', ':', '::', '.1', '%eth0')).map(([address, tail]) => address + tail),
  fc.ipV4().map((address) => `::ffff:${address}`),
);

test('addresses are read where Node reads them', () => {
  fc.assert(
    fc.property(addressLike, (text) => {
      // Node takes zone identifiers (RFC 4007), which no address of a packet has.
      const expected = isIP(text) !== 0 && !text.includes('%');
      assert.equal(parseIp(text, new Uint32Array(4)), expected, text);
    }),
    { numRuns: 5000 },
  );
});

test('an address is in a block where Node says so', () => {
  const prefix = fc.integer({ min: 0, max: 32 });
  fc.assert(
    fc.property(fc.ipV4(), fc.ipV4(), prefix, (base, address, bits) => {
      const list = new BlockList();
      list.addSubnet(base, bits, 'ipv4');
      const block = parseBlock(`${base}/${bits}`);
      const words = new Uint32Array(4);
      assert.ok(block && parseIp(address, words));
      assert.equal(blockHas(block, words), list.check(address, 'ipv4'));
    }),
  );
  fc.assert(
    fc.property(fc.ipV6(), fc.ipV6(), fc.integer({ min: 0, max: 128 }), (base, address, bits) => {
      const list = new BlockList();
      list.addSubnet(base, bits, 'ipv6');
      const block = parseBlock(`${base}/${bits}`);
      const words = new Uint32Array(4);
      assert.ok(block && parseIp(address, words));
      assert.equal(blockHas(block, words), list.check(address, 'ipv6'));
    }),
  );
});

test('an IPv4 address and its mapped form are the same address', () => {
  const a = new Uint32Array(4);
  const b = new Uint32Array(4);
  assert.ok(parseIp('169.254.169.254', a) && parseIp('::FFFF:a9fe:a9fe', b));
  assert.equal(compareIp(a, b), 0);
});

test('blocks that cannot be', () => {
  for (const text of ['10.0.0.0/33', '::/129', '10.0.0/8', '10.0.0.0/', '/8', '10.0.0.0/8/8', 'x', '10.0.0.0/-1']) {
    assert.equal(parseBlock(text), null, text);
  }
  assert.equal(parseBlock('10.0.0.1')?.prefix, 128);
});

test('dates stand for all the time that they leave open', () => {
  const first = (text: string) => Date.parse(text);
  for (const [text, from, to] of [
    ['2024-05-01T10:11:12.345Z', '2024-05-01T10:11:12.345Z', '2024-05-01T10:11:12.345Z'],
    ['2024-05-01T10:11:12.345678901Z', '2024-05-01T10:11:12.345Z', '2024-05-01T10:11:12.345Z'],
    ['2024-05-01T10:11:12', '2024-05-01T10:11:12.000Z', '2024-05-01T10:11:12.999Z'],
    ['2024-05-01T10:11Z', '2024-05-01T10:11:00.000Z', '2024-05-01T10:11:59.999Z'],
    ['2024-05-01T10Z', '2024-05-01T10:00:00.000Z', '2024-05-01T10:59:59.999Z'],
    ['2024-05-01', '2024-05-01T00:00:00.000Z', '2024-05-01T23:59:59.999Z'],
    ['2024-05', '2024-05-01T00:00:00.000Z', '2024-05-01T23:59:59.999Z'],
    ['2024', '2024-01-01T00:00:00.000Z', '2024-01-01T23:59:59.999Z'],
    ['2024-05-01T10:11:12.5+02:00', '2024-05-01T08:11:12.500Z', '2024-05-01T08:11:12.500Z'],
    ['1714558272345', '2024-05-01T10:11:12.345Z', '2024-05-01T10:11:12.345Z'],
  ]) {
    assert.deepEqual(parseDate(text), { first: first(from), last: first(to) }, text);
  }
  for (const text of [
    '',
    'x',
    '2024-13-01',
    '2024-02-30',
    '2024-05-01T24:00:00Z',
    '2024-05-01 10:00',
    'now-1d',
    '2024-5-1',
  ]) {
    assert.equal(parseDate(text), null, text);
  }
});

test('versions have the order of semantic versioning, and others come last', () => {
  const ordered = [
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.2.4-SNAPSHOT',
    '1.2.4',
    '1.5.0',
    '1.11.3',
    '10.0.0',
    'bad',
    'worse',
  ];
  for (let i = 0; i < ordered.length; i++) {
    for (let j = 0; j < ordered.length; j++) {
      assert.equal(
        Math.sign(compareVersions(ordered[i], ordered[j])),
        Math.sign(i - j),
        `${ordered[i]} and ${ordered[j]}`,
      );
    }
  }
});
