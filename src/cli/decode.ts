import { readCaptures, type TrafficOptions } from './captures.ts';
import { EventWriter } from './event-writer.ts';
import { EXIT, type ExitStatus } from './exit.ts';
import { stdout } from './output.ts';

/** `hoplimit decode`: every HTTP transaction as an ECS event, one JSON document a line. */
export async function decode(paths: readonly string[], options: TrafficOptions): Promise<ExitStatus> {
  const writer = new EventWriter((lines) => stdout.bytes(lines));
  try {
    await readCaptures(paths, options, (transaction) => writer.add(transaction));
  } finally {
    writer.finish();
  }
  return EXIT.done;
}
