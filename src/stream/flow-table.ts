import type { Segment } from '../decode/segment.ts';
import { Flow, type Side } from './flow.ts';

const INITIAL_BUCKETS = 1 << 14;

/** All flows by addresses and ports, whichever way a segment goes. */
export class FlowTable {
  #buckets: (Flow | null)[] = new Array(INITIAL_BUCKETS).fill(null);
  #size = 0;
  #added = 0;
  /** Who sent the segment of the last successful `find`. */
  side: Side = 0;

  get size(): number {
    return this.#size;
  }

  find(segment: Segment): Flow | null {
    const hash = hashOf(segment);
    let flow = this.#buckets[hash & (this.#buckets.length - 1)];
    while (flow !== null) {
      if (flow.hash === hash && (flow.addresses6 === null) === (segment.ipVersion === 4)) {
        if (isFromSide0(flow, segment)) {
          this.side = 0;
          return flow;
        }
        if (isFromSide1(flow, segment)) {
          this.side = 1;
          return flow;
        }
      }
      flow = flow.chain;
    }
    return null;
  }

  /** A new flow whose side 0 is the segment's sender, seen in packet time `second`. */
  add(segment: Segment, second: number): Flow {
    const flow = new Flow(segment, hashOf(segment), this.#added++, second);
    if (this.#size >= this.#buckets.length) this.#grow();
    this.#link(flow);
    this.#size++;
    return flow;
  }

  remove(flow: Flow): void {
    const index = flow.hash & (this.#buckets.length - 1);
    let previous: Flow | null = null;
    for (let current = this.#buckets[index]; current !== null; current = current.chain) {
      if (current === flow) {
        if (previous === null) this.#buckets[index] = flow.chain;
        else previous.chain = flow.chain;
        flow.chain = null;
        this.#size--;
        return;
      }
      previous = current;
    }
  }

  /** Those flows that `wanted` holds for, in the order in which they were first seen. */
  select(wanted: (flow: Flow) => boolean): Flow[] {
    const found: Flow[] = [];
    for (const first of this.#buckets) {
      for (let flow = first; flow !== null; flow = flow.chain) {
        if (wanted(flow)) found.push(flow);
      }
    }
    return found.sort((a, b) => a.ordinal - b.ordinal);
  }

  #link(flow: Flow): void {
    const index = flow.hash & (this.#buckets.length - 1);
    flow.chain = this.#buckets[index];
    this.#buckets[index] = flow;
  }

  #grow(): void {
    const old = this.#buckets;
    this.#buckets = new Array(old.length * 2).fill(null);
    for (let flow of old) {
      while (flow !== null) {
        const following: Flow | null = flow.chain;
        this.#link(flow);
        flow = following;
      }
    }
  }
}

/** The same for both directions. Seeded, so that nobody who sends packets can choose them to collide. */
function hashOf(segment: Segment): number {
  let source = segment.source3 ^ Math.imul(segment.sourcePort, 0x9e3779b1);
  let destination = segment.destination3 ^ Math.imul(segment.destinationPort, 0x9e3779b1);
  if (segment.ipVersion === 6) {
    source ^= mix(segment.source0 ^ SEED) ^ mix(segment.source1 + SEED) ^ mix(segment.source2 - SEED);
    destination ^=
      mix(segment.destination0 ^ SEED) ^ mix(segment.destination1 + SEED) ^ mix(segment.destination2 - SEED);
  }
  return (mix(source ^ SEED) + mix(destination ^ SEED)) | 0;
}

const SEED = (Math.random() * 0x1_0000_0000) | 0;

/** The finalizer of MurmurHash3: every bit of the input changes every bit of the output. */
function mix(value: number): number {
  let h = value ^ (value >>> 16);
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function isFromSide0(flow: Flow, segment: Segment): boolean {
  return (
    flow.low0 === segment.source3 &&
    flow.low1 === segment.destination3 &&
    flow.port0 === segment.sourcePort &&
    flow.port1 === segment.destinationPort &&
    (flow.addresses6 === null || (isSource(flow.addresses6, 0, segment) && isDestination(flow.addresses6, 4, segment)))
  );
}

function isFromSide1(flow: Flow, segment: Segment): boolean {
  return (
    flow.low1 === segment.source3 &&
    flow.low0 === segment.destination3 &&
    flow.port1 === segment.sourcePort &&
    flow.port0 === segment.destinationPort &&
    (flow.addresses6 === null || (isSource(flow.addresses6, 4, segment) && isDestination(flow.addresses6, 0, segment)))
  );
}

/** The last word has been compared. */
function isSource(words: Int32Array, at: number, segment: Segment): boolean {
  return words[at] === segment.source0 && words[at + 1] === segment.source1 && words[at + 2] === segment.source2;
}

function isDestination(words: Int32Array, at: number, segment: Segment): boolean {
  return (
    words[at] === segment.destination0 &&
    words[at + 1] === segment.destination1 &&
    words[at + 2] === segment.destination2
  );
}
