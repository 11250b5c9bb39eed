import { isIPv4 } from 'node:net';
import { sha1Base64 } from '../base/hash.ts';
import type { Endpoints } from '../http/transaction.ts';

/**
 * Community ID of a TCP connection, version 1 with seed 0 (corelight/community-id-spec): the same for both directions,
 * and in every tool that speaks of the connection.
 */
export function communityId(endpoints: Endpoints): string {
  let id = remembered.get(endpoints);
  if (id === undefined) {
    id = compute(endpoints);
    remembered.set(endpoints, id);
  }
  return id;
}

/** Transactions of one connection share their endpoints. */
const remembered = new WeakMap<Endpoints, string>();

function compute(endpoints: Endpoints): string {
  const client = addressBytes(endpoints.clientAddress);
  const server = addressBytes(endpoints.serverAddress);
  const order = Buffer.compare(client, server) || endpoints.clientPort - endpoints.serverPort;
  const isClientFirst = order < 0;
  const data = Buffer.alloc(2 + client.length + server.length + 2 + 4);
  let at = 2; // the seed, 0
  at += (isClientFirst ? client : server).copy(data, at);
  at += (isClientFirst ? server : client).copy(data, at);
  data[at] = 6; // TCP; a zero byte follows
  data.writeUInt16BE(isClientFirst ? endpoints.clientPort : endpoints.serverPort, at + 2);
  data.writeUInt16BE(isClientFirst ? endpoints.serverPort : endpoints.clientPort, at + 4);
  return `1:${sha1Base64(data)}`;
}

/** Bytes of an address in text form: 4 or 16 of them. */
function addressBytes(address: string): Buffer {
  if (isIPv4(address)) return ipv4Bytes(address);
  const [head, tail] = address.split('::');
  const left = groups(head);
  const right = tail === undefined ? [] : groups(tail);
  const bytes = Buffer.alloc(16);
  for (const [index, group] of left.entries()) bytes.writeUInt16BE(group, index * 2);
  for (const [index, group] of right.entries()) bytes.writeUInt16BE(group, 16 - (right.length - index) * 2);
  return bytes;
}

function ipv4Bytes(address: string): Buffer {
  const bytes = Buffer.alloc(4);
  let at = 0;
  for (let i = 0; i < address.length; i++) {
    const code = address.charCodeAt(i);
    if (code === DOT) at++;
    else bytes[at] = bytes[at] * 10 + (code - ZERO);
  }
  return bytes;
}

const DOT = 0x2e;
const ZERO = 0x30;

/** The 16-bit groups of a part of an IPv6 address; dotted quads (v4-mapped addresses) count as two. */
function groups(text: string): number[] {
  if (text === '') return [];
  return text.split(':').flatMap((group) => {
    if (!group.includes('.')) return [Number.parseInt(group, 16)];
    const [a, b, c, d] = group.split('.').map(Number);
    return [a * 256 + b, c * 256 + d];
  });
}
