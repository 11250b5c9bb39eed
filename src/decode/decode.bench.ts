import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { AnomalyCounter } from '../base/anomaly.ts';
import { newPacket } from '../capture/new-packet.ts';
import { openCapture } from '../capture/open-capture.ts';
import { Decoder } from './decoder.ts';
import { newSegment } from './new-segment.ts';

const FLOOR = fileURLToPath(new URL('../../../shared/bench/floor.cjs', import.meta.url));
const CAPTURES = ['/tmp/hoplimit-bench/dense.pcap', '/tmp/hoplimit-bench/web.pcap'];
const RUNS = 7;

/** Reads and decodes every packet of a capture. */
async function decodeAll(path: string): Promise<{ seconds: number; packets: number; segments: number }> {
  const start = performance.now();
  const anomalies = new AnomalyCounter();
  const source = await openCapture(path, { anomalies });
  const decoder = new Decoder({ anomalies });
  const packet = newPacket();
  const segment = newSegment();
  let packets = 0;
  let segments = 0;
  do {
    while (source.next(packet)) {
      packets++;
      if (decoder.decode(packet, segment)) segments++;
    }
  } while (await source.fill());
  return { seconds: (performance.now() - start) / 1000, packets, segments };
}

/** The time that a script prints as "0.123s"; it runs in a process of its own, as cold as a user's. */
function secondsOf(script: string, path: string): number {
  const { stdout } = spawnSync(process.execPath, [script, path], { encoding: 'utf8' });
  return Number(/(\d+\.\d+)s/.exec(stdout)?.[1]);
}

/**
 * Prints how long reading and decoding takes beside the floor: a bare loop that reads the headers of Ethernet captures,
 * with a flow table. Both by the clock within the process, the best of some runs that take turns.
 */
export async function bench(): Promise<void> {
  for (const path of CAPTURES) {
    if (!existsSync(path) || !existsSync(FLOOR)) {
      console.log(`decode: skipped, ${path} or the floor is not here`);
      continue;
    }
    let floor = Number.POSITIVE_INFINITY;
    let ours = Number.POSITIVE_INFINITY;
    for (let run = 0; run < RUNS; run++) {
      floor = Math.min(floor, secondsOf(FLOOR, path));
      ours = Math.min(ours, secondsOf(fileURLToPath(import.meta.url), path));
    }
    const ratio = (ours / floor).toFixed(2);
    console.log(`decode ${path}: ${ours.toFixed(3)} s, floor ${floor.toFixed(3)} s, ratio ${ratio}`);
  }
}

if (import.meta.main) {
  const path = process.argv[2];
  if (path === undefined) await bench();
  else {
    const { seconds, packets, segments } = await decodeAll(path);
    const rate = (packets / seconds / 1e6).toFixed(2);
    console.log(`${packets} packets, ${segments} segments, ${seconds.toFixed(3)}s, ${rate} M packets/s`);
  }
}
