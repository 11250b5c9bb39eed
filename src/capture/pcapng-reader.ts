import { u16, u32 } from './byte-order.ts';
import { MAX_INTERFACES, MAX_PACKET_BYTES, MAX_RECORD_BYTES } from './limits.ts';
import type { Packet } from './packet.ts';
import { type Interface, readInterface } from './pcapng-interface.ts';
import { readComments } from './pcapng-option.ts';
import type { ReadProblem, RecordReader } from './record-reader.ts';
import { microsOfTicks } from './timestamp.ts';
import type { Window } from './window.ts';

/** Block types. Source: draft-ietf-opsawg-pcapng, section 4. */
const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const OBSOLETE_PACKET = 2;
const SIMPLE_PACKET = 3;
const ENHANCED_PACKET = 6;

/** Byte-order magic of a section header, and that of one in the other byte order. */
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const SWAPPED_BYTE_ORDER_MAGIC = 0x4d3c2b1a;

/** Type and length before a block's body, and the length once more behind it. */
const BEFORE_BODY = 8;
const AROUND_BODY = 12;

/** Bytes of a block of each type up to its data or options, and the trailing length. */
const LEAST_BYTES: Readonly<Record<number, number>> = {
  [SECTION_HEADER]: 28,
  [INTERFACE_DESCRIPTION]: 20,
  [OBSOLETE_PACKET]: 32,
  [SIMPLE_PACKET]: 16,
  [ENHANCED_PACKET]: 32,
};

/** Whether a pcapng capture starts so. At least 4 bytes. */
export function isPcapng(head: Buffer): boolean {
  return u32(head, 0, true) === SECTION_HEADER;
}

/** Reads the blocks of a pcapng capture. Those that hold neither packets nor what is needed to read them are skipped. */
export class PcapngReader implements RecordReader {
  problem: ReadProblem | null = null;
  readonly #window: Window;
  #littleEndian = true;
  #interfaces: Interface[] = [];
  /** Interfaces of all sections before this one. */
  #interfacesBefore = 0;
  #lastTime = 0;
  /** Options of the last packet in the window's bytes. */
  #optionsAt = 0;
  #optionsEnd = 0;

  /** @param window stands on the first section header */
  constructor(window: Window) {
    this.#window = window;
  }

  next(packet: Packet): boolean {
    this.#optionsEnd = 0;
    while (this.problem === null) {
      const window = this.#window;
      const { at, end, bytes } = window;
      if (end - at < AROUND_BODY) return false;
      const type = u32(bytes, at, this.#littleEndian);
      if (type === SECTION_HEADER && !this.#readByteOrder(u32(bytes, at + BEFORE_BODY, true))) return false;
      const length = u32(bytes, at + 4, this.#littleEndian);
      if (length < AROUND_BODY || length % 4 !== 0) return this.#damaged(`a block of ${length} bytes`);
      const least = LEAST_BYTES[type];
      if (least === undefined) {
        window.skip(length);
        continue;
      }
      if (length > MAX_RECORD_BYTES || length < least)
        return this.#damaged(`a block of type ${type} of ${length} bytes`);
      if (end - at < length) return false;
      const lengthBehind = u32(bytes, at + length - 4, this.#littleEndian);
      if (lengthBehind !== length)
        return this.#damaged(`a block of ${length} bytes that ends as one of ${lengthBehind}`);
      const isPacket = this.#readBlock(type, at, length, packet);
      if (this.problem === null) window.at = at + length;
      if (isPacket) return true;
    }
    return false;
  }

  comments(): string[] {
    return readComments(this.#window.bytes, this.#optionsAt, this.#optionsEnd, this.#littleEndian);
  }

  /** Reads one block, all of which is in memory. True: it held a packet. */
  #readBlock(type: number, at: number, length: number, packet: Packet): boolean {
    switch (type) {
      case SECTION_HEADER:
        return this.#startSection(at);
      case INTERFACE_DESCRIPTION:
        return this.#addInterface(at, length);
      case SIMPLE_PACKET:
        return this.#readSimplePacket(at, length, packet);
      case OBSOLETE_PACKET:
        return this.#readPacket(at, length, u16(this.#window.bytes, at + 8, this.#littleEndian), packet);
      default:
        return this.#readPacket(at, length, u32(this.#window.bytes, at + 8, this.#littleEndian), packet);
    }
  }

  #readByteOrder(magic: number): boolean {
    if (magic !== BYTE_ORDER_MAGIC && magic !== SWAPPED_BYTE_ORDER_MAGIC) {
      return this.#damaged('a section header without its byte-order magic');
    }
    this.#littleEndian = magic === BYTE_ORDER_MAGIC;
    return true;
  }

  #startSection(at: number): false {
    const major = u16(this.#window.bytes, at + 12, this.#littleEndian);
    const minor = u16(this.#window.bytes, at + 14, this.#littleEndian);
    // 1.2 is read as 1.0 (section 4.1).
    if (major !== 1 || (minor !== 0 && minor !== 2))
      return this.#damaged(`a section of pcapng version ${major}.${minor}`);
    this.#interfacesBefore += this.#interfaces.length;
    this.#interfaces = [];
    return false;
  }

  #addInterface(at: number, length: number): false {
    if (this.#interfaces.length === MAX_INTERFACES) return this.#damaged(`more than ${MAX_INTERFACES} interfaces`);
    this.#interfaces.push(readInterface(this.#window.bytes, at + BEFORE_BODY, at + length - 4, this.#littleEndian));
    return false;
  }

  /** Enhanced and obsolete packet blocks differ in their first word alone (sections 4.3 and A). */
  #readPacket(at: number, length: number, interfaceIndex: number, packet: Packet): boolean {
    const little = this.#littleEndian;
    const { bytes } = this.#window;
    const captured = u32(bytes, at + 20, little);
    const start = at + 28;
    const options = start + ((captured + 3) & ~3);
    if (captured > MAX_PACKET_BYTES || options > at + length - 4) {
      return this.#damaged(`a packet of ${captured} bytes in a block of ${length}`);
    }
    if (interfaceIndex >= this.#interfaces.length) {
      return this.#damaged(`a packet of interface ${interfaceIndex}, of which there is no description`);
    }
    const from = this.#interfaces[interfaceIndex];
    packet.time = microsOfTicks(u32(bytes, at + 12, little), u32(bytes, at + 16, little), from.ticks);
    this.#optionsAt = options;
    this.#optionsEnd = at + length - 4;
    this.#setPacket(packet, interfaceIndex, start, captured, u32(bytes, at + 24, little));
    return true;
  }

  /** A simple packet block has no time and is of interface 0 (section 4.4): the time is that of the packet before. */
  #readSimplePacket(at: number, length: number, packet: Packet): boolean {
    if (this.#interfaces.length === 0) return this.#damaged('a packet before the description of its interface');
    const { snapLength } = this.#interfaces[0];
    const wireLength = u32(this.#window.bytes, at + 8, this.#littleEndian);
    const captured = snapLength === 0 ? wireLength : Math.min(wireLength, snapLength);
    if (captured > MAX_PACKET_BYTES || captured > length - LEAST_BYTES[SIMPLE_PACKET]) {
      return this.#damaged(`a packet of ${captured} bytes in a block of ${length}`);
    }
    packet.time = this.#lastTime;
    this.#setPacket(packet, 0, at + 12, captured, wireLength);
    return true;
  }

  #setPacket(packet: Packet, interfaceIndex: number, start: number, captured: number, wireLength: number): void {
    this.#lastTime = packet.time;
    packet.linkType = this.#interfaces[interfaceIndex].linkType;
    packet.block = this.#window.block;
    packet.offset = start;
    packet.length = captured;
    packet.wireLength = Math.max(wireLength, captured);
    packet.interfaceIndex = this.#interfacesBefore + interfaceIndex;
  }

  #damaged(message: string): false {
    this.problem = { code: 'capture_damaged', offset: this.#window.offset, message };
    return false;
  }
}
