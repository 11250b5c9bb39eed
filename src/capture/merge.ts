import type { Micros } from '../base/time.ts';
import { newPacket } from './new-packet.ts';
import type { Packet, PacketSource } from './packet.ts';

/** A source that need not be open before the time of its first packet has come. */
export interface LateSource<S extends PacketSource> {
  /** Time of its first packet, or -Infinity for "now". */
  readonly startsAt: Micros;
  open(): Promise<S>;
}

/** All packets of several sources by time. Each source's own order is kept; of equal times the earlier source's is first. */
export function mergeSources(sources: readonly PacketSource[]): PacketSource {
  return new Merge(sources.map((source) => ({ startsAt: Number.NEGATIVE_INFINITY, open: async () => source })));
}

interface Part<S> {
  readonly source: S;
  /** Place among the sources. */
  readonly place: number;
  readonly head: Packet;
  /** `head` holds the source's next packet. */
  ready: boolean;
}

/** See `mergeSources`. Captures that a sensor rolled over follow each other, so that few of many are open at a time. */
export class Merge<S extends PacketSource> implements PacketSource {
  /** The source of the packet that `next` gave last. */
  last: S | null = null;
  /** Sources that are open, in the order of their places. */
  #parts: Part<S>[] = [];
  /** Sources yet to be opened, the next one last. */
  readonly #late: { source: LateSource<S>; place: number }[];

  constructor(sources: readonly LateSource<S>[]) {
    this.#late = sources.map((source, place) => ({ source, place }));
    this.#late.sort((a, b) => descending(a.source.startsAt, b.source.startsAt));
  }

  next(packet: Packet): boolean {
    let first: Part<S> | null = null;
    for (const part of this.#parts) {
      if (!part.ready) part.ready = part.source.next(part.head);
      if (!part.ready) return false;
      if (first === null || part.head.time < first.head.time) first = part;
    }
    if (first === null || this.#isDue(first.head.time)) return false;
    copyPacket(first.head, packet);
    first.ready = false;
    this.last = first.source;
    return true;
  }

  async fill(): Promise<boolean> {
    for (const part of [...this.#parts]) await this.#makeReady(part);
    while (this.#isDue(Math.min(...this.#parts.map((part) => part.head.time)))) await this.#openNext();
    return this.#parts.length > 0;
  }

  /** Closes the sources that it has opened. */
  async close(): Promise<void> {
    this.#late.length = 0;
    for (const part of this.#parts.splice(0)) await part.source.close();
  }

  /** Whether a source must be opened before a packet of this time may be given. */
  #isDue(time: Micros): boolean {
    return this.#late.length > 0 && this.#late[this.#late.length - 1].source.startsAt <= time;
  }

  async #openNext(): Promise<void> {
    const late = this.#late.pop();
    if (!late) return;
    const part = { source: await late.source.open(), place: late.place, head: newPacket(), ready: false };
    this.#parts.push(part);
    this.#parts.sort((a, b) => a.place - b.place);
    await this.#makeReady(part);
  }

  /** Reads the source's next packet. One that has ended is let go, and its memory with it. */
  async #makeReady(part: Part<S>): Promise<void> {
    while (!part.ready) {
      part.ready = part.source.next(part.head);
      if (!part.ready && !(await part.source.fill())) {
        this.#parts.splice(this.#parts.indexOf(part), 1);
        return;
      }
    }
  }
}

/** Infinite times, which cannot be subtracted, among them. */
function descending(a: Micros, b: Micros): number {
  if (a === b) return 0;
  return a < b ? 1 : -1;
}

function copyPacket(from: Packet, to: Packet): void {
  to.time = from.time;
  to.linkType = from.linkType;
  to.block = from.block;
  to.offset = from.offset;
  to.length = from.length;
  to.wireLength = from.wireLength;
  to.interfaceIndex = from.interfaceIndex;
}
