import { writeSync } from 'node:fs';

/** Characters that are gathered before they are written. */
const BUFFERED = 1 << 16;

/** Whoever read the output has gone away, as `head` does. No failure. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Lines to a file descriptor, gathered, and written before `line` returns once there are enough: memory stays bounded. */
export class Output {
  readonly #descriptor: number;
  readonly isTerminal: boolean;
  #text = '';

  constructor(stream: { readonly fd: number; readonly isTTY?: boolean }) {
    this.#descriptor = stream.fd;
    this.isTerminal = stream.isTTY ?? false;
  }

  line(text: string): void {
    this.#text += `${text}\n`;
    if (this.#text.length >= BUFFERED || this.isTerminal) this.flush();
  }

  /** @throws OutputClosed where nobody reads any more */
  flush(): void {
    const text = this.#text;
    this.#text = '';
    if (text !== '') writeFully(this.#descriptor, harmless(text));
  }
}

/** C1 controls, and what turns the direction of writing. Terminals obey them, and JSON leaves them as they are. */
const OBEYED = /[\u0080-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** The text in UTF-8, with escapes as JSON has them in place of what a terminal would obey. */
function harmless(text: string): Buffer {
  const bytes = Buffer.from(text);
  if (bytes.length === text.length) return bytes; // ASCII alone
  return Buffer.from(text.replace(OBEYED, (code) => `\\u${code.charCodeAt(0).toString(16).padStart(4, '0')}`));
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
export const stderr = new Output(process.stderr);
