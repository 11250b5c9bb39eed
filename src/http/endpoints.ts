import { addressText } from '../decode/address.ts';
import type { Flow, Side } from '../stream/flow.ts';
import type { Endpoints } from './transaction.ts';

/** IPv4 addresses whose text is remembered, so that equal addresses are one string, quickly compared. */
const MAX_REMEMBERED = 16_384;

const remembered = new Map<number, string>();

export function endpointsOf(flow: Flow, client: Side): Endpoints {
  const { ipVersion, addresses6, low0, low1, port0, port1 } = flow;
  const address0 = addresses6 === null ? text4(low0) : text6(addresses6, 0);
  const address1 = addresses6 === null ? text4(low1) : text6(addresses6, 4);
  return client === 0
    ? { ipVersion, clientAddress: address0, clientPort: port0, serverAddress: address1, serverPort: port1 }
    : { ipVersion, clientAddress: address1, clientPort: port1, serverAddress: address0, serverPort: port0 };
}

function text4(address: number): string {
  let text = remembered.get(address);
  if (text === undefined) {
    if (remembered.size >= MAX_REMEMBERED) remembered.clear();
    text = addressText(4, 0, 0, 0, address);
    remembered.set(address, text);
  }
  return text;
}

function text6(words: Int32Array, at: number): string {
  return addressText(6, words[at], words[at + 1], words[at + 2], words[at + 3]);
}
