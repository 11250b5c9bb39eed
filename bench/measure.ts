import { spawn, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

export interface Measured {
  /** Median of the wall time, in seconds. */
  readonly seconds: number;
  readonly least: number;
  /** The most resident memory of any run, in bytes; 0 where the system does not tell. */
  readonly peakBytes: number;
}

export interface Command {
  readonly name: string;
  readonly argv: readonly string[];
}

/** Whether a program can be started. */
export function isInstalled(program: string): boolean {
  return spawnSync('sh', ['-c', `command -v ${program}`]).status === 0;
}

/**
 * Times whole commands, `runs` times each after one run that does not count, in turn, so that what slows the machine
 * slows them all. Their output is thrown away.
 */
export async function measure(commands: readonly Command[], runs: number): Promise<Map<string, Measured>> {
  const times = new Map<string, { seconds: number[]; peakBytes: number }>();
  for (let run = -1; run < runs; run++) {
    for (const command of commands) {
      const { seconds, peakBytes } = await once(command);
      if (run < 0) continue;
      const entry = times.get(command.name) ?? { seconds: [], peakBytes: 0 };
      entry.seconds.push(seconds);
      entry.peakBytes = Math.max(entry.peakBytes, peakBytes);
      times.set(command.name, entry);
    }
  }
  return new Map(
    [...times].map(([name, { seconds, peakBytes }]) => {
      const sorted = seconds.sort((a, b) => a - b);
      return [name, { seconds: sorted[sorted.length >> 1], least: sorted[0], peakBytes }];
    }),
  );
}

/** Runs a command once. */
export function once({ name, argv }: Command): Promise<{ seconds: number; peakBytes: number }> {
  return new Promise((resolve, reject) => {
    const start = performance.now();
    const child = spawn(argv[0], argv.slice(1), { stdio: ['ignore', 'ignore', 'ignore'] });
    let peakBytes = 0;
    const timer = setInterval(() => {
      peakBytes = Math.max(peakBytes, peakOf(child.pid));
    }, 10);
    child.on('error', reject);
    child.on('close', (status) => {
      clearInterval(timer);
      const seconds = (performance.now() - start) / 1000;
      if (status === 0) resolve({ seconds, peakBytes });
      else reject(new Error(`${name} ended with status ${status}`));
    });
  });
}

/** VmHWM of a process, as Linux tells it. */
function peakOf(pid: number | undefined): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(/^VmHWM:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) * 1024;
  } catch {
    return 0;
  }
}
