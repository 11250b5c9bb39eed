// `npm start`: installs and builds what is missing, then runs the main job: the analysis of a bundled theft.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, install } from './setup.js';

const root = fileURLToPath(new URL('..', import.meta.url));
install();
build();
const program = join(root, 'bin', 'hoplimit');
const sample = join(root, 'samples', 'credential-theft.pcap');
const { status } = spawnSync(program, ['analyze', sample], { stdio: 'inherit' });
process.exit(status ?? 1);
