import { u16 } from '../bytes.ts';
import { DUPLICATE, FIRST_ETHER_TYPE, HEADER_SHORT, NOT_IP } from '../ether-type.ts';
import type { Frame } from '../frame.ts';
import { llc } from './llc.ts';

/** Sent by this host: PACKET_OUTGOING of Linux's if_packet.h. */
const OUTGOING = 4;
/** A loopback interface: ARPHRD_LOOPBACK of Linux's if_arp.h. */
const LOOPBACK = 772;
/** Protocol: 802.2 LLC follows. */
const LLC = 4;

const SLL_BYTES = 16;
const SLL2_BYTES = 20;

/** LINKTYPE_LINUX_SLL: packet type, device type, address length, address, protocol. */
export function linuxCooked(frame: Frame): number {
  const { at, end } = frame;
  if (end - at < SLL_BYTES) return HEADER_SHORT;
  const bytes = frame.block.bytes;
  frame.at = at + SLL_BYTES;
  return carried(frame, u16(bytes, at + 14), u16(bytes, at + 2), u16(bytes, at));
}

/** LINKTYPE_LINUX_SLL2: protocol, reserved, interface, device type, packet type, address length, address. */
export function linuxCooked2(frame: Frame): number {
  const { at, end } = frame;
  if (end - at < SLL2_BYTES) return HEADER_SHORT;
  const bytes = frame.block.bytes;
  frame.at = at + SLL2_BYTES;
  return carried(frame, u16(bytes, at), u16(bytes, at + 8), bytes[at + 10]);
}

/** A loopback interface shows every packet twice to who captures on all interfaces: as it leaves, and as it arrives. */
function carried(frame: Frame, protocol: number, deviceType: number, packetType: number): number {
  if (packetType === OUTGOING && deviceType === LOOPBACK) return DUPLICATE;
  if (protocol === LLC) return llc(frame);
  return protocol < FIRST_ETHER_TYPE ? NOT_IP : protocol;
}
