import type { JsonDocument } from '../base/json-document.ts';
import type { ByteInput } from '../capture/byte-input.ts';

/** Bytes read at once. */
const CHUNK_BYTES = 1 << 20;

/** Bytes of one line; a longer one is left out. */
const MAX_LINE_BYTES = 16 << 20;

/** Why a line was left out. */
export interface LineProblem {
  /** From 1. */
  readonly line: number;
  /** One sentence, without a full stop. */
  readonly message: string;
}

export interface NdjsonHandlers {
  /**
   * Takes a line as it stands in `bytes`, with a line feed behind it, until it returns. False: it is to be parsed. Without
   * this every line is.
   */
  readonly onLine?: (bytes: Buffer, start: number, end: number) => boolean;
  readonly onDocument: (document: JsonDocument) => void;
  readonly onProblem: (problem: LineProblem) => void;
  /** Called after each chunk. */
  readonly onProgress?: () => void;
}

/**
 * Reads newline-delimited JSON: an object a line, empty lines passed over. A line that is no JSON object is a problem,
 * and the rest is read. An Elasticsearch hit (`{"_id": …, "_source": {…}}`) counts as its source.
 * @param head bytes of the input that were read already
 * @throws what the input throws, after all lines before it were handed on
 */
export async function readNdjson(input: ByteInput, head: Buffer, handlers: NdjsonHandlers): Promise<void> {
  const lines = new LineSplitter(handlers);
  const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  lines.add(head);
  try {
    for (;;) {
      const length = await input.read(chunk, 0, chunk.length);
      if (length === 0) break;
      lines.add(chunk.subarray(0, length));
      handlers.onProgress?.();
    }
  } finally {
    lines.end();
  }
}

const LINE_FEED = Buffer.from('\n');

class LineSplitter {
  readonly #handlers: NdjsonHandlers;
  /** The start of a line whose end has not come. */
  #parts: Buffer[] = [];
  #partBytes = 0;
  #isTooLong = false;
  #line = 0;

  constructor(handlers: NdjsonHandlers) {
    this.#handlers = handlers;
  }

  add(bytes: Buffer): void {
    let start = 0;
    for (;;) {
      const newline = bytes.indexOf(0x0a, start);
      if (newline < 0) break;
      this.#endLine(bytes, start, newline);
      start = newline + 1;
    }
    this.#keep(bytes.subarray(start));
  }

  end(): void {
    if (this.#partBytes > 0 || this.#isTooLong) this.#endLine(LINE_FEED, 0, 0);
  }

  #keep(rest: Buffer): void {
    if (rest.length === 0 || this.#isTooLong) return;
    if (this.#partBytes + rest.length > MAX_LINE_BYTES) {
      this.#isTooLong = true;
      this.#parts = [];
      this.#partBytes = 0;
      return;
    }
    this.#parts.push(Buffer.from(rest));
    this.#partBytes += rest.length;
  }

  /** @param end of the line, where its line feed stands */
  #endLine(bytes: Buffer, start: number, end: number): void {
    this.#line++;
    if (this.#isTooLong || this.#partBytes + end - start > MAX_LINE_BYTES) {
      this.#handlers.onProblem({ line: this.#line, message: `the line is longer than ${MAX_LINE_BYTES >> 20} MiB` });
    } else if (this.#partBytes === 0) {
      this.#take(bytes, start, end);
    } else {
      const line = Buffer.concat([...this.#parts, bytes.subarray(start, end), LINE_FEED]);
      this.#take(line, 0, line.length - 1);
    }
    this.#parts = [];
    this.#partBytes = 0;
    this.#isTooLong = false;
  }

  #take(bytes: Buffer, start: number, end: number): void {
    if (this.#handlers.onLine?.(bytes, start, end) !== true) this.#parse(bytes.toString('utf8', start, end));
  }

  #parse(line: string): void {
    const text = this.#line === 1 ? line.replace(/^\ufeff/, '') : line;
    if (text.trim() === '') return;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch (error) {
      this.#handlers.onProblem({ line: this.#line, message: syntaxProblem(error) });
      return;
    }
    if (!isObject(value)) {
      this.#handlers.onProblem({ line: this.#line, message: 'a line must be a JSON object' });
      return;
    }
    this.#handlers.onDocument(isObject(value._source) ? { _id: value._id, ...value._source } : value);
  }
}

/** What JSON.parse has to say, but for the piece of the text that it quotes: that may be a secret, or anything at all. */
function syntaxProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  if (/^Unexpected end|^Unterminated/.test(message)) return 'this is no JSON: it ends too early';
  const position = /at position (\d+)/.exec(message);
  return position === null ? 'this is no JSON' : `this is no JSON, from character ${Number(position[1]) + 1} on`;
}

function isObject(value: unknown): value is JsonDocument {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
