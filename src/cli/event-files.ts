import { identify } from '../capture/identify.ts';
import { captureOf } from '../capture/open-capture.ts';
import { type OpenFile, openFile } from '../capture/open-file.ts';
import { CaptureError } from '../capture/problem.ts';
import { HttpEvent } from '../ecs/http-event.ts';
import { DocumentEvent } from '../ingest/document-event.ts';
import type { LineEvents } from '../ingest/line-events.ts';
import { type LineProblem, readNdjson } from '../ingest/ndjson.ts';
import { checkStandardInput, readSource, type TrafficOptions } from './captures.ts';
import { CommandError } from './exit.ts';
import { stderr } from './output.ts';
import { countText, Progress, plural } from './progress.ts';

export interface EventHandlers {
  readonly onHttpEvent: (event: HttpEvent) => void;
  readonly onDocument: (event: DocumentEvent) => void;
  /** Makes the events of documents. One is good until the next, or until it is kept. */
  readonly lines: LineEvents;
}

/** Line problems that are told; the rest are counted. */
const MAX_TOLD = 5;

/**
 * Reads files one after the other, each a capture or NDJSON, whatever its name; standard input where none is named.
 * Progress and problems go to standard error.
 */
export async function readEventFiles(
  paths: readonly string[],
  options: TrafficOptions,
  handlers: EventHandlers,
): Promise<void> {
  if (paths.length === 0 && process.stdin.isTTY) {
    throw new CommandError('name a file, or pipe events or a capture in', 2);
  }
  checkStandardInput(paths);
  for (const path of paths.length > 0 ? paths : ['-']) {
    try {
      const file = await openFile(path);
      if (identify(file.head).kind === 'unknown') await readDocuments(file, handlers);
      else await readCapture(file, options, handlers);
    } catch (error) {
      if (error instanceof CaptureError) throw new CommandError(error.message);
      throw error;
    }
  }
  stderr.flush();
}

async function readCapture(file: OpenFile, options: TrafficOptions, handlers: EventHandlers): Promise<void> {
  await readSource(await captureOf(file), options, (transaction) => handlers.onHttpEvent(new HttpEvent(transaction)));
}

async function readDocuments(file: OpenFile, handlers: EventHandlers): Promise<void> {
  const { name, input, head } = file;
  if (head.length > 0 && !/^[\s\ufeff]*[{\n]/.test(head.toString('utf8'))) {
    const format = identify(head);
    const what = format.kind === 'unknown' ? format.looksLike : format.kind;
    await input.close();
    throw new CommandError(`${name} is neither a capture nor NDJSON (a JSON object a line), but ${what}`);
  }
  let documents = 0;
  const problems: LineProblem[] = [];
  let untold = 0;
  const progress = new Progress();
  try {
    await readNdjson(input, head, {
      onLine: (bytes, start, end) => {
        const event = handlers.lines.event(bytes, start, end);
        if (event === null) return false;
        documents++;
        handlers.onDocument(event);
        return true;
      },
      onDocument: (document) => {
        documents++;
        handlers.onDocument(new DocumentEvent(document));
      },
      onProblem: (problem) => {
        if (problems.length < MAX_TOLD) problems.push(problem);
        else untold++;
      },
      onProgress: () => progress.update(input.bytesRead, input.totalBytes, () => `${countText(documents)} events`),
    });
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'InputError') throw error;
    stderr.line(`hoplimit: ${name}: ${error.message}; what came before was read`);
  } finally {
    progress.end();
    await input.close();
  }
  for (const { line, message } of problems) stderr.line(`hoplimit: ${name}:${line}: ${message}; left out`);
  if (untold > 0) stderr.line(`hoplimit: ${name}: ${plural(untold, 'more line')} left out`);
  stderr.flush();
  if (documents === 0 && problems.length > 0) {
    throw new CommandError(`${name} has no event: NDJSON is a JSON object a line, and no line of it is one`);
  }
}
