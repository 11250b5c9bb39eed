/** Bytes of one block of a source, and of one read of a file. */
export const BLOCK_BYTES = 2 << 20;

/**
 * Blocks of a source. They are overwritten in turn, so a packet's bytes stay as they are while at least two more blocks
 * are read.
 */
export const BLOCKS = 4;

/**
 * Captured bytes of one packet; a record that claims more is damaged. It is the largest snapshot length that tcpdump,
 * dumpcap and Wireshark let one set (libpcap: MAXIMUM_SNAPLEN).
 */
export const MAX_PACKET_BYTES = 262_144;

/** Bytes of one record that is read and not skipped: a packet of the largest size, and room for its options. */
export const MAX_RECORD_BYTES = MAX_PACKET_BYTES + 262_144;

/** Interfaces of one section of a pcapng capture. */
export const MAX_INTERFACES = 65_536;
