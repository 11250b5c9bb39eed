import type { Packet } from './packet.ts';
import type { CaptureProblem } from './problem.ts';

/** Reads the records of one capture format from a `Window`. */
export interface RecordReader {
  /**
   * Writes the next packet to `packet`. False: the window does not hold a whole one, or `problem` tells why there will
   * be none.
   */
  next(packet: Packet): boolean;
  /** The comments of the packet that `next` wrote last, until it is called again. */
  comments(): string[];
  /** Set once a record was found to be impossible; `window` stays where it starts. */
  readonly problem: ReadProblem | null;
}

export type ReadProblem = Omit<CaptureProblem, 'file'>;
