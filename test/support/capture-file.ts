import type { Micros } from '../../src/base/time.ts';
import { newPacket } from '../../src/capture/new-packet.ts';
import { openCaptures } from '../../src/capture/open-captures.ts';
import type { Segment } from '../../src/decode/segment.ts';

/** A packet with bytes of its own. */
export interface StoredPacket {
  readonly time: Micros;
  readonly linkType: number;
  readonly bytes: Buffer;
}

/** LINKTYPE_RAW: the packet begins with the IP header. */
const RAW_IP = 101;

/** All packets of a capture. */
export async function packetsOf(path: string): Promise<StoredPacket[]> {
  const source = await openCaptures([path]);
  const packet = newPacket();
  const packets: StoredPacket[] = [];
  do {
    while (source.next(packet)) {
      const { time, linkType, block, offset, length } = packet;
      packets.push({ time, linkType, bytes: Buffer.from(block.bytes.subarray(offset, offset + length)) });
    }
  } while (await source.fill());
  await source.close();
  return packets;
}

/** TCP over IPv4, without checksums. */
export function packetOf(segment: Segment): StoredPacket {
  const bytes = Buffer.alloc(40 + segment.length);
  bytes.writeUInt8(0x45, 0);
  bytes.writeUInt16BE(bytes.length, 2);
  bytes.writeUInt8(segment.ttl, 8);
  bytes.writeUInt8(segment.protocol, 9);
  bytes.writeInt32BE(segment.source3, 12);
  bytes.writeInt32BE(segment.destination3, 16);
  bytes.writeUInt16BE(segment.sourcePort, 20);
  bytes.writeUInt16BE(segment.destinationPort, 22);
  bytes.writeUInt32BE(segment.sequence, 24);
  bytes.writeUInt32BE(segment.acknowledgment, 28);
  bytes.writeUInt8(0x50, 32);
  bytes.writeUInt8(segment.flags, 33);
  segment.block.bytes.copy(bytes, 40, segment.offset, segment.offset + segment.length);
  return { time: segment.time, linkType: RAW_IP, bytes };
}

/** A pcap file with microseconds. All packets are of the first one's link type. */
export function pcapOf(packets: readonly StoredPacket[]): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(packets[0].linkType, 20);
  const records = packets.flatMap(({ time, bytes }) => {
    const record = Buffer.alloc(16);
    record.writeUInt32LE(Math.floor(time / 1e6), 0);
    record.writeUInt32LE(time % 1e6, 4);
    record.writeUInt32LE(bytes.length, 8);
    record.writeUInt32LE(bytes.length, 12);
    return [record, bytes];
  });
  return Buffer.concat([header, ...records]);
}

/** A pcapng file with one interface and microseconds. */
export function pcapngOf(packets: readonly StoredPacket[]): Buffer {
  const section = Buffer.alloc(16);
  section.writeUInt32LE(0x1a2b3c4d, 0);
  section.writeUInt16LE(1, 4);
  section.writeBigInt64LE(-1n, 8);
  const description = Buffer.alloc(8);
  description.writeUInt16LE(packets[0].linkType, 0);
  const blocks = packets.map(({ time, bytes }) => {
    const head = Buffer.alloc(20);
    const micros = BigInt(Math.floor(time));
    head.writeUInt32LE(Number(micros >> 32n), 4);
    head.writeUInt32LE(Number(micros & 0xffff_ffffn), 8);
    head.writeUInt32LE(bytes.length, 12);
    head.writeUInt32LE(bytes.length, 16);
    return block(6, Buffer.concat([head, bytes, Buffer.alloc(-bytes.length & 3)]));
  });
  return Buffer.concat([block(0x0a0d0d0a, section), block(1, description), ...blocks]);
}

function block(type: number, body: Buffer): Buffer {
  const frame = Buffer.alloc(8);
  frame.writeUInt32LE(type, 0);
  frame.writeUInt32LE(body.length + 12, 4);
  return Buffer.concat([frame, body, frame.subarray(4)]);
}
