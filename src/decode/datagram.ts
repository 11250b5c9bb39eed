import { MAX_DATAGRAM_BYTES, MAX_FRAGMENT_RUNS } from './limits.ts';

/** Bytes that a datagram's memory starts with: two fragments of the usual size. */
const FIRST_BYTES = 4096;

/** What became of a fragment. */
export type Added = 'added' | 'repeated' | 'overlapped' | 'contradicted' | 'too_many_runs';

/** The payload of one IP datagram, as far as its fragments have come. */
export class Datagram {
  bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  /** Runs of bytes that are there: sorted, apart from each other, not empty. */
  #runs: { start: number; end: number }[] = [];
  /** Bytes of the whole; null until the last fragment has come. */
  #total: number | null = null;

  /** Bytes of the whole once all are there, else null. */
  get completeLength(): number | null {
    const [run] = this.#runs;
    return this.#runs.length === 1 && run.start === 0 && run.end === this.#total ? run.end : null;
  }

  /**
   * Adds `from` of `source` at `start` of the datagram. Bytes that are there stay: the first copy wins. (Linux drops an
   * IPv4 datagram whose fragments overlap since 4.19, and an IPv6 one as RFC 5722 asks, so nobody received either copy;
   * fragments that only repeat what is there it ignores, as we do.)
   * @param isLast whether the datagram ends with it
   */
  add(source: Buffer, from: number, length: number, start: number, isLast: boolean): Added {
    const end = start + length;
    const lastEnd = this.#runs.at(-1)?.end ?? 0;
    if (isLast && (end < lastEnd || (this.#total !== null && this.#total !== end))) return 'contradicted';
    if (end > (this.#total ?? MAX_DATAGRAM_BYTES)) return 'contradicted';
    this.#makeRoom(end);
    const result = this.#fillGaps(source, from - start, start, end);
    this.#addRun(start, end);
    if (isLast) this.#total = end;
    return this.#runs.length > MAX_FRAGMENT_RUNS ? 'too_many_runs' : result;
  }

  /** Copies what is not there yet. `shift` leads from an offset in the datagram to one in `source`. */
  #fillGaps(source: Buffer, shift: number, start: number, end: number): 'added' | 'repeated' | 'overlapped' {
    let at = start;
    let overlapped = false;
    let same = true;
    let copied = false;
    for (const run of this.#runs) {
      if (run.end <= at || at >= end) continue;
      if (run.start >= end) break;
      if (run.start > at) {
        source.copy(this.bytes, at, at + shift, run.start + shift);
        copied = true;
        at = run.start;
      }
      const overlapEnd = Math.min(run.end, end);
      overlapped = true;
      if (source.compare(this.bytes, at, overlapEnd, at + shift, overlapEnd + shift) !== 0) same = false;
      at = overlapEnd;
    }
    if (at < end) {
      source.copy(this.bytes, at, at + shift, end + shift);
      copied = true;
    }
    if (!overlapped) return 'added';
    return copied || !same ? 'overlapped' : 'repeated';
  }

  #addRun(start: number, end: number): void {
    const apart = this.#runs.filter((run) => run.end < start || run.start > end);
    const touching = this.#runs.filter((run) => run.end >= start && run.start <= end);
    const merged = {
      start: Math.min(start, ...touching.map((run) => run.start)),
      end: Math.max(end, ...touching.map((run) => run.end)),
    };
    this.#runs = [...apart, merged].sort((a, b) => a.start - b.start);
  }

  #makeRoom(end: number): void {
    if (end <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.min(MAX_DATAGRAM_BYTES, Math.max(end, this.bytes.length * 2)));
    this.bytes.copy(larger);
    this.bytes = larger;
  }
}
