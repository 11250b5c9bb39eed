import type { Block, Packet } from './packet.ts';

/** No memory at all: what a packet or a segment points to before it was filled. */
export const NO_BLOCK: Block = { bytes: Buffer.alloc(0), generation: 0 };

/** A packet for a source to fill. */
export function newPacket(): Packet {
  return {
    time: 0,
    linkType: 0,
    block: NO_BLOCK,
    offset: 0,
    length: 0,
    wireLength: 0,
    interfaceIndex: 0,
  };
}
