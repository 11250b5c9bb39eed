import { NO_BLOCK } from '../capture/new-packet.ts';
import { type Segment, TCP } from './segment.ts';

/** A segment for a decoder to fill. */
export function newSegment(): Segment {
  return {
    time: 0,
    protocol: TCP,
    ipVersion: 4,
    source0: 0,
    source1: 0,
    source2: 0,
    source3: 0,
    destination0: 0,
    destination1: 0,
    destination2: 0,
    destination3: 0,
    sourcePort: 0,
    destinationPort: 0,
    ttl: 0,
    sequence: 0,
    acknowledgment: 0,
    flags: 0,
    block: NO_BLOCK,
    offset: 0,
    length: 0,
    wireLength: 0,
  };
}
