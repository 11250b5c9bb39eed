// Logs to alerts, the whole command on one core: all public rules over NDJSON of events (bench/ecs-events.ts).
// HOPLIMIT_BENCH_RUNS: how often each is run (3). The rate is what more events cost more; the start stands by itself.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sharedFile } from '../src/eql/support.test.ts';
import { EcsEvents } from './ecs-events.ts';
import { isInstalled, measure } from './measure.ts';

const RUNS = Number(process.env.HOPLIMIT_BENCH_RUNS ?? 3);
const HOPLIMIT = fileURLToPath(new URL('../bin/hoplimit', import.meta.url));
const COUNTS = [0, 100_000, 300_000] as const;

const EVENTS_PER_SECOND = 100_000;
const START_SECONDS = 1;

function ndjson(count: number): string {
  const events = new EcsEvents(1);
  let text = '';
  for (let i = 0; i < count; i++) text += `${JSON.stringify(events.next())}\n`;
  return text;
}

export async function bench(): Promise<void> {
  const rules = sharedFile('elastic-rules');
  if (rules === null) {
    console.log('logs: skipped, the public rules are not here');
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), 'hoplimit-logs-'));
  try {
    const oneCore = isInstalled('taskset') ? ['taskset', '-c', '0'] : [];
    const commands = COUNTS.map((count) => {
      const file = join(folder, `${count}.ndjson`);
      writeFileSync(file, ndjson(count));
      return { name: String(count), argv: [...oneCore, HOPLIMIT, 'detect', '--rules', rules, '--json', file] };
    });
    const measured = await measure(commands, RUNS);
    const [start, some, many] = COUNTS.map((count) => measured.get(String(count)));
    if (!start || !some || !many) throw new Error('a command was not measured');
    const rate = (COUNTS[2] - COUNTS[1]) / (many.seconds - some.seconds);
    const verdict = (isMet: boolean) => (isMet ? 'met' : 'MISSED');
    console.log(
      `start, all rules, no event: ${start.seconds.toFixed(2)} s (under ${START_SECONDS}): ${verdict(start.seconds < START_SECONDS)}`,
    );
    for (const [index, { seconds, peakBytes }] of [some, many].entries()) {
      console.log(
        `${COUNTS[index + 1].toLocaleString('en')} events: ${seconds.toFixed(2)} s, ${(peakBytes / 1e6).toFixed(0)} MB`,
      );
    }
    console.log(
      `further events: ${Math.round(rate).toLocaleString('en')} a second (at least ${EVENTS_PER_SECOND.toLocaleString('en')}): ${verdict(rate >= EVENTS_PER_SECOND)}`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
}

if (import.meta.main) await bench();
