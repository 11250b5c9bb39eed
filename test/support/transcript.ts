import type { Turn } from './conversation.ts';

/** A case of test/http: a sentence, what each side sends, and the transactions that must come of it. */
export interface Transcript {
  readonly sentence: string;
  readonly turns: Turn[];
  readonly expected: string[];
  /** Bytes of response bodies to keep. */
  readonly keep: number;
}

/**
 * Reads a transcript. Sections begin with `--- client`, `--- server` (with `fin` or `rst` where that side ends so) or
 * `--- transactions`; `--- keep N` asks for response bodies. Each line of a side is sent with CRLF behind it, but for
 * one that ends in a backslash; \r, \n, \t, \\ and \xHH stand for bytes.
 */
export function parseTranscript(text: string): Transcript {
  const [sentence, ...sections] = text.split(/^--- /m);
  const turns: Turn[] = [];
  let expected: string[] = [];
  let keep = 0;
  for (const section of sections) {
    const newline = section.indexOf('\n');
    const [kind, ...flags] = section.slice(0, newline).trim().split(/\s+/);
    const lines = section
      .slice(newline + 1)
      .replace(/\n$/, '')
      .split('\n');
    if (section.slice(newline + 1) === '') lines.length = 0;
    switch (kind) {
      case 'client':
      case 'server':
        turns.push({
          from: kind,
          bytes: bytesOf(lines),
          fin: flags.includes('fin'),
          rst: flags.includes('rst'),
        });
        break;
      case 'transactions':
        expected = lines.filter((entry) => entry !== '');
        break;
      case 'keep':
        keep = Number(flags[0]);
        break;
      default:
        throw new Error(`a transcript has no section ${kind}`);
    }
  }
  return { sentence: sentence.trim(), turns, expected, keep };
}

function bytesOf(lines: readonly string[]): Buffer {
  const text = lines.map((entry) => (entry.endsWith('\\') ? entry.slice(0, -1) : `${entry}\\r\\n`)).join('');
  const unescaped = text.replace(/\\(?:x([0-9a-fA-F]{2})|(.))/gs, (_all, hex: string | undefined, letter: string) => {
    if (hex !== undefined) return String.fromCharCode(Number.parseInt(hex, 16));
    return { r: '\r', n: '\n', t: '\t' }[letter] ?? letter;
  });
  return Buffer.from(unescaped, 'latin1');
}
