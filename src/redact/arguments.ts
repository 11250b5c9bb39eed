import { redactCommandText, redactFlagValues } from './command-line.ts';
import { redactText } from './text.ts';

/** The arguments of a process (`argv`, one string each) without the secrets in them. As many come out as went in. */
export function redactArguments(args: readonly string[]): string[] {
  return redactFlagValues(args).map((arg) => redactCommandLine(arg ?? ''));
}

/** A whole command line, or an argument that may be one (`sh -c '…'`). */
export function redactCommandLine(text: string): string {
  return redactText(/\s/.test(text) ? redactCommandText(text) : text);
}
