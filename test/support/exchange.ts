import { packetOf, type StoredPacket } from './capture-file.ts';
import { segmentsOf, type Turn } from './conversation.ts';

/** One request and its answer on a connection of their own. */
export interface ExchangeText {
  readonly request: string;
  readonly response?: string;
  /** Dotted IPv4 address; port 80. */
  readonly server?: string;
}

/** The packets of exchanges, one a second. */
export function packetsOfExchanges(exchanges: readonly ExchangeText[]): StoredPacket[] {
  return exchanges.flatMap(({ request, response, server = '10.0.0.2' }, index) => {
    const turns: Turn[] = [{ from: 'client', bytes: Buffer.from(request, 'latin1') }];
    if (response !== undefined) turns.push({ from: 'server', bytes: Buffer.from(response, 'latin1'), fin: true });
    const port = 20_000 + index;
    const address = Buffer.from(server.split('.').map(Number)).readInt32BE();
    return segmentsOf(turns, (bytes) => [bytes])
      .flat()
      .map((segment) => {
        const time = segment.time + 1_700_000_000e6 + index * 1e6;
        const isFromClient = segment.destinationPort === 80;
        return isFromClient
          ? packetOf({ ...segment, time, sourcePort: port, destination3: address })
          : packetOf({ ...segment, time, destinationPort: port, source3: address });
      });
  });
}

/** A response with a body and its length. */
export function answer(body: string, ...fields: string[]): string {
  return ['HTTP/1.1 200 OK', ...fields, `Content-Length: ${body.length}`, '', body].join('\r\n');
}

/** A request without a body. */
export function ask(line: string, ...fields: string[]): string {
  return [line, ...fields, '', ''].join('\r\n');
}
