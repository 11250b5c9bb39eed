import type { AnomalyCounter } from '../base/anomaly.ts';
import type { Packet } from '../capture/packet.ts';
import { DUPLICATE, HEADER_SHORT, IPV4, IPV6, NOT_IP } from './ether-type.ts';
import { newFrame } from './frame.ts';
import { ip4, ip4Fragment } from './ip4.ts';
import { IP6_FRAGMENT, ip6, ip6Fragment } from './ip6.ts';
import { skipExtensions } from './ip6-extension.ts';
import { MAX_LAYERS } from './limits.ts';
import { LAYERS_BEFORE_IP, LINK_LAYERS } from './link/link-layers.ts';
import { decodePlainTcp } from './plain-tcp.ts';
import { type Fragment, Reassembler } from './reassembler.ts';
import { type Segment, TCP, UDP } from './segment.ts';
import { tcp } from './tcp.ts';
import { udp } from './udp.ts';

/** Reads the layers of packets, from the link layer to TCP or UDP. */
export class Decoder {
  /** Packets by link type that is not decoded; `unsupportedLinkType` has words for it. */
  readonly unsupported = new Map<number, number>();
  readonly #anomalies: AnomalyCounter;
  readonly #reassembler: Reassembler;
  readonly #frame = newFrame();

  constructor(options: { anomalies: AnomalyCounter }) {
    this.#anomalies = options.anomalies;
    this.#reassembler = new Reassembler(options.anomalies);
  }

  /**
   * Writes what `packet` carries to `segment`. False: no TCP and no UDP, not all of its headers, or not all fragments of
   * its datagram yet; `segment` then holds nothing of use.
   */
  decode(packet: Packet, segment: Segment): boolean {
    return decodePlainTcp(packet, segment) || this.decodeByLayers(packet, segment);
  }

  /** What `decode` does, layer by layer. */
  decodeByLayers(packet: Packet, segment: Segment): boolean {
    if (packet.length < packet.wireLength) this.#anomalies.add('packet_cut');
    const frame = this.#frame;
    frame.time = packet.time;
    frame.block = packet.block;
    frame.at = packet.offset;
    frame.end = packet.offset + packet.length;
    frame.wireEnd = packet.offset + packet.wireLength;
    let protocol: number | null = null;
    const etherType = this.#passLinkLayers(packet.linkType);
    if (etherType === IPV4) protocol = this.#passIp4(segment);
    else if (etherType === IPV6) protocol = this.#passIp6(segment);
    if (protocol === TCP) return tcp(frame, segment, this.#anomalies);
    if (protocol === UDP) return udp(frame, segment, this.#anomalies);
    return false;
  }

  /** The traffic has ended: counts what is unfinished. */
  end(): void {
    this.#reassembler.end();
  }

  /** Passes over all that stands before IP. Gives the EtherType of what follows, as a `LinkLayer` does. */
  #passLinkLayers(linkType: number): number {
    let layer = LINK_LAYERS.get(linkType);
    if (layer === undefined) this.unsupported.set(linkType, (this.unsupported.get(linkType) ?? 0) + 1);
    let etherType = NOT_IP;
    for (let layers = 0; layer !== undefined && layers < MAX_LAYERS; layers++) {
      etherType = layer(this.#frame);
      layer = LAYERS_BEFORE_IP.get(etherType);
    }
    if (etherType === HEADER_SHORT) this.#anomalies.add('link_header_short');
    if (etherType === DUPLICATE) this.#anomalies.add('outgoing_duplicate');
    return etherType;
  }

  /** Passes over IPv4. Gives the protocol of the whole datagram that `frame` then spans, or null where there is none. */
  #passIp4(segment: Segment): number | null {
    const frame = this.#frame;
    const header = frame.at;
    let protocol = ip4(frame, segment, this.#anomalies);
    if (protocol === null) return null;
    const fragment = ip4Fragment(frame.block.bytes, header);
    if (fragment !== null) protocol = this.#reassemble(fragment, segment);
    return protocol === null ? null : skipExtensions(frame, protocol, this.#anomalies);
  }

  /** The same for IPv6 and its extension headers. */
  #passIp6(segment: Segment): number | null {
    const frame = this.#frame;
    const header = frame.at;
    let protocol = ip6(frame, segment, this.#anomalies);
    if (protocol !== null) protocol = skipExtensions(frame, protocol, this.#anomalies);
    if (protocol !== IP6_FRAGMENT) return protocol;
    const fragment = ip6Fragment(frame, header, this.#anomalies);
    if (fragment === null) return null;
    // A fragment that is the whole datagram is not kept with others of its name: RFC 6946.
    const isWhole = fragment.start === 0 && fragment.isLast;
    protocol = isWhole ? fragment.protocol : this.#reassemble(fragment, segment);
    return protocol === null ? null : skipExtensions(frame, protocol, this.#anomalies);
  }

  #reassemble(fragment: Fragment, segment: Segment): number | null {
    const first = this.#reassembler.add(fragment, this.#frame);
    if (first === null) return null;
    segment.ttl = first.ttl;
    return first.protocol;
  }
}
