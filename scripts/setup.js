// Installs what is missing and builds what is old. Plain JavaScript without dependencies: it runs on a fresh machine.
// It may bring the Node.js that fits, and a shell goes on with the one it found first: what needs the new one
// runs by `npm run`, which starts a shell of its own.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Runs a command of npm in the project; ends the program where it fails. */
function npm(...args) {
  console.error(`hoplimit: npm ${args.join(' ')}`);
  // What npm prints is not what the caller prints.
  const { status } = spawnSync('npm', args, {
    cwd: root,
    stdio: ['ignore', 2, 2],
    shell: process.platform === 'win32',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** Time of the newest file below a folder. */
function newest(folder) {
  let time = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    time = Math.max(time, entry.isDirectory() ? newest(path) : statSync(path).mtimeMs);
  }
  return time;
}

export function install() {
  const lock = join(root, 'package-lock.json');
  const installed = join(root, 'node_modules', '.package-lock.json');
  if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lock).mtimeMs)
    npm('ci', '--no-audit', '--no-fund');
}

export function build() {
  const built = join(root, 'dist', 'hoplimit.js');
  if (!existsSync(built) || statSync(built).mtimeMs < newest(join(root, 'src'))) npm('run', '--silent', 'build');
}

if (process.argv[1] === fileURLToPath(import.meta.url)) install();
