import type { Micros } from '../base/time.ts';

/** What HTTP decoding may hold at most, and how long it waits. */
export interface HttpLimits {
  /** Bytes of a message's head. */
  readonly headBytes: number;
  /** Bytes of unfinished heads and kept bodies of all connections together. */
  readonly pendingBytes: number;
  /** Requests of one connection that may await their response. */
  readonly pipelinedRequests: number;
  /** Bytes of all requests that await their response. */
  readonly waitingBytes: number;
  /** Requests of one connection that were handed on without their responses and are remembered in case these come. */
  readonly givenUpRequests: number;
  /**
   * Packet time after a request's last byte when it counts as not answered: as long as an idle connection is
   * remembered, since with a file nobody waits.
   */
  readonly responseTimeout: Micros;
}

export const HTTP_LIMITS: HttpLimits = {
  headBytes: 64 << 10,
  pendingBytes: 32 << 20,
  pipelinedRequests: 1024,
  waitingBytes: 16 << 20,
  givenUpRequests: 1024,
  responseTimeout: 300e6,
};

/** Longest method that is taken for one. The longest registered (IANA) has 17 letters. */
export const MAX_METHOD_LENGTH = 32;

/** Bytes of a chunk-size line, its extensions included. */
export const MAX_CHUNK_LINE = 4096;

/**
 * Packet time for which an answer may stay without acknowledgment before it counts as not delivered. Linux sends it
 * again after 0.2, 0.6, 1.4 and 3 seconds.
 */
export const DELIVERY_PATIENCE: Micros = 3e6;

/** Answers of all connections that may wait for it. With their bodies they take 16 MiB at most. */
export const MAX_UNCONFIRMED_ANSWERS = 256;
