// Whole commands on the benchmark captures, beside peers and a floor in the same run.
// HOPLIMIT_BENCH_RUNS: how often each is run (5). --with-tshark: once against tshark as well, which takes minutes.
import { existsSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { benchCapture, FLOOR } from './captures.ts';
import { type Command, isInstalled, measure, once } from './measure.ts';

const RUNS = Number(process.env.HOPLIMIT_BENCH_RUNS ?? 5);
const HOPLIMIT = fileURLToPath(new URL('../bin/hoplimit', import.meta.url));

/** What a ratio of wall times may be at most. */
interface Target {
  readonly capture: 'dense.pcap' | 'web.pcap';
  readonly command: 'analyze' | 'decode';
  readonly peer: 'httpry' | 'floor' | 'floor, node on path' | 'tshark';
  readonly most: number;
}

const TARGETS: readonly Target[] = [
  { capture: 'web.pcap', command: 'analyze', peer: 'httpry', most: 1 },
  { capture: 'web.pcap', command: 'analyze', peer: 'floor', most: 4 },
  { capture: 'web.pcap', command: 'analyze', peer: 'floor, node on path', most: 4 },
  { capture: 'web.pcap', command: 'analyze', peer: 'tshark', most: 1 / 45 },
  { capture: 'dense.pcap', command: 'analyze', peer: 'httpry', most: 1 },
  { capture: 'dense.pcap', command: 'analyze', peer: 'floor', most: 6 },
  { capture: 'dense.pcap', command: 'analyze', peer: 'floor, node on path', most: 6 },
  { capture: 'dense.pcap', command: 'analyze', peer: 'tshark', most: 1 / 15 },
  { capture: 'dense.pcap', command: 'decode', peer: 'httpry', most: 2.5 },
];

const MOST_RESIDENT_MEGABYTES = 250;

/** What tshark is asked for: what a person would have to ask it for to find the same requests. */
const TSHARK_FIELDS = ['frame.time_epoch', 'ip.src', 'ip.dst', 'tcp.dstport', 'http.request.method', 'http.host'];

/** The Node.js that `node` means outside npm, which puts its own first on the path; null where that is this one. */
function nodeOfTheMachine(): string | null {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => !folder.includes('node_modules'));
  const node = folders.map((folder) => join(folder, 'node')).find((path) => existsSync(path));
  return node === undefined || realpathSync(node) === realpathSync(process.execPath) ? null : node;
}

function commandsFor(capture: string): Command[] {
  const commands = [
    { name: 'analyze', argv: [HOPLIMIT, 'analyze', capture] },
    { name: 'decode', argv: [HOPLIMIT, 'decode', capture] },
    { name: 'floor', argv: [process.execPath, FLOOR, capture] },
  ];
  const node = nodeOfTheMachine();
  if (node !== null) commands.push({ name: 'floor, node on path', argv: [node, FLOOR, capture] });
  const output = join(tmpdir(), `hoplimit-httpry-${process.pid}`);
  if (isInstalled('httpry')) commands.push({ name: 'httpry', argv: ['httpry', '-q', '-r', capture, '-o', output] });
  return commands;
}

function tshark(capture: string): Command {
  const fields = [...TSHARK_FIELDS, 'http.request.uri', 'http.user_agent'].flatMap((field) => ['-e', field]);
  return { name: 'tshark', argv: ['tshark', '-n', '-r', capture, '-Y', 'http.request', '-T', 'fields', ...fields] };
}

for (const name of ['dense.pcap', 'web.pcap'] as const) {
  const capture = benchCapture(name);
  if (capture === null) continue;
  const measured = await measure(commandsFor(capture), RUNS);
  if (process.argv.includes('--with-tshark') && isInstalled('tshark')) {
    const { seconds, peakBytes } = await once(tshark(capture));
    measured.set('tshark', { seconds, least: seconds, peakBytes });
  }
  for (const [command, { seconds, least, peakBytes }] of measured) {
    const memory = peakBytes > 0 ? `${(peakBytes / 1e6).toFixed(0)} MB at most` : '';
    console.log(
      `${name}  ${command.padEnd(22)}  median ${seconds.toFixed(3)} s  least ${least.toFixed(3)} s  ${memory}`,
    );
  }
  for (const target of TARGETS.filter((one) => one.capture === name)) {
    const ours = measured.get(target.command);
    const peer = measured.get(target.peer);
    if (!ours || !peer) continue;
    const ratio = ours.seconds / peer.seconds;
    const verdict = ratio <= target.most ? 'met' : 'MISSED';
    const figures = `${ratio.toFixed(3)} (at most ${target.most.toFixed(3)}): ${verdict}`;
    console.log(`${name}  ${target.command} / ${target.peer}: ${figures}`);
  }
  for (const command of ['analyze', 'decode']) {
    const megabytes = (measured.get(command)?.peakBytes ?? 0) / 1e6;
    const verdict = megabytes < MOST_RESIDENT_MEGABYTES ? 'met' : 'MISSED';
    console.log(
      `${name}  ${command} memory: ${megabytes.toFixed(0)} MB (below ${MOST_RESIDENT_MEGABYTES}): ${verdict}`,
    );
  }
}
