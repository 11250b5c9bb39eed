import { OLD_SERVICE_VLAN, SERVICE_VLAN, VLAN } from '../ether-type.ts';
import type { Frame } from '../frame.ts';
import { ethernet } from './ethernet.ts';
import { linuxCooked, linuxCooked2 } from './linux-cooked.ts';
import { nullLoopback } from './null.ts';
import { rawIp } from './raw-ip.ts';
import { vlan } from './vlan.ts';

/** Reads one header at `frame.at`, moves behind it, and answers with the EtherType of what follows, or why there is none. */
export type LinkLayer = (frame: Frame) => number;

/** LINKTYPE_ETHERNET. */
export const ETHERNET = 1;

/** What a packet starts with, by LINKTYPE_. */
export const LINK_LAYERS: ReadonlyMap<number, LinkLayer> = new Map([
  [0, nullLoopback],
  [ETHERNET, ethernet],
  // DLT_RAW has other numbers on some systems, and files were written with these.
  [12, rawIp],
  [14, rawIp],
  [101, rawIp],
  [108, nullLoopback],
  [113, linuxCooked],
  [228, rawIp],
  [229, rawIp],
  [276, linuxCooked2],
]);

/** What may stand between the link layer and IP, by EtherType. */
export const LAYERS_BEFORE_IP: ReadonlyMap<number, LinkLayer> = new Map([
  [VLAN, vlan],
  [SERVICE_VLAN, vlan],
  [OLD_SERVICE_VLAN, vlan],
]);
