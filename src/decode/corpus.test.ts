import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { AnomalyCounter } from '../base/anomaly.ts';
import { newPacket } from '../capture/new-packet.ts';
import { openCapture } from '../capture/open-capture.ts';
import { addressText } from './address.ts';
import { Decoder } from './decoder.ts';
import { newSegment } from './new-segment.ts';
import { type Segment, TCP } from './segment.ts';

const CORPUS = fileURLToPath(new URL('../../../shared/data/captures', import.meta.url));
const noCorpus = existsSync(CORPUS) ? false : 'the corpus of captures is not here';
const noTshark = spawnSync('tshark', ['--version']).status === 0 ? false : 'tshark is not installed';

/** Captures of many link types whose packets are decoded. */
const LINK_TYPES = /frag|null|loopback|sll|vlan|qinq|llc|LINKTYPE_IPV|ah-|nanosecs|big_endian|http_req/i;

/** Captures with VLANs, IP fragments or IPv6, those of many link types, and some of our own. */
function chosenCaptures(): string[] {
  const lines = readFileSync(join(CORPUS, 'SOURCE.tsv'), 'utf8').trimEnd().split('\n').slice(1);
  const rows = lines.map((line) => line.split('\t'));
  const chosen = rows.filter(([group, , path, , , , , , , , , features]) => {
    if (group === 'linktypes') return LINK_TYPES.test(path);
    if (group === 'own') return /any_sll|ipv6|nanosec|snaplen|two_interfaces/.test(path);
    // One that was damaged on purpose is read by tshark in its own way.
    return /vlan|ipfrag|ipv6:\d{3}/.test(features) && !path.includes('fuzz');
  });
  return chosen.map(([, , path]) => path);
}

const FIELDS = [
  'frame.number',
  'frame.protocols',
  ...['ip.src', 'ipv6.src', 'ip.dst', 'ipv6.dst', 'ip.ttl', 'ipv6.hlim'],
  ...['tcp.srcport', 'tcp.dstport', 'tcp.seq_raw', 'tcp.ack_raw', 'tcp.len'],
  ...['udp.srcport', 'udp.dstport', 'udp.length'],
];

/** TCP or UDP right in IP, without a tunnel, and IP in a link layer that is decoded. */
const DECODED =
  /^(?:eth|sll|null|raw)(?::ethertype|:vlan|:ieee8021ad|:llc)*:(ip|ipv6)(?::ipv6\.(?:hopopts|routing|dstopts|fraghdr)|:ah)*:(tcp|udp)(?::|$)/;

/** What tshark sees in each frame that is to be compared. */
function expectedSegments(path: string): Map<number, string> {
  const options = ['-n', '-r', path, '-Y', 'tcp || udp', '-o', 'tcp.desegment_tcp_streams:FALSE', '-T', 'fields'];
  const fields = ['-E', 'occurrence=f', ...FIELDS.flatMap((field) => ['-e', field])];
  const { stdout } = spawnSync('tshark', [...options, ...fields], {
    cwd: CORPUS,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  const segments = new Map<number, string>();
  for (const line of stdout.split('\n').slice(0, -1)) {
    const value = new Map(line.split('\t').map((text, i) => [FIELDS[i], text]));
    const get = (...names: string[]) => names.map((name) => value.get(name) ?? '');
    const [, ip, protocol] = DECODED.exec(get('frame.protocols')[0]) ?? [];
    if (protocol === undefined) continue;
    const addresses = ip === 'ip' ? get('ip.src', 'ip.dst', 'ip.ttl') : get('ipv6.src', 'ipv6.dst', 'ipv6.hlim');
    const header =
      protocol === 'tcp'
        ? get('tcp.srcport', 'tcp.dstport', 'tcp.seq_raw', 'tcp.ack_raw', 'tcp.len')
        : [...get('udp.srcport', 'udp.dstport'), '0', '0', String(Number(get('udp.length')[0]) - 8)];
    // No TCP length: the header is bad. UDP length 0: tshark does not say how much there is.
    const length = header[4];
    if (length === '' || Number(length) < 0) continue;
    segments.set(Number(get('frame.number')[0]), [...addresses, protocol, ...header].join(' '));
  }
  return segments;
}

function textOf(s: Segment): string {
  const source = addressText(s.ipVersion, s.source0, s.source1, s.source2, s.source3);
  const destination = addressText(s.ipVersion, s.destination0, s.destination1, s.destination2, s.destination3);
  const protocol = s.protocol === TCP ? 'tcp' : 'udp';
  const ports = `${s.sourcePort} ${s.destinationPort}`;
  return `${source} ${destination} ${s.ttl} ${protocol} ${ports} ${s.sequence} ${s.acknowledgment} ${s.wireLength}`;
}

/** All segments by the number of their packet, from 1; once in one go where possible, once always by layers. */
async function decodedSegments(path: string, byLayers: boolean): Promise<Map<number, string>> {
  const decoder = new Decoder({ anomalies: new AnomalyCounter() });
  const source = await openCapture(join(CORPUS, path));
  const packet = newPacket();
  const segment = newSegment();
  const segments = new Map<number, string>();
  let number = 0;
  do {
    while (source.next(packet)) {
      number++;
      const found = byLayers ? decoder.decodeByLayers(packet, segment) : decoder.decode(packet, segment);
      if (found) segments.set(number, textOf(segment));
    }
  } while (await source.fill());
  return segments;
}

test('segments agree with tshark on fragments, VLANs, IPv6 and link types', {
  skip: noCorpus || noTshark,
}, async () => {
  let compared = 0;
  for (const path of chosenCaptures()) {
    const decoded = await decodedSegments(path, false);
    assert.deepEqual(await decodedSegments(path, true), decoded, path);
    for (const [number, expected] of expectedSegments(path)) {
      assert.equal(decoded.get(number), expected, `${path}, packet ${number}`);
      compared++;
    }
  }
  assert.ok(compared > 5000, `${compared} segments`);
});
