import { HttpEvent } from '../ecs/http-event.ts';
import { readCaptures, type TrafficOptions } from './captures.ts';
import { EXIT, type ExitStatus } from './exit.ts';
import { stdout } from './output.ts';

/** `hoplimit decode`: every HTTP transaction as an ECS event, one JSON document a line. */
export async function decode(paths: readonly string[], options: TrafficOptions): Promise<ExitStatus> {
  await readCaptures(paths, options, (transaction) => stdout.document(new HttpEvent(transaction)));
  return EXIT.done;
}
