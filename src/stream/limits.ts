/** What reassembly may hold at most. Reaching a limit is a counted anomaly. */
export interface StreamLimits {
  /** Connections at once, ended ones that may still be retransmitted included. */
  readonly flows: number;
  /** Bytes out of order that one direction of a connection may hold. */
  readonly queuedBytesPerHalf: number;
  /** Bytes out of order that all connections together may hold. */
  readonly queuedBytes: number;
  /** Segments out of order that one direction may hold. */
  readonly queuedSegmentsPerHalf: number;
  /** Microseconds without a packet after which a connection is let go. */
  readonly idle: number;
  /** Microseconds for which an ended connection is remembered, so that its late packets open no new one. */
  readonly linger: number;
}

export const STREAM_LIMITS: StreamLimits = {
  flows: 65_536,
  queuedBytesPerHalf: 1 << 20,
  queuedBytes: 32 << 20,
  queuedSegmentsPerHalf: 1024,
  idle: 300e6,
  linger: 30e6,
};

/** Bytes of a direction, counted back from its newest, within which a retransmission is compared. */
export const UNACKNOWLEDGED_BYTES = 16 << 10;

/** Pieces of all directions together that are remembered for it; a power of two. */
export const UNACKNOWLEDGED_PIECES = 1 << 14;

/**
 * How long a hole may wait for a segment that was captured out of order, once the receiver has acknowledged what is
 * missing: the capture has lost it, or several queues delivered its packets late.
 */
export const HOLE_PATIENCE = 1e6;
export const HOLE_PATIENCE_SEGMENTS = 64;

/** How long after a RST bytes may still show that the receiver did not take it. */
export const RESET_PATIENCE = 1e6;

/** Packet time between two looks at all connections for those that have idled too long. */
export const SWEEP_INTERVAL = 10e6;

/** Bytes by which the server's first acknowledgment may differ from what was captured of the client. */
export const MAX_UNSEEN_BEFORE_SERVER_SYN = 1 << 20;
