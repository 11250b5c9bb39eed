import { isUtf8 } from 'node:buffer';
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
    if (size <= MAX_RULE_FILE_BYTES) return decode(readFileSync(path));
    return failure('too-large', `${size} bytes; a rule file, or one of tests, has at most ${MAX_RULE_FILE_BYTES}`);
  } catch (error) {
    return failure('unreadable', `cannot be read: ${fileErrorText(error)}`);
  }
}

/** A mark of the byte order stays, so that the text has all that the file has. */
function decode(bytes: Buffer): ReadText {
  if (!isUtf8(bytes)) return failure('not-utf-8', 'is no text in UTF-8');
  return { text: bytes.toString('utf8'), diagnostics: [] };
}

function failure(code: string, message: string): ReadText {
  return { text: '', diagnostics: [{ severity: 'error', code, message }] };
}
