import { closeSync, fstatSync, openSync } from 'node:fs';
import { fileErrorText } from '../base/file-error.ts';
import { type ByteInput, inputOf } from './byte-input.ts';
import { type Compression, compressionOf, DecompressedInput, hasZstd } from './decompress.ts';
import { HEAD_BYTES } from './identify.ts';
import { PCAP_HEADER_BYTES } from './pcap-reader.ts';
import { CaptureError } from './problem.ts';

/** What stands for standard input where a path is asked for. */
export const STANDARD_INPUT = '-';

/** A file whose first bytes have been read, decompressed where it is compressed. */
export interface OpenFile {
  /** Its path, or "standard input". */
  readonly name: string;
  /** What follows `head`. */
  readonly input: ByteInput;
  readonly head: Buffer;
  readonly compression: Compression | null;
}

/**
 * Opens a file, as it is or compressed with gzip or zstd, whatever its name.
 * @param path of a file or named pipe, or `-` for standard input
 * @throws CaptureError where it cannot be opened
 */
export async function openFile(path: string): Promise<OpenFile> {
  const name = path === STANDARD_INPUT ? 'standard input' : path;
  let input: ByteInput | null = null;
  try {
    input = openInput(path, name);
    let head = await readHead(input);
    const compression = compressionOf(head);
    if (compression !== null) {
      input = decompressed(input, head, compression, name);
      head = await readHead(input);
    }
    return { name, input, head, compression };
  } catch (error) {
    await input?.close();
    throw readError(name, error);
  }
}

export function readError(name: string, error: unknown): CaptureError {
  return error instanceof CaptureError ? error : new CaptureError(`${name} cannot be read: ${fileErrorText(error)}`);
}

function openInput(path: string, name: string): ByteInput {
  const descriptor = path === STANDARD_INPUT ? 0 : openSync(path, 'r');
  if (fstatSync(descriptor).isDirectory()) {
    closeSync(descriptor);
    throw new CaptureError(`${name} is a folder; name the capture files in it`);
  }
  return inputOf(descriptor);
}

/** The first bytes, as far as they are there; from a pipe no more than are needed, so that nothing waits. */
async function readHead(input: ByteInput): Promise<Buffer> {
  const head = Buffer.alloc(HEAD_BYTES);
  let length = 0;
  while (length < PCAP_HEADER_BYTES) {
    const read = await input.read(head, length, head.length - length);
    if (read === 0) break;
    length += read;
  }
  return head.subarray(0, length);
}

function decompressed(input: ByteInput, head: Buffer, compression: Compression, name: string): ByteInput {
  if (compression === 'zstd' && !hasZstd()) {
    throw new CaptureError(`${name} is compressed with zstd, which needs Node.js 22.15 or later; decompress it first`);
  }
  return new DecompressedInput(input, head, compression);
}
