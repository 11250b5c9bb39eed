import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Captures and clients' requests that are too many, or not ours, to lie in the project. */
const DATA = new URL('../../../shared/data/', import.meta.url);

/** Path of a file or folder of the shared data. */
export function shared(path: string): string {
  return fileURLToPath(new URL(path, DATA));
}

/** For `skip` of a test that needs the shared data: why it is skipped, or false where they are there. */
export const WITHOUT_SHARED: string | false = existsSync(DATA)
  ? false
  : `needs the captures in ${fileURLToPath(DATA)}, which are not here`;
