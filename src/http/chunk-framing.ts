import { MAX_CHUNK_LINE } from './limits.ts';

const LF = 0x0a;
const CR = 0x0d;
const SEMICOLON = 0x3b;

/** What a byte of the framing has told. `data`: a chunk of `size` bytes follows. `done`: the body has ended. */
export type ChunkStep = 'more' | 'data' | 'done' | 'bad';

/**
 * All of a chunked body but its data (RFC 9112 section 7.1), byte by byte: chunk-size with chunk-ext, the line end
 * behind a chunk, and the trailer fields, which are passed over. White space around the size is let pass.
 */
export class ChunkFraming {
  /** Of the chunk that follows; holds at step `data`. */
  size = 0;
  #part: 'size' | 'extension' | 'end' | 'trailers' = 'size';
  #digits = 0;
  #lineLength = 0;

  begin(): void {
    this.#part = 'size';
    this.size = 0;
    this.#digits = 0;
    this.#lineLength = 0;
  }

  /** The data of a chunk have been taken. */
  endData(): void {
    this.#part = 'end';
  }

  take(byte: number): ChunkStep {
    switch (this.#part) {
      case 'size':
      case 'extension':
        return this.#takeOfSizeLine(byte);
      case 'end':
        if (byte === CR) return 'more';
        if (byte !== LF) return 'bad';
        this.begin();
        return 'more';
      case 'trailers':
        return this.#takeOfTrailers(byte);
    }
  }

  #takeOfSizeLine(byte: number): ChunkStep {
    if (byte === LF) return this.#endSizeLine();
    if (++this.#lineLength > MAX_CHUNK_LINE) return 'bad';
    if (this.#part === 'extension' || byte === CR) return 'more';
    const digit = hexDigit(byte);
    if (digit >= 0) {
      this.size = this.size * 16 + digit;
      this.#digits++;
      return this.size > Number.MAX_SAFE_INTEGER ? 'bad' : 'more';
    }
    const isSpace = byte === 0x20 || byte === 0x09;
    if (byte === SEMICOLON || (isSpace && this.#digits > 0)) this.#part = 'extension';
    return isSpace || byte === SEMICOLON ? 'more' : 'bad';
  }

  #endSizeLine(): ChunkStep {
    if (this.#digits === 0) return 'bad';
    if (this.size > 0) return 'data';
    this.#part = 'trailers';
    this.#lineLength = 0;
    return 'more';
  }

  #takeOfTrailers(byte: number): ChunkStep {
    if (byte === LF) {
      if (this.#lineLength === 0) return 'done';
      this.#lineLength = 0;
    } else if (byte !== CR) {
      this.#lineLength++;
    }
    return 'more';
  }
}

function hexDigit(byte: number): number {
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}
