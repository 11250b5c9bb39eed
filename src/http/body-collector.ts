/** The first bytes of a body, copied as they come, up to a limit; a gap ends it. */
export class BodyCollector {
  readonly #limit: number;
  readonly #parts: Buffer[] = [];
  #length = 0;
  #isCut = false;

  constructor(limit: number) {
    this.#limit = limit;
  }

  add(bytes: Buffer, start: number, end: number): void {
    if (this.#isCut) return;
    const taken = Math.min(end - start, this.#limit - this.#length);
    if (taken < end - start) this.#isCut = true;
    if (taken === 0) return;
    this.#parts.push(Buffer.from(bytes.subarray(start, start + taken)));
    this.#length += taken;
  }

  cut(): void {
    this.#isCut = true;
  }

  /** Nothing was left out of `bytes`. */
  get whole(): boolean {
    return !this.#isCut;
  }

  bytes(): Buffer {
    return Buffer.concat(this.#parts, this.#length);
  }
}
