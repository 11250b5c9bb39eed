/**
 * What a link layer carries, by EtherType (IEEE 802 numbers). All link layers answer with one of these, those with
 * numbers of their own too, so that what comes next is looked up in one place.
 */
export const IPV4 = 0x0800;
export const IPV6 = 0x86dd;
export const VLAN = 0x8100;
/** 802.1ad service tag (QinQ). */
export const SERVICE_VLAN = 0x88a8;
/** QinQ before it was standardized. */
export const OLD_SERVICE_VLAN = 0x9100;

/** Below it the field is the length of an 802.3 frame. IEEE 802.3 section 3.2.6. */
export const FIRST_ETHER_TYPE = 0x0600;

/** No EtherType: there is no IP in this packet, and nothing is wrong with that. */
export const NOT_IP = -1;
/** No EtherType: the packet ends within the header. */
export const HEADER_SHORT = -2;
/** No EtherType: a second copy of a packet that is there once more. */
export const DUPLICATE = -3;
