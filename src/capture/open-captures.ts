import { statSync } from 'node:fs';
import type { Micros } from '../base/time.ts';
import { BlockPool } from './block-pool.ts';
import { type LateSource, Merge } from './merge.ts';
import { newPacket } from './new-packet.ts';
import { type CaptureOptions, type CaptureSource, openCapture, openCaptureWith } from './open-capture.ts';
import { STANDARD_INPUT } from './open-file.ts';
import type { Packet } from './packet.ts';
import type { CaptureProblem } from './problem.ts';

/**
 * Opens several captures as one: their packets by time, each capture's own order kept.
 * @param paths as for `openCapture`; at least one
 * @throws CaptureError where one of them cannot be opened or is no capture; later, from `fill`, where one that could be
 *   opened no longer can
 */
export async function openCaptures(paths: readonly string[], options: CaptureOptions = {}): Promise<CaptureSource> {
  if (paths.length === 1) return openCapture(paths[0], options);
  const pool = new BlockPool();
  const captures: LateCapture[] = [];
  try {
    for (const path of paths) captures.push(await lateCapture(pool, path, options));
  } catch (error) {
    for (const { source } of captures) await source?.close();
    throw error;
  }
  return new MergedCapture(captures);
}

interface LateCapture extends LateSource<CaptureSource> {
  readonly totalBytes: number | null;
  /** What is open already. */
  readonly source: CaptureSource | null;
}

/** A file is looked at and closed again until its time has come; what cannot be opened twice stays open. */
async function lateCapture(pool: BlockPool, path: string, options: CaptureOptions): Promise<LateCapture> {
  if (!isRegularFile(path)) {
    const source = await openCaptureWith(pool, path, options);
    const { totalBytes } = source;
    return { startsAt: Number.NEGATIVE_INFINITY, totalBytes, source, open: async () => source };
  }
  const source = await openCaptureWith(pool, path, {});
  const startsAt = await firstTime(source);
  await source.close();
  return { startsAt, totalBytes: source.totalBytes, source: null, open: () => openCaptureWith(pool, path, options) };
}

/** Whether a path can be opened again and then gives the same bytes. */
function isRegularFile(path: string): boolean {
  return path !== STANDARD_INPUT && (statSync(path, { throwIfNoEntry: false })?.isFile() ?? false);
}

/** Time of the first packet. -Infinity where there is none: so what is wrong with the file is reported at once. */
async function firstTime(source: CaptureSource): Promise<Micros> {
  const packet = newPacket();
  while (!source.next(packet)) if (!(await source.fill())) return Number.NEGATIVE_INFINITY;
  return packet.time;
}

class MergedCapture implements CaptureSource {
  readonly totalBytes: number | null;
  readonly #merge: Merge<CaptureSource>;
  /** All that were opened, those that have ended too. */
  readonly #opened = new Set<CaptureSource>();

  constructor(captures: readonly LateCapture[]) {
    this.totalBytes = captures.reduce<number | null>(
      (sum, { totalBytes }) => (sum === null || totalBytes === null ? null : sum + totalBytes),
      0,
    );
    for (const { source } of captures) if (source !== null) this.#opened.add(source);
    this.#merge = new Merge(captures.map(({ startsAt, open }) => ({ startsAt, open: () => this.#open(open) })));
  }

  get problems(): readonly CaptureProblem[] {
    return [...this.#opened].flatMap((source) => source.problems);
  }

  get bytesRead(): number {
    return [...this.#opened].reduce((sum, source) => sum + source.bytesRead, 0);
  }

  next(packet: Packet): boolean {
    return this.#merge.next(packet);
  }

  comments(): string[] {
    return this.#merge.last?.comments() ?? [];
  }

  fill(): Promise<boolean> {
    return this.#merge.fill();
  }

  async close(): Promise<void> {
    await this.#merge.close();
    for (const source of this.#opened) await source.close();
  }

  async #open(open: () => Promise<CaptureSource>): Promise<CaptureSource> {
    const source = await open();
    this.#opened.add(source);
    return source;
  }
}
