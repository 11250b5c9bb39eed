import type { Micros } from '../base/time.ts';

/** What HTTP decoding may hold at most, and how long it waits. */
export interface HttpLimits {
  /** Bytes of a message's head. */
  readonly headBytes: number;
  /** Bytes of unfinished heads and kept bodies of all connections together. */
  readonly pendingBytes: number;
  /** Requests of one connection that may await their response. */
  readonly pipelinedRequests: number;
  /** Packet time after a request's last byte when it counts as not answered. */
  readonly responseTimeout: Micros;
}

export const HTTP_LIMITS: HttpLimits = {
  headBytes: 64 << 10,
  pendingBytes: 32 << 20,
  pipelinedRequests: 1024,
  responseTimeout: 30e6,
};

/** Longest method that is taken for one. The longest registered (IANA) has 17 letters. */
export const MAX_METHOD_LENGTH = 32;

/** Empty lines and white space before a message, and chunk-size lines, may not go on for ever. */
export const MAX_CHUNK_LINE = 4096;

/**
 * Packet time for which an answer may stay without acknowledgment before it counts as not delivered. Linux sends it
 * again after 0.2, 0.6, 1.4 and 3 seconds.
 */
export const DELIVERY_PATIENCE: Micros = 3e6;
