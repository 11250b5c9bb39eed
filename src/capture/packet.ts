import type { Micros } from '../base/time.ts';

/**
 * A piece of memory that a capture source reads packets into and later reuses. Whoever keeps a reference to bytes in
 * it also keeps `generation` as it was; when the two differ the bytes are gone.
 */
export interface Block {
  readonly bytes: Buffer;
  generation: number;
}

/**
 * One captured packet. A source fills the same object again and again, so it is valid until the next is asked for; its
 * bytes stay as they are until the block's generation moves on.
 */
export interface Packet {
  /** Capture time. */
  time: Micros;
  /** LINKTYPE_ value as registered by tcpdump.org. */
  linkType: number;
  block: Block;
  /** First byte of the link layer in `block.bytes`. */
  offset: number;
  /** Bytes captured. */
  length: number;
  /** Bytes on the wire; more than `length` where the capture cut the packet. */
  wireLength: number;
  /** Index of the capture interface within its file: 0 but for pcapng. */
  interfaceIndex: number;
}

/** Where packets come from. `next` never waits; `fill` does. */
export interface PacketSource {
  /** Writes the next packet that is in memory to `packet`. False: none is left, call `fill`. */
  next(packet: Packet): boolean;
  /** Reads more. False: the source has ended and `next` will answer false for ever. */
  fill(): Promise<boolean>;
  close(): Promise<void>;
}
