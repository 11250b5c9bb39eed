import type { AnomalyCounter } from '../base/anomaly.ts';
import { fileErrorText } from '../base/file-error.ts';
import { BlockPool } from './block-pool.ts';
import { type ByteInput, InputError } from './byte-input.ts';
import type { Compression } from './decompress.ts';
import { identify } from './identify.ts';
import { type OpenFile, openFile, readError } from './open-file.ts';
import type { Packet, PacketSource } from './packet.ts';
import { PCAP_HEADER_BYTES, PcapReader, readPcapHeader } from './pcap-reader.ts';
import { PcapngReader } from './pcapng-reader.ts';
import { CaptureError, type CaptureProblem } from './problem.ts';
import type { ReadProblem, RecordReader } from './record-reader.ts';
import { Window } from './window.ts';

export interface CaptureOptions {
  /** Where it is counted that a capture is truncated or damaged. */
  readonly anomalies?: AnomalyCounter;
}

/** The packets of one capture, or of several that were merged. */
export interface CaptureSource extends PacketSource {
  /** Why files were not read to their end, as it comes to be known; at most one a file. */
  readonly problems: readonly CaptureProblem[];
  /** Bytes taken from the files so far, compressed as they are. */
  readonly bytesRead: number;
  /** Bytes of the files; null where that cannot be known. */
  readonly totalBytes: number | null;
  /** The comments (pcapng) of the packet that `next` gave last, until it is called again. */
  comments(): string[];
}

/**
 * Opens a capture: classic pcap or pcapng, as it is or compressed with gzip or zstd, whatever its name.
 * @param path of a file or named pipe, or `-` for standard input
 * @throws CaptureError where it cannot be opened or is no capture
 */
export async function openCapture(path: string, options: CaptureOptions = {}): Promise<CaptureSource> {
  return openCaptureWith(new BlockPool(), path, options);
}

/** The same, with memory that it shares with other captures. */
export async function openCaptureWith(pool: BlockPool, path: string, options: CaptureOptions): Promise<CaptureSource> {
  return captureOf(await openFile(path), options, pool);
}

/**
 * The capture that an open file holds.
 * @throws CaptureError where it is none; the file is then closed
 */
export async function captureOf(
  file: OpenFile,
  options: CaptureOptions = {},
  pool: BlockPool = new BlockPool(),
): Promise<CaptureSource> {
  const { name, input, head, compression } = file;
  try {
    const window = new Window(pool);
    window.add(head);
    return new OpenCapture(name, input, window, startReader(head, window, name, compression), options.anomalies);
  } catch (error) {
    await input.close();
    throw readError(name, error);
  }
}

function startReader(head: Buffer, window: Window, name: string, compression: Compression | null): RecordReader {
  const format = identify(head);
  switch (format.kind) {
    case 'pcapng':
      return new PcapngReader(window);
    case 'pcap': {
      const header = readPcapHeader(head);
      if (header.major !== 2) {
        const version = `${header.major}.${header.minor}`;
        throw new CaptureError(`${name} is a classic capture of version ${version}; only version 2 is known`);
      }
      window.skip(PCAP_HEADER_BYTES);
      return new PcapReader(header, window);
    }
    case 'unknown': {
      const what = compression === null ? format.looksLike : `${format.looksLike}, compressed with ${compression}`;
      throw new CaptureError(`${name} is no pcap or pcapng capture, but ${what}`);
    }
  }
}

class OpenCapture implements CaptureSource {
  readonly problems: CaptureProblem[] = [];
  readonly #name: string;
  readonly #input: ByteInput;
  readonly #window: Window;
  readonly #reader: RecordReader;
  readonly #anomalies: AnomalyCounter | undefined;
  #ended = false;

  constructor(
    name: string,
    input: ByteInput,
    window: Window,
    reader: RecordReader,
    anomalies: AnomalyCounter | undefined,
  ) {
    this.#name = name;
    this.#input = input;
    this.#window = window;
    this.#reader = reader;
    this.#anomalies = anomalies;
  }

  get bytesRead(): number {
    return this.#input.bytesRead;
  }

  get totalBytes(): number | null {
    return this.#input.totalBytes;
  }

  next(packet: Packet): boolean {
    return this.#reader.next(packet);
  }

  comments(): string[] {
    return this.#reader.comments();
  }

  async fill(): Promise<boolean> {
    if (this.#ended) return false;
    const problem = this.#reader.problem ?? (await this.#readMore());
    if (problem === 'none') return true;
    await this.close();
    if (problem !== 'end') {
      const { offset, message, code } = problem;
      this.problems.push({ file: this.#name, offset, message, code });
      this.#anomalies?.add(problem.code);
    }
    return false;
  }

  async close(): Promise<void> {
    this.#ended = true;
    await this.#window.close();
    await this.#input.close();
  }

  async #readMore(): Promise<ReadProblem | 'none' | 'end'> {
    const window = this.#window;
    try {
      if (await window.fill(this.#input)) return 'none';
    } catch (error) {
      const code = error instanceof InputError ? error.code : 'capture_damaged';
      return { code, offset: window.endOffset, message: fileErrorText(error) };
    }
    if (!window.unfinished) return 'end';
    return { code: 'capture_truncated', offset: window.offset, message: 'the capture ends in the middle of a record' };
  }
}
