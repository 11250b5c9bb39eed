import { u16, u32 } from './byte-order.ts';
import { MAX_PACKET_BYTES } from './limits.ts';
import type { Packet } from './packet.ts';
import type { ReadProblem, RecordReader } from './record-reader.ts';
import type { Window } from './window.ts';

/** Magic numbers in the writer's own byte order. Source: draft-ietf-opsawg-pcap, section 4. */
const MICROSECONDS = 0xa1b2c3d4;
const NANOSECONDS = 0xa1b23c4d;
/** Kuznetzov's patched libpcap: its record headers also name the interface, the protocol and the direction. */
const MODIFIED = 0xa1b2cd34;

export const PCAP_HEADER_BYTES = 24;
const RECORD_HEADER_BYTES = 16;
const MODIFIED_RECORD_HEADER_BYTES = 24;

/** What the file header says of the records. */
export interface PcapHeader {
  readonly littleEndian: boolean;
  /** Units of the second half of a record's time in one microsecond. */
  readonly unitsPerMicro: 1 | 1000;
  readonly recordHeaderBytes: typeof RECORD_HEADER_BYTES | typeof MODIFIED_RECORD_HEADER_BYTES;
  readonly linkType: number;
  readonly major: number;
  readonly minor: number;
}

/** Whether a classic capture starts so. At least 4 bytes. */
export function isPcap(head: Buffer): boolean {
  return isMagic(u32(head, 0, true)) || isMagic(u32(head, 0, false));
}

function isMagic(value: number): boolean {
  return value === MICROSECONDS || value === NANOSECONDS || value === MODIFIED;
}

/** Reads the header of a file that `isPcap`; at least `PCAP_HEADER_BYTES`. */
export function readPcapHeader(head: Buffer): PcapHeader {
  const littleEndian = isMagic(u32(head, 0, true));
  const magic = u32(head, 0, littleEndian);
  return {
    littleEndian,
    unitsPerMicro: magic === NANOSECONDS ? 1000 : 1,
    recordHeaderBytes: magic === MODIFIED ? MODIFIED_RECORD_HEADER_BYTES : RECORD_HEADER_BYTES,
    // The upper half of this word says how long a frame check sequence is; it is trailing bytes to us.
    linkType: u32(head, 20, littleEndian) & 0xffff,
    major: u16(head, 4, littleEndian),
    minor: u16(head, 6, littleEndian),
  };
}

/** Reads the records of a classic capture. */
export class PcapReader implements RecordReader {
  problem: ReadProblem | null = null;
  readonly #window: Window;
  readonly #littleEndian: boolean;
  readonly #unitsPerMicro: number;
  readonly #headerBytes: number;
  readonly #linkType: number;
  readonly #lengthsMaySwap: boolean;

  /** @param window stands on the first record */
  constructor(header: PcapHeader, window: Window) {
    this.#window = window;
    this.#littleEndian = header.littleEndian;
    this.#unitsPerMicro = header.unitsPerMicro;
    this.#headerBytes = header.recordHeaderBytes;
    this.#linkType = header.linkType;
    // Before version 2.3 the two lengths stood the other way round, and 2.3 was written in both ways (libpcap, sf-pcap.c).
    this.#lengthsMaySwap = header.minor < 4;
  }

  next(packet: Packet): boolean {
    const window = this.#window;
    const little = this.#littleEndian;
    const at = window.at;
    const start = at + this.#headerBytes;
    if (start > window.end || this.problem !== null) return false;
    const bytes = window.bytes;
    let length = u32(bytes, at + 8, little);
    let wireLength = u32(bytes, at + 12, little);
    if (this.#lengthsMaySwap && wireLength < length) [length, wireLength] = [wireLength, length];
    if (length > MAX_PACKET_BYTES) return this.#damaged(length);
    if (start + length > window.end) return false;
    packet.time = u32(bytes, at, little) * 1e6 + u32(bytes, at + 4, little) / this.#unitsPerMicro;
    packet.linkType = this.#linkType;
    packet.block = window.block;
    packet.offset = start;
    packet.length = length;
    packet.wireLength = Math.max(wireLength, length);
    packet.interfaceIndex = 0;
    window.at = start + length;
    return true;
  }

  comments(): string[] {
    return [];
  }

  #damaged(length: number): false {
    this.problem = {
      code: 'capture_damaged',
      offset: this.#window.offset,
      message: `a packet of ${length} bytes: more than any capture has (${MAX_PACKET_BYTES})`,
    };
    return false;
  }
}
