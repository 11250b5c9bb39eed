import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { Detector } from '../src/detect/detector.ts';
import { type HttpEvent, httpEventReader } from '../src/ecs/http-event.ts';
import { loadRuleSet } from '../src/rules/rule-set.ts';
import { shared, WITHOUT_SHARED } from './support/shared.ts';
import { parseTable } from './support/table.ts';
import { eventOfRequest, readRecorded } from './support/wire.ts';

const TABLE = parseTable(readFileSync(new URL('wire.tsv', import.meta.url), 'utf8'), [
  'file',
  'server',
  'request',
  'service',
  'class',
  'session',
  'flagship rule',
  'remark',
]);

const FLAGSHIP = new URL('../rules/elastic/credential_access_cloud_imds_credential_http_request.toml', import.meta.url);

describe('what real clients put on the wire', { skip: WITHOUT_SHARED }, () => {
  const files = WITHOUT_SHARED ? [] : readdirSync(shared('wire')).sort();
  const { rules } = loadRuleSet([fileURLToPath(FLAGSHIP)]);
  const flagship = new Detector<HttpEvent>(rules, { reader: httpEventReader, clock: () => 0 });

  it('every file is in the table', () => {
    assert.deepEqual([...new Set(TABLE.map(({ file }) => file))], files);
  });

  for (const file of files) {
    it(`${file}: requests are read, classified and judged as the table has it`, () => {
      const rows = TABLE.filter((row) => row.file === file);
      const found = readRecorded(shared(`wire/${file}`)).map(({ remark, bytes }, index) => {
        const server = rows[index]?.server ?? '';
        const event = eventOfRequest(bytes, server);
        assert.ok(event?.request, `request ${index + 1} is not read`);
        checkHead(event, bytes);
        return {
          file,
          server,
          request: `${event.request.method} ${event.request.target}`,
          service: String(event.get('hoplimit.service')),
          class: String(event.get('hoplimit.class')),
          session: String(event.get('hoplimit.session') ?? '-'),
          'flagship rule': flagship.detect(event).length > 0 ? 'match' : '-',
          remark: remark.trim(),
        };
      });
      assert.deepEqual(found, rows);
    });
  }
});

/** Request line and header fields are those that a plain reading of the text gives. */
function checkHead({ request }: HttpEvent, bytes: Buffer): void {
  const [line, ...fields] = bytes.toString('latin1').trimEnd().split('\r\n');
  assert.equal(`${request?.method} ${request?.target} HTTP/${request?.version}`, line);
  assert.deepEqual(
    request?.head.fields.map(({ name, value }) => `${name}: ${value}`),
    fields.map((field) => field.replace(/^[^:]+/, (name) => name.toLowerCase())),
  );
}
