import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { CREDENTIAL_TOKEN, KEY_ID, makeSample, SAMPLE, SECRET_KEY, SESSION_TOKENS } from '../scripts/make-sample.ts';

const PROGRAM = fileURLToPath(new URL('../src/cli/hoplimit.ts', import.meta.url));

/** What a command prints about the sample, secrets sought for. */
function run(...args: string[]): string {
  const { stdout, stderr, status } = spawnSync(process.execPath, [PROGRAM, ...args, fileURLToPath(SAMPLE)], {
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
  for (const secret of [SECRET_KEY, CREDENTIAL_TOKEN, ...SESSION_TOKENS]) {
    assert.ok(!`${stdout}${stderr}`.includes(secret), `${args[0]} prints ${secret}`);
  }
  return stdout;
}

describe('samples/credential-theft.pcap', () => {
  it('is what the script writes, and small', () => {
    const bytes = readFileSync(SAMPLE);
    assert.ok(bytes.equals(makeSample()));
    assert.ok(bytes.length < 20_000);
  });

  it('holds the secrets that its output must not have', () => {
    const text = readFileSync(SAMPLE, 'latin1');
    for (const secret of [SECRET_KEY, CREDENTIAL_TOKEN, ...SESSION_TOKENS]) assert.ok(text.includes(secret));
  });

  it('has valid checksums', () => {
    const bytes = readFileSync(SAMPLE);
    let packets = 0;
    for (let at = 24; at < bytes.length; packets++) {
      const length = bytes.readUInt32LE(at + 8);
      const ip = bytes.subarray(at + 16 + 14, at + 16 + length);
      assert.equal(onesComplementSum(ip.subarray(0, 20)), 0xffff);
      const pseudoHeader = Buffer.from([...ip.subarray(12, 20), 0, 6, (ip.length - 20) >> 8, (ip.length - 20) & 0xff]);
      assert.equal(onesComplementSum(Buffer.concat([pseudoHeader, ip.subarray(20)])), 0xffff);
      at += 16 + length;
    }
    assert.equal(packets, 77);
  });

  it('gives an alert for each request of the theft, and none for what belongs there', () => {
    const alerts = run('analyze', '--json')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.deepEqual(
      alerts.map(({ url, hoplimit }) => [url.path, hoplimit.verdict, hoplimit.session, hoplimit.credential?.id]),
      [
        ['/latest/meta-data/iam/security-credentials/admin', 'denied', 'v1', undefined],
        ['/latest/meta-data/iam/security-credentials/', 'listing', 'v1', undefined],
        ['/latest/meta-data/iam/security-credentials/shop-web', 'returned', 'v1', KEY_ID],
      ],
    );
    assert.deepEqual(new Set(alerts.map(({ user_agent }) => user_agent.original)), new Set(['curl/8.5.0']));
  });

  it('decodes to eleven events without an anomaly, those of the application with IMDSv2', () => {
    const events = run('decode')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    assert.equal(events.length, 11);
    assert.deepEqual(
      events.filter(({ hoplimit }) => hoplimit.anomalies !== undefined),
      [],
    );
    const ofBoto3 = events.filter(({ user_agent }) => user_agent.original.startsWith('Boto3/'));
    assert.deepEqual(
      ofBoto3.map(({ http, hoplimit }) => [http.request.method, hoplimit.session, hoplimit.verdict]),
      [
        ['PUT', undefined, undefined],
        ['GET', 'v2', 'listing'],
        ['GET', 'v2', 'returned'],
      ],
    );
  });
});

/** 0xffff over bytes that hold their own checksum (RFC 1071). */
function onesComplementSum(bytes: Buffer): number {
  let sum = 0;
  for (const [index, byte] of bytes.entries()) sum += index % 2 === 0 ? byte << 8 : byte;
  while (sum > 0xffff) sum = (sum & 0xffff) + Math.floor(sum / 0x10000);
  return sum;
}
