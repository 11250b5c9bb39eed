import { BlockList } from 'node:net';
import type { Endpoints } from '../http/transaction.ts';

const local = new BlockList();
local.addSubnet('127.0.0.0', 8, 'ipv4');
local.addSubnet('169.254.0.0', 16, 'ipv4');
local.addAddress('::1', 'ipv6');
local.addSubnet('fe80::', 10, 'ipv6');

/**
 * `network.direction` as the field's shipper gives it where it knows no other address of its own: what goes to a
 * loopback or link-local address is `ingress` (so every request to 169.254.169.254 is), what comes from one `egress`.
 */
export function networkDirection(endpoints: Endpoints): 'ingress' | 'egress' | 'unknown' {
  const family = endpoints.ipVersion === 4 ? 'ipv4' : 'ipv6';
  if (local.check(endpoints.serverAddress, family)) return 'ingress';
  if (local.check(endpoints.clientAddress, family)) return 'egress';
  return 'unknown';
}
