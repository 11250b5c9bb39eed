import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { AnomalyCounter } from '../base/anomaly.ts';
import { newPacket } from '../capture/new-packet.ts';
import { Decoder } from './decoder.ts';
import { newSegment } from './new-segment.ts';
import { decodePlainTcp } from './plain-tcp.ts';

/** Ethernet, IPv4, TCP with options, "hello", two bytes of padding. */
const PLAIN = Buffer.from(
  `020000000001020000000002 0800 4500003900014000400600000a000001a9fea9fe
   9c400050fffffff0000000078018ffff000000000101080a0000000100000002 68656c6c6f 0000`.replace(/\s/g, ''),
  'hex',
);

test('the usual kind of packet is decoded in one go', () => {
  const packet = { ...newPacket(), linkType: 1, length: PLAIN.length, wireLength: PLAIN.length };
  packet.block = { bytes: PLAIN, generation: 0 };
  assert.equal(decodePlainTcp(packet, newSegment()), true);
});

test('with bytes and lengths changed at random, in one go gives what layer by layer gives, or nothing', () => {
  // Most changes hit a header's bytes that decide something, or leave a bit of them.
  const place = fc.oneof(fc.nat(PLAIN.length - 1), fc.constantFrom(12, 13, 14, 16, 17, 20, 21, 23, 46));
  const change = fc.tuple(place, fc.oneof(fc.nat(255), fc.constantFrom(0, 0x45, 0x46, 0x20, 0x40, 0x50, 0x80, 0xf0)));
  let plain = 0;
  fc.assert(
    fc.property(
      fc.array(change, { maxLength: 3 }),
      fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(PLAIN.length) }),
      fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.nat(2000) }),
      fc.constantFrom(1, 1, 1, 101),
      (changes, cut, beyond, linkType) => {
        const bytes = Buffer.from(PLAIN);
        for (const [at, value] of changes) bytes[at] = value;
        const packet = { ...newPacket(), time: 1, linkType, length: bytes.length - cut };
        packet.wireLength = packet.length + beyond;
        packet.block = { bytes, generation: 0 };
        const atOnce = newSegment();
        if (!decodePlainTcp(packet, atOnce)) {
          assert.deepEqual(atOnce, newSegment());
          return;
        }
        plain++;
        const anomalies = new AnomalyCounter();
        const byLayers = newSegment();
        assert.equal(new Decoder({ anomalies }).decodeByLayers(packet, byLayers), true);
        assert.deepEqual(atOnce, byLayers);
        assert.deepEqual(anomalies.entries(), []);
      },
    ),
    { numRuns: 5000 },
  );
  assert.ok(plain > 500);
});
