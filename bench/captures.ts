import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAKE = fileURLToPath(new URL('../../shared/bench/make-captures', import.meta.url));

/** Node's own floor: link, IP and TCP headers and a flow table, no reassembly. */
export const FLOOR = fileURLToPath(new URL('../../shared/bench/floor.cjs', import.meta.url));

/** Where the benchmark captures are, or are made. */
export const FOLDER = process.env.HOPLIMIT_BENCH ?? join(tmpdir(), 'hoplimit-bench');

/** A benchmark capture; made where it can be, null where it cannot. */
export function benchCapture(name: 'dense.pcap' | 'web.pcap'): string | null {
  const path = join(FOLDER, name);
  if (existsSync(path)) return path;
  if (existsSync(MAKE)) {
    console.error(`making the benchmark captures in ${FOLDER}`);
    spawnSync(MAKE, [FOLDER], { stdio: 'inherit' });
  }
  if (existsSync(path)) return path;
  console.log(`skipped: ${path} is not there (HOPLIMIT_BENCH names its folder)`);
  return null;
}
