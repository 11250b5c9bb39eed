import { readFileSync, statSync } from 'node:fs';
import type { Diagnostic } from '../base/diagnostic.ts';
import { fileErrorText } from '../base/file-error.ts';

/** A rule and its tests are text by hand; what is larger is something else. */
const MAX_RULE_FILE_BYTES = 1024 * 1024;

export interface ReadText {
  /** Empty where the file could not be read. */
  readonly text: string;
  /** Why it could not. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Reads a rule file, or a file of tests. Never throws. */
export function readText(path: string): ReadText {
  try {
    const entry = statSync(path);
    // A device or a pipe may have no end.
    if (!entry.isFile()) return failure('unreadable', 'cannot be read: it is no regular file');
    const { size } = entry;
    if (size <= MAX_RULE_FILE_BYTES) return { text: readFileSync(path, 'utf8'), diagnostics: [] };
    return failure('too-large', `${size} bytes; a rule file, or one of tests, has at most ${MAX_RULE_FILE_BYTES}`);
  } catch (error) {
    return failure('unreadable', `cannot be read: ${fileErrorText(error)}`);
  }
}

function failure(code: string, message: string): ReadText {
  return { text: '', diagnostics: [{ severity: 'error', code, message }] };
}
