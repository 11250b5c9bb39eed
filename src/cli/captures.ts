import type { CaptureSource } from '../capture/open-capture.ts';
import { openCaptures } from '../capture/open-captures.ts';
import { CaptureError, type CaptureProblem } from '../capture/problem.ts';
import { unsupportedLinkType } from '../decode/link-type-name.ts';
import type { Transaction } from '../http/transaction.ts';
import { Pipeline } from '../pipeline.ts';
import { CommandError, EXIT } from './exit.ts';
import { stderr } from './output.ts';
import { countText, Progress, plural } from './progress.ts';

/** How the traffic of captures is read: the options that every command on captures has. */
export interface TrafficOptions {
  readonly ports?: readonly number[];
  readonly anyPort?: boolean;
}

/** Reads captures, merged by time, to their end. */
export async function readCaptures(
  paths: readonly string[],
  options: TrafficOptions,
  onTransaction: (transaction: Transaction) => void,
): Promise<Pipeline> {
  checkStandardInput(paths);
  try {
    return await readSource(await openCaptures(paths), options, onTransaction);
  } catch (error) {
    if (error instanceof CaptureError) throw new CommandError(error.message);
    throw error;
  }
}

/** Standard input can be read only once. */
export function checkStandardInput(paths: readonly string[]): void {
  if (paths.filter((path) => path === '-').length > 1) {
    throw new CommandError('standard input (-) is named more than once', EXIT.usage);
  }
}

/** Reads a capture to its end, with progress on standard error; what is wrong with it is said there. */
export async function readSource(
  source: CaptureSource,
  options: TrafficOptions,
  onTransaction: (transaction: Transaction) => void,
): Promise<Pipeline> {
  const pipeline = new Pipeline({ ...options, onTransaction });
  const { traffic, anomalies } = pipeline;
  const progress = new Progress();
  try {
    await pipeline.run(source, () =>
      progress.update(source.bytesRead, source.totalBytes, () => `${countText(traffic.packets)} packets`),
    );
  } finally {
    progress.end();
  }
  for (const problem of source.problems) {
    anomalies.add(problem.code);
    stderr.line(problemText(problem));
  }
  for (const [linkType, packets] of pipeline.decoder.unsupported) {
    stderr.line(`hoplimit: ${unsupportedLinkType(linkType)}; ${plural(packets, 'packet')} not decoded`);
  }
  stderr.flush();
  return pipeline;
}

function problemText({ file, offset, message }: CaptureProblem): string {
  return `hoplimit: ${file}: ${message} (at byte ${offset}); what came before was read`;
}

/** The ports of --port options: numbers, lists and ranges such as "80,8000-8010". */
export function parsePorts(text: string, before: readonly number[] = []): number[] {
  const ports = [...before];
  for (const part of text.split(',')) {
    const match = /^\s*(\d{1,5})(?:-(\d{1,5}))?\s*$/.exec(part);
    const first = Number(match?.[1]);
    const last = Number(match?.[2] ?? match?.[1]);
    if (!match || first < 1 || last > 65_535 || first > last) {
      throw new CommandError(`"${part}" is no port; write numbers from 1 to 65535, such as 80,8000-8010`, EXIT.usage);
    }
    for (let port = first; port <= last; port++) ports.push(port);
  }
  return ports;
}
