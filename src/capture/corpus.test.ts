import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { newPacket } from './new-packet.ts';
import { openCapture } from './open-capture.ts';

const CORPUS = fileURLToPath(new URL('../../../shared/data/captures', import.meta.url));
const noCorpus = existsSync(CORPUS) ? false : 'the corpus of captures is not here';
const noCapinfos = spawnSync('capinfos', ['--version']).status === 0 ? false : 'capinfos is not installed';

/** Captures below a folder of the corpus, by their paths in it. */
function captures(folder: string): string[] {
  const paths = readdirSync(join(CORPUS, folder), { recursive: true, encoding: 'utf8' });
  return paths.filter((path) => /\.(pcap|pcapng|cap|trace)(\.gz)?$/.test(path)).map((path) => join(folder, path));
}

async function countPackets(path: string): Promise<{ packets: number; problems: readonly unknown[] }> {
  const source = await openCapture(join(CORPUS, path));
  const packet = newPacket();
  let packets = 0;
  do {
    while (source.next(packet)) packets++;
  } while (await source.fill());
  return { packets, problems: source.problems };
}

for (const folder of ['http', 'evader', 'linktypes', 'own']) {
  test(`packets of all captures in ${folder} are as many as capinfos counts`, {
    skip: noCorpus || noCapinfos,
  }, async () => {
    const paths = captures(folder);
    // Terse table (-T) of packet counts (-c) in plain numbers (-M), no header (-r).
    const { stdout } = spawnSync('capinfos', ['-T', '-M', '-r', '-c', ...paths], { cwd: CORPUS, encoding: 'utf8' });
    const expected = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split('\t'));
    assert.equal(expected.length, paths.length);
    for (const [path, count] of expected) {
      assert.deepEqual(await countPackets(path), { packets: Number(count), problems: [] }, path);
    }
  });
}

test('pcapng-test-generator says how many packet blocks its captures have', { skip: noCorpus }, async () => {
  const folder = 'linktypes/hadrielk+pcapng-test-generator';
  let checked = 0;
  for (const path of captures(folder)) {
    const name = path.slice(folder.length + 1);
    const description = join(CORPUS, folder, 'expected', `${name}--${name.replace(/^output_.e__|\.pcapng$/g, '')}.txt`);
    if (!existsSync(description)) continue;
    const counts = readFileSync(description, 'utf8').matchAll(/^\t(?:EPB|SPB|PB): (\d+)$/gm);
    const expected = [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
    assert.deepEqual(await countPackets(path), { packets: expected, problems: [] }, path);
    checked++;
  }
  assert.ok(checked > 20);
});
