import type { Endpoints } from '../http/transaction.ts';

/**
 * `network.direction` as the field's shipper gives it where it knows no other address of its own: what goes to a
 * loopback or link-local address is `ingress` (so every request to 169.254.169.254 is), what comes from one `egress`.
 */
export function networkDirection(endpoints: Endpoints): 'ingress' | 'egress' | 'unknown' {
  if (isLocal(endpoints.serverAddress)) return 'ingress';
  return isLocal(endpoints.clientAddress) ? 'egress' : 'unknown';
}

/** Loopback or link-local: 127.0.0.0/8, 169.254.0.0/16, ::1 and fe80::/10. */
function isLocal(address: string): boolean {
  return LOCAL.test(address);
}

const LOCAL = /^(?:127\.|169\.254\.|::1$|fe[89ab][0-9a-f]:)/;
