import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AnomalyCounter } from '../base/anomaly.ts';
import { newPacket } from '../capture/new-packet.ts';
import { addressText } from './address.ts';
import { Decoder } from './decoder.ts';
import { unsupportedLinkType } from './link-type-name.ts';
import { newSegment } from './new-segment.ts';
import { TCP } from './segment.ts';

/** Bytes from hexadecimal text with white space. */
function hex(...texts: string[]): Buffer {
  return Buffer.from(texts.join('').replace(/\s/g, ''), 'hex');
}

const MACS = '020000000001 020000000002';
/** Port 40000 to 80, sequence 0xfffffff0, acknowledgment 7, ACK and PSH, "hello". */
const TCP_HELLO = '9c40 0050 fffffff0 00000007 5018 ffff 0000 0000 68656c6c6f';
/** The same with 12 bytes of options. */
const TCP_OPTIONS_HELLO = '9c40 0050 fffffff0 00000007 8018 ffff 0000 0000 0101080a0000000100000002 68656c6c6f';
const UDP_HELLO = '9c40 0035 000d 0000 68656c6c6f';
const ADDRESSES_4 = '0a000001 a9fea9fe';
const ADDRESSES_6 = '20010db8000000000000000000000001 fd000ec2000000000000000000000254';

/** An IPv4 header of 20 bytes. */
function ip4(totalLength: number, protocol = '06', flagsAndOffset = '4000', first = '4500'): string {
  return `${first} ${totalLength.toString(16).padStart(4, '0')} 0001 ${flagsAndOffset} 40 ${protocol} 0000 ${ADDRESSES_4}`;
}

function ip6(payloadLength: number, nextHeader: string): string {
  return `60000000 ${payloadLength.toString(16).padStart(4, '0')} ${nextHeader} 3f ${ADDRESSES_6}`;
}

const IP4_TCP = `${ip4(45)} ${TCP_HELLO}`;
const IP6_TCP = `${ip6(25, '06')} ${TCP_HELLO}`;
const ETHERNET_IP4_TCP = `${MACS} 0800 ${IP4_TCP}`;

/** Decodes one packet, with some bytes before and behind it. Null: there was nothing in it. */
function decode(linkType: number, bytes: Buffer, wireLength = bytes.length, decoder?: Decoder) {
  const anomalies = new AnomalyCounter();
  const used = decoder ?? new Decoder({ anomalies });
  const packet = newPacket();
  packet.time = 42;
  packet.linkType = linkType;
  packet.block = { bytes: Buffer.concat([Buffer.alloc(5, 0xee), bytes, Buffer.alloc(80, 0xee)]), generation: 0 };
  packet.offset = 5;
  packet.length = bytes.length;
  packet.wireLength = wireLength;
  const segment = newSegment();
  const found = used.decode(packet, segment);
  const s = segment;
  const result = found
    ? {
        flow: `${addressText(s.ipVersion, s.source0, s.source1, s.source2, s.source3)} ${s.sourcePort} > ${addressText(s.ipVersion, s.destination0, s.destination1, s.destination2, s.destination3)} ${s.destinationPort}`,
        payload: s.block.bytes.toString('latin1', s.offset, s.offset + s.length),
        wireLength: s.wireLength,
      }
    : null;
  return { result, segment, anomalies: anomalies.entries().map(([code]) => code), decoder: used };
}

const FLOW_4 = '10.0.0.1 40000 > 169.254.169.254 80';
const FLOW_6 = '2001:db8::1 40000 > fd00:ec2::254 80';
const HELLO_4 = { flow: FLOW_4, payload: 'hello', wireLength: 5 };
const HELLO_6 = { flow: FLOW_6, payload: 'hello', wireLength: 5 };

function check(linkType: number, bytes: Buffer, expected: typeof HELLO_4 | null, ...expectedAnomalies: string[]): void {
  const { result, anomalies } = decode(linkType, bytes);
  assert.deepEqual(result, expected);
  assert.deepEqual(anomalies, expectedAnomalies);
}

test('all fields of a TCP segment are read', () => {
  const { segment } = decode(1, hex(ETHERNET_IP4_TCP));
  assert.deepEqual(
    { ...segment, block: null },
    {
      time: 42,
      protocol: TCP,
      ipVersion: 4,
      source0: 0,
      source1: 0,
      source2: 0,
      source3: 0x0a000001,
      destination0: 0,
      destination1: 0,
      destination2: 0,
      destination3: 0xa9fea9fe | 0,
      sourcePort: 40_000,
      destinationPort: 80,
      ttl: 64,
      sequence: 0xffff_fff0,
      acknowledgment: 7,
      flags: 0x18,
      block: null,
      offset: 5 + 14 + 20 + 20,
      length: 5,
      wireLength: 5,
    },
  );
});

test('TCP options and IPv4 options are passed over', () => {
  check(1, hex(MACS, '0800', ip4(57), TCP_OPTIONS_HELLO), HELLO_4);
  check(1, hex(MACS, '0800', ip4(49, '06', '4000', '4600'), '01010101', TCP_HELLO), HELLO_4);
});

test('the padding of short Ethernet frames is no payload', () => {
  check(1, hex(ETHERNET_IP4_TCP, '0000'), HELLO_4);
  check(1, hex(MACS, '86dd', IP6_TCP, '000000'), HELLO_6);
});

test('a length of 0, which segmentation offload leaves, means all there is', () => {
  check(1, hex(MACS, '0800', ip4(0), TCP_HELLO), HELLO_4);
  check(1, hex(MACS, '86dd', ip6(0, '06'), TCP_HELLO), HELLO_6);
});

test('UDP is read', () => {
  const dns = { ...HELLO_4, flow: '10.0.0.1 40000 > 169.254.169.254 53' };
  check(1, hex(MACS, '0800', ip4(33, '11'), UDP_HELLO), dns);
  check(1, hex(MACS, '0800', ip4(35, '11'), UDP_HELLO, 'ffff'), dns);
  check(1, hex(MACS, '0800', ip4(33, '11'), UDP_HELLO.replace('000d', '0000')), dns);
  check(1, hex(MACS, '0800', ip4(33, '11'), UDP_HELLO.replace('000d', '0007')), null, 'transport_header_bad');
  check(1, hex(MACS, '0800', ip4(33, '11'), UDP_HELLO.replace('000d', '000e')), null, 'transport_header_bad');
  check(1, hex(MACS, '0800', ip4(27, '11'), UDP_HELLO), null, 'transport_header_bad');
});

test('VLAN tags of any kind and depth are passed over, up to a limit', () => {
  const tagged = (...types: string[]) => hex(MACS, ...types.map((type) => `${type} 0064`), '0800', IP4_TCP);
  check(1, tagged('8100'), HELLO_4);
  check(1, tagged('88a8', '8100'), HELLO_4);
  check(1, tagged('9100', '9100', '8100'), HELLO_4);
  check(1, tagged(...Array(15).fill('8100')), HELLO_4);
  check(1, tagged(...Array(16).fill('8100')), null);
  check(1, hex(MACS, '8100 0064 86dd', IP6_TCP), HELLO_6);
  check(1, hex(MACS, '8100 0064 0036 aaaa03 000000 0800', IP4_TCP), HELLO_4);
  check(1, hex(MACS, '8100 00'), null, 'link_header_short');
});

test('IP in 802.3 frames with SNAP is read, other LLC is not', () => {
  check(1, hex(MACS, '0036 aaaa03 000000 0800', IP4_TCP), HELLO_4);
  check(1, hex(MACS, '0026 424203 0000000000'), null);
  check(1, hex(MACS, '0036 aaaa03 00000c 2000', IP4_TCP), null);
  check(1, hex(MACS, '0002 4242'), null, 'link_header_short');
});

test('what is not IP is passed over in silence', () => {
  check(1, hex(MACS, '0806 0001080006040001'), null);
  check(1, hex(MACS, '0800', ip4(28, '01'), '0800000000000000'), null);
});

test('Linux cooked captures of both versions are read', () => {
  const sll = (packetType: string, deviceType: string, protocol: string) =>
    `${packetType} ${deviceType} 0006 0200000000010000 ${protocol}`;
  check(113, hex(sll('0000', '0001', '0800'), IP4_TCP), HELLO_4);
  check(113, hex(sll('0004', '0001', '86dd'), IP6_TCP), HELLO_6);
  check(113, hex(sll('0000', '0001', '8100'), '0064 0800', IP4_TCP), HELLO_4);
  check(113, hex(sll('0000', '0304', '0800'), IP4_TCP), HELLO_4);
  check(113, hex(sll('0004', '0304', '0800'), IP4_TCP), null, 'outgoing_duplicate');
  check(113, hex(sll('0000', '0001', '0001'), IP4_TCP), null);
  check(113, hex('0000 0001'), null, 'link_header_short');
  const sll2 = (packetType: string, deviceType: string, protocol: string) =>
    `${protocol} 0000 00000001 ${deviceType} ${packetType} 06 0200000000010000`;
  check(276, hex(sll2('00', '0001', '0800'), IP4_TCP), HELLO_4);
  check(276, hex(sll2('04', '0001', '86dd'), IP6_TCP), HELLO_6);
  check(276, hex(sll2('00', '0001', '0004'), 'aaaa03 000000 0800', IP4_TCP), HELLO_4);
  check(276, hex(sll2('04', '0304', '0800'), IP4_TCP), null, 'outgoing_duplicate');
  check(276, hex(sll2('00', '0001', '0800').slice(0, -2)), null, 'link_header_short');
});

test('BSD loopback captures are read in both byte orders', () => {
  for (const linkType of [0, 108]) {
    for (const family of ['02000000', '00000002']) check(linkType, hex(family, IP4_TCP), HELLO_4);
    for (const family of ['18000000', '0000001c', '1e000000', '0000000a'])
      check(linkType, hex(family, IP6_TCP), HELLO_6);
    check(linkType, hex('00000007', IP4_TCP), null);
    check(linkType, hex('000000'), null, 'link_header_short');
  }
});

test('raw IP is read by its version', () => {
  for (const linkType of [12, 14, 101, 228, 229]) {
    check(linkType, hex(IP4_TCP), HELLO_4);
    check(linkType, hex(IP6_TCP), HELLO_6);
  }
  check(101, hex('00'), null);
  check(101, hex(''), null, 'link_header_short');
});

test('IPv6 extension headers are passed over, up to a limit', () => {
  const options = '00 010400000000';
  check(101, hex(ip6(33, '00'), '06', options, TCP_HELLO), HELLO_6);
  check(
    101,
    hex(ip6(61, '00'), '2b', options, '3c', '00000000000000', '33', options, '06 01 0000 00000000 00000000', TCP_HELLO),
    {
      ...HELLO_6,
    },
  );
  const many = (count: number) =>
    hex(ip6(25 + 8 * count, '3c'), `3c ${options}`.repeat(count - 1), '06', options, TCP_HELLO);
  check(101, many(16), HELLO_6);
  check(101, many(17), null, 'ip_header_bad');
  check(101, hex(ip6(8, '00'), '06 01 010400000000'), null, 'ip_header_bad');
  check(101, hex(ip6(4, '00'), '06 00 0104'), null, 'ip_header_bad');
  check(101, hex(ip6(25, '3b'), TCP_HELLO), null);
});

test('an authentication header in IPv4 is passed over', () => {
  check(101, hex(ip4(57, '33'), '06 01 0000 00000000 00000000', TCP_HELLO), HELLO_4);
});

test('an IPv6 fragment that is the whole datagram is read', () => {
  check(101, hex(ip6(33, '2c'), '06 00 0000 00000001', TCP_HELLO), HELLO_6);
});

test('headers that contradict themselves are counted', () => {
  check(101, hex(ip4(45, '06', '4000', '4400'), TCP_HELLO), null, 'ip_header_bad');
  check(101, hex(ip4(19), TCP_HELLO), null, 'ip_header_bad');
  check(1, hex(MACS, '0800', IP6_TCP), null, 'ip_header_bad');
  check(1, hex(MACS, '86dd', IP4_TCP), null, 'ip_header_bad');
  check(1, hex(MACS, '0800 4500'), null, 'ip_header_bad');
  check(1, hex(MACS, '86dd 6000'), null, 'ip_header_bad');
  check(101, hex(ip4(45), TCP_HELLO.replace('5018', '4018')), null, 'transport_header_bad');
  check(101, hex(ip4(45), TCP_HELLO.replace('5018', 'f018')), null, 'transport_header_bad');
  check(101, hex(ip4(39), TCP_HELLO), null, 'transport_header_bad');
});

test('an IP length beyond the packet is counted, and what there is is read', () => {
  check(1, hex(MACS, '0800', ip4(46), TCP_HELLO), HELLO_4, 'ip_length_beyond_packet');
  check(1, hex(MACS, '86dd', ip6(26, '06'), TCP_HELLO), HELLO_6, 'ip_length_beyond_packet');
});

test('of a packet that the capture cut, what there is is read', () => {
  const whole = hex(MACS, '0800', ip4(57), TCP_OPTIONS_HELLO);
  for (let length = 0; length < whole.length; length++) {
    const { result, anomalies } = decode(1, whole.subarray(0, length), whole.length);
    const payload = 'hello'.slice(0, Math.max(0, length - 66));
    assert.deepEqual(result, length < 54 ? null : { ...HELLO_4, payload });
    assert.deepEqual(anomalies, length < 14 ? ['packet_cut', 'link_header_short'] : ['packet_cut']);
  }
});

test('link types that are not decoded are counted and named', () => {
  const { result, decoder, anomalies } = decode(105, hex('08'));
  decode(105, hex('08'), 1, decoder);
  assert.equal(result, null);
  assert.deepEqual(anomalies, []);
  assert.deepEqual([...decoder.unsupported], [[105, 2]]);
  assert.equal(unsupportedLinkType(105), 'packets of link type 105 (LINKTYPE_IEEE802_11) are not decoded');
  assert.equal(unsupportedLinkType(290), 'packets of link type 290 (LINKTYPE_ETW) are not decoded');
  assert.equal(unsupportedLinkType(9), 'packets of link type 9 (LINKTYPE_PPP) are not decoded');
  assert.equal(unsupportedLinkType(208), 'packets of link type 208 are not decoded');
  assert.equal(unsupportedLinkType(9999), 'packets of link type 9999 are not decoded');
});

test('whatever its bytes, a packet gives a payload within it, or nothing', () => {
  const starts = [
    '',
    MACS,
    `${MACS} 0800`,
    `${MACS} 86dd`,
    `${MACS} 8100 0064 0800`,
    ip4(45),
    ip6(25, '00'),
    IP4_TCP,
    IP6_TCP,
  ];
  const linkTypes = [0, 1, 12, 101, 108, 113, 228, 229, 276, 65_535];
  const change = fc.tuple(fc.nat(100), fc.nat(255));
  fc.assert(
    fc.property(
      fc.constantFrom(...linkTypes),
      fc.constantFrom(...starts),
      fc.uint8Array({ maxLength: 80 }),
      fc.array(change, { maxLength: 4 }),
      fc.nat(2000),
      (linkType, start, noise, changes, cut) => {
        const bytes = Buffer.concat([hex(start), noise]);
        for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
        const { result, segment } = decode(linkType, bytes, bytes.length + cut);
        if (result === null) return;
        assert.ok(segment.offset >= 5 && segment.length >= 0);
        assert.ok(segment.offset + segment.length <= 5 + bytes.length);
        assert.ok(segment.wireLength >= segment.length);
      },
    ),
    { numRuns: 3000 },
  );
});
