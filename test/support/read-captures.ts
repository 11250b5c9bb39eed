import type { CaptureSource } from '../../src/capture/open-capture.ts';
import { openCaptures } from '../../src/capture/open-captures.ts';
import { HttpEvent } from '../../src/ecs/http-event.ts';
import { Pipeline, type PipelineOptions } from '../../src/pipeline.ts';

export interface Reading {
  readonly events: HttpEvent[];
  readonly pipeline: Pipeline;
  readonly source: CaptureSource;
}

/** All events of captures, by time. */
export async function readCaptures(
  paths: readonly string[],
  options: Pick<PipelineOptions, 'ports' | 'anyPort'> = {},
): Promise<Reading> {
  const events: HttpEvent[] = [];
  const pipeline = new Pipeline({
    ...options,
    onTransaction: (transaction) => events.push(new HttpEvent(transaction)),
  });
  const source = await openCaptures(paths);
  await pipeline.run(source);
  events.sort((a, b) => a.time - b.time);
  return { events, pipeline, source };
}
