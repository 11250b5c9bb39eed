import type { AnomalyCode } from '../base/anomaly.ts';
import type { Micros } from '../base/time.ts';
import type { MessageHead } from './head.ts';

/** The two ends of a connection, as HTTP sees them: who asks and who answers. */
export interface Endpoints {
  readonly ipVersion: 4 | 6;
  /** Text form; IPv6 as RFC 5952 has it. */
  readonly clientAddress: string;
  readonly clientPort: number;
  readonly serverAddress: string;
  readonly serverPort: number;
}

interface Message {
  readonly head: MessageHead;
  /** When the packet with its first byte was captured. */
  readonly time: Micros;
  /** When the packet with its last byte was captured; with its last captured byte where it is incomplete. */
  endTime: Micros;
  /** Bytes on the wire: head, framing and body. */
  bytes: number;
  /** Body bytes on the wire, without chunk framing, with Content-Encoding as sent. */
  bodyBytes: number;
  /** Head and body were captured whole. */
  complete: boolean;
}

export interface Request extends Message {
  readonly method: string;
  /** As sent, one character a byte (latin-1). */
  readonly target: string;
  /** "1.1", "1.0"; as sent where it is another. */
  readonly version: string;
  /** TCP sequence number of the first byte. */
  readonly sequence: number;
}

export interface Response extends Message {
  readonly status: number;
  readonly phrase: string;
  readonly version: string;
  /** IP TTL or hop limit of the packet with the first byte. */
  readonly ttl: number;
  /** The start of the body with transfer and content codings undone, where a `BodyPolicy` asked for it. */
  body: Uint8Array | null;
  /** `body` is the whole decoded body. */
  bodyWhole: boolean;
}

/** A request and its final response. At least one of the two is there. */
export interface Transaction {
  readonly endpoints: Endpoints;
  readonly request: Request | null;
  readonly response: Response | null;
  /**
   * Why there is no response: the time-out passed, or the connection ended (by reset or not), or the capture did.
   * `undelivered`: there is one, but its receiver never acknowledged any of it. Told only where a `BodyPolicy` asked for
   * the body, since it takes waiting for the acknowledgment.
   */
  readonly ending: 'answered' | 'undelivered' | 'timeout' | 'reset' | 'closed' | 'capture_end' | 'gap';
  /** Without repetition, in the order in which they were met. */
  readonly anomalies: readonly AnomalyCode[];
}

/** How many bytes of a response's decoded body to keep; 0 for none. */
export type BodyPolicy = (endpoints: Endpoints, request: Request | null, response: Response) => number;
