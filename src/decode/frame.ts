import type { Micros } from '../base/time.ts';
import { NO_BLOCK } from '../capture/new-packet.ts';
import type { Block } from '../capture/packet.ts';

/**
 * A packet on its way through its layers. Each layer reads its header at `at` and moves `at` behind it; one that knows
 * its length also pulls in `end` and `wireEnd`. All are offsets in `block.bytes`.
 */
export interface Frame {
  time: Micros;
  block: Block;
  at: number;
  /** End of the bytes that were captured. */
  end: number;
  /** Where these bytes would end had the capture not cut them; at least `end`. */
  wireEnd: number;
}

/** A frame for the decoder to fill. */
export function newFrame(): Frame {
  return { time: 0, block: NO_BLOCK, at: 0, end: 0, wireEnd: 0 };
}
