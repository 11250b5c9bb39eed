const FIRST_AFTER = 1000;
const EVERY = 200;

/** A line on standard error that tells how far a long job is, how fast, and how long it will take. Terminals only. */
export class Progress {
  readonly #isShown: boolean;
  readonly #started: number;
  #next: number;
  #isOnScreen = false;

  constructor(stream: { readonly isTTY?: boolean } = process.stderr, now: number = performance.now()) {
    this.#isShown = stream.isTTY ?? false;
    this.#started = now;
    this.#next = now + FIRST_AFTER;
  }

  /**
   * Call as often as you like: now and then it draws.
   * @param done bytes that have been read
   * @param total bytes there are; null where nobody knows
   * @param counted what else has been counted, such as "12,000 packets"
   */
  update(done: number, total: number | null, counted: () => string): void {
    if (!this.#isShown) return;
    const now = performance.now();
    if (now < this.#next) return;
    this.#next = now + EVERY;
    this.#isOnScreen = true;
    process.stderr.write(`\r\x1b[2K${progressText(done, total, (now - this.#started) / 1000, counted())}`);
  }

  /** Takes the line away. */
  end(): void {
    if (this.#isOnScreen) process.stderr.write('\r\x1b[2K');
    this.#isOnScreen = false;
  }
}

function progressText(done: number, total: number | null, seconds: number, counted: string): string {
  const rate = done / Math.max(seconds, 0.001);
  const parts = [
    `${bytesText(done)}${total === null ? '' : ` of ${bytesText(total)}`}`,
    `${bytesText(rate)}/s`,
    counted,
  ];
  if (total !== null && rate > 0) {
    parts.unshift(`${Math.min(100, Math.floor((100 * done) / Math.max(total, 1)))} %`);
    parts.push(`${durationText(Math.max(0, total - done) / rate)} left`);
  }
  return parts.join('  ');
}

/** 1,234,567 as "1.2 MB". Decimal units. */
export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`;
}

/** Seconds as "0.8 s", "12 s", "3 min 20 s" or "2 h 5 min". */
export function durationText(seconds: number): string {
  if (seconds < 10) return `${seconds.toFixed(1)} s`;
  if (seconds < 60) return `${Math.round(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}

/** 1234567 as "1,234,567". */
export function countText(count: number): string {
  // The way through Intl takes 10 ms the first time.
  return String(count).replace(/\B(?=(?:\d{3})+$)/g, ',');
}

/** "1 alert", "2 alerts". */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
