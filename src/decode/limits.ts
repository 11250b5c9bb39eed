/** Headers before IP in one packet: that of the link layer, and VLAN tags. */
export const MAX_LAYERS = 16;

/** IPv6 extension headers of one packet. */
export const MAX_EXTENSION_HEADERS = 16;

/** IP datagrams of which some fragments have come. */
export const MAX_UNFINISHED_DATAGRAMS = 1024;

/** Bytes held for them; as much as Linux's net.ipv4.ipfrag_high_thresh. */
export const MAX_UNFINISHED_BYTES = 4 << 20;

/** Separate runs of bytes of one unfinished datagram. */
export const MAX_FRAGMENT_RUNS = 128;

/** How long a datagram may take, in microseconds of packet time; as long as Linux's net.ipv4.ipfrag_time. */
export const FRAGMENT_TIMEOUT = 30_000_000;

/** RFC 791: bytes of a datagram. */
export const MAX_DATAGRAM_BYTES = 65_535;
