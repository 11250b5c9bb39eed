import { writeSync } from 'node:fs';
import { escapeControls, escapeControlsButStyles } from '../base/controls.ts';
import { JsonBytes } from '../base/json-bytes.ts';

/** Bytes that are gathered before they are written. */
const BUFFERED = 1 << 16;

const LINE_FEED = 0x0a;

/** Whoever read the output has gone away, as `head` does. No failure. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Lines to a file descriptor, gathered, and written before `line` returns once there are enough: memory stays bounded. */
class Output {
  readonly #descriptor: number;
  readonly isTerminal: boolean;
  readonly #pending = new JsonBytes(BUFFERED * 2);

  constructor(stream: { readonly fd: number; readonly isTTY?: boolean }) {
    this.#descriptor = stream.fd;
    this.isTerminal = stream.isTTY ?? false;
  }

  /** Text, with styles of ours; the last gate for what came from a rule or an event as it was. */
  line(text: string): void {
    this.#pending.text(escapeControlsButStyles(text));
    this.#endLine();
  }

  /** Whole lines, with nothing in them that a terminal obeys where this is one. */
  bytes(lines: Uint8Array): void {
    this.#pending.raw(lines);
    this.#flushEnough();
  }

  #endLine(): void {
    this.#pending.byte(LINE_FEED);
    this.#flushEnough();
  }

  #flushEnough(): void {
    if (this.#pending.length >= BUFFERED || this.isTerminal) this.flush();
  }

  /** @throws OutputClosed where nobody reads any more */
  flush(): void {
    const bytes = this.#pending.content;
    this.#pending.clear();
    if (bytes.length > 0) writeFully(this.#descriptor, bytes);
  }
}

/** Output of text alone: messages with names and pieces from elsewhere in them, never with styles. */
class Messages extends Output {
  override line(text: string): void {
    super.line(escapeControls(text));
  }
}

function writeFully(descriptor: number, bytes: Buffer): void {
  let at = 0;
  while (at < bytes.length) {
    try {
      at += writeSync(descriptor, bytes, at, bytes.length - at);
    } catch (error) {
      // Errors of the operating system carry its code.
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EPIPE') throw new OutputClosed();
      if (code !== 'EAGAIN') throw error;
      // A pipe that does not block is full: its reader needs time.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

export const stdout = new Output(process.stdout);
export const stderr = new Messages(process.stderr);
