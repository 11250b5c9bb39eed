import { writeSync } from 'node:fs';

/** Characters that are gathered before they are written. */
const BUFFERED = 1 << 16;

/** Whoever read the output has gone away, as `head` does. No failure. */
export class OutputClosed extends Error {
  override readonly name = 'OutputClosed';
}

/** Controls but for tab and line feed, and what turns the direction of writing: what a terminal obeys. */
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text from elsewhere for a terminal: escapes as JSON has them in place of what would be obeyed. */
export function escapeControls(text: string): string {
  return text.replace(OBEYED, escapeOf);
}

function escapeOf(code: string): string {
  return `\\u${code.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** What a terminal obeys, but for the styles that we write ourselves (SGR: colours, which do no harm). */
const OBEYED_BUT_STYLES =
  /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\u001b(?!\[\d{0,3}m)/g;

/** Of lines of JSON, which escapes the ASCII among them itself. */
function bytesOf(text: string): Buffer {
  const bytes = Buffer.from(text);
  const isAscii = bytes.length === text.length;
  return isAscii ? bytes : Buffer.from(text.replace(OBEYED_BUT_STYLES, escapeOf));
}

/** Lines to a file descriptor, gathered, and written before `line` returns once there are enough: memory stays bounded. */
class Output {
  readonly #descriptor: number;
  readonly isTerminal: boolean;
  #text = '';

  constructor(stream: { readonly fd: number; readonly isTTY?: boolean }) {
    this.#descriptor = stream.fd;
    this.isTerminal = stream.isTTY ?? false;
  }

  /** Text, with styles of ours; the last gate for what came from a rule or an event as it was. */
  line(text: string): void {
    this.json(text.replace(OBEYED_BUT_STYLES, escapeOf));
  }

  /** A line of JSON. */
  json(text: string): void {
    this.#text += `${text}\n`;
    if (this.#text.length >= BUFFERED || this.isTerminal) this.flush();
  }

  /** @throws OutputClosed where nobody reads any more */
  flush(): void {
    const text = this.#text;
    this.#text = '';
    if (text !== '') writeFully(this.#descriptor, bytesOf(text));
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
