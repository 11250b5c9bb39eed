import { styleText } from 'node:util';

type Format = Parameters<typeof styleText>[0];

/** Makes text stand out where the terminal can; elsewhere, and with NO_COLOR, gives it as it is. */
export type Style = (format: Format, text: string) => string;

const plain: Style = (_format, text) => text;

/** See no-color.org; FORCE_COLOR asks for colour in a file or pipe as well. */
export function styleFor(output: { readonly isTerminal: boolean }, env: NodeJS.ProcessEnv = process.env): Style {
  if (env.NO_COLOR) return plain;
  const wanted = env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : output.isTerminal && env.TERM !== 'dumb';
  return wanted ? (format, text) => styleText(format, text, { validateStream: false }) : plain;
}

/** Columns of the terminal, within what reads well. */
export function widthOf(stream: { readonly columns?: number }): number {
  return Math.min(120, Math.max(60, stream.columns ?? 100));
}
