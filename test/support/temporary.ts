import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after } from 'node:test';

/** A folder that goes away after the tests of the file, and a function that writes files into it. */
export function temporaryFolder(): { readonly path: string; write(name: string, bytes: string | Uint8Array): string } {
  const path = mkdtempSync(join(tmpdir(), 'hoplimit-test-'));
  after(() => rmSync(path, { recursive: true }));
  return {
    path,
    write(name, bytes) {
      const file = join(path, name);
      writeFileSync(file, bytes);
      return file;
    },
  };
}
