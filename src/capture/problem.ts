import type { AnomalyCode } from '../base/anomaly.ts';

/** Why the rest of a capture was not read. What came before it was. */
export interface CaptureProblem {
  /** The file's path, or "standard input". */
  readonly file: string;
  /** Where the trouble starts, in bytes from the start of the (decompressed) capture. */
  readonly offset: number;
  /** One sentence, without a full stop. */
  readonly message: string;
  readonly code: Extract<AnomalyCode, 'capture_truncated' | 'capture_damaged'>;
}

/** A file that cannot be read as a capture at all. The message is for the user and names the file. */
export class CaptureError extends Error {
  override readonly name = 'CaptureError';
}
