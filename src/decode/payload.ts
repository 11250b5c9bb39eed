import type { Frame } from './frame.ts';
import type { Segment } from './segment.ts';

/** Sets what every segment has: its time, and its payload, which is what was captured of the bytes from `start` to `wireEnd`. */
export function setPayload(frame: Frame, segment: Segment, start: number, wireEnd: number): void {
  const end = Math.min(frame.end, wireEnd);
  segment.time = frame.time;
  segment.block = frame.block;
  segment.offset = Math.min(start, end);
  segment.length = end - segment.offset;
  segment.wireLength = wireEnd - start;
}
