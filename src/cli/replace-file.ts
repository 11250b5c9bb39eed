import { randomUUID } from 'node:crypto';
import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';

/**
 * Gives a file a new content, with the mode that it has. The content is written beside it, under a name that takes its
 * place when all is on the disk, so that nothing is lost where that fails. Links are followed.
 * @throws errors of the operating system; the file is then as it was
 */
export function replaceFile(path: string, content: string): void {
  const file = realpathSync(path);
  // Taking the place of a file asks for no permission on the file itself.
  accessSync(file, constants.W_OK);
  const temporary = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`);
  try {
    write(temporary, content, file);
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function write(path: string, content: string, like: string): void {
  const { mode, uid, gid } = statSync(like);
  const descriptor = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(descriptor, content);
    const made = statSync(path);
    if (made.uid !== uid || made.gid !== gid) fchownSync(descriptor, uid, gid);
    fchmodSync(descriptor, mode);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
