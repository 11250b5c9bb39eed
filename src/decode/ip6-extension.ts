import type { AnomalyCounter } from '../base/anomaly.ts';
import type { Frame } from './frame.ts';
import { MAX_EXTENSION_HEADERS } from './limits.ts';

/** IANA protocol numbers of headers that may stand before the transport layer. */
const HOP_BY_HOP = 0;
const ROUTING = 43;
const AUTHENTICATION = 51;
const DESTINATION_OPTIONS = 60;
const MOBILITY = 135;
const HOST_IDENTITY = 139;
const SHIM6 = 140;

const LEAST_BYTES = 8;

/**
 * Passes over IPv6 extension headers (RFC 8200 section 4) but for the fragment header, and over the authentication header
 * (RFC 4302), which IPv4 has too.
 * @returns the protocol of what follows, or null where a header does not fit; the anomaly was counted
 */
export function skipExtensions(frame: Frame, protocol: number, anomalies: AnomalyCounter): number | null {
  const bytes = frame.block.bytes;
  for (let headers = 0; isExtension(protocol); headers++) {
    const at = frame.at;
    if (headers === MAX_EXTENSION_HEADERS || frame.wireEnd - at < LEAST_BYTES) {
      anomalies.add('ip_header_bad');
      return null;
    }
    if (frame.end - at < LEAST_BYTES) return null;
    const headerBytes = protocol === AUTHENTICATION ? (bytes[at + 1] + 2) * 4 : (bytes[at + 1] + 1) * 8;
    if (headerBytes > frame.wireEnd - at) {
      anomalies.add('ip_header_bad');
      return null;
    }
    protocol = bytes[at];
    frame.at = at + headerBytes;
  }
  return protocol;
}

function isExtension(protocol: number): boolean {
  switch (protocol) {
    case HOP_BY_HOP:
    case ROUTING:
    case AUTHENTICATION:
    case DESTINATION_OPTIONS:
    case MOBILITY:
    case HOST_IDENTITY:
    case SHIM6:
      return true;
    default:
      return false;
  }
}
