import { existsSync, readFileSync } from 'node:fs';
import { parse as parseToml } from 'smol-toml';
import type { DocumentReader, FieldValue } from '../base/field.ts';
import { compile } from './index.ts';

/**
 * Events a second that one core tests against the flagship rule, the events held in memory as plain objects:
 * - mix: one event in a thousand goes to 169.254.169.254;
 * - deep: every event gets as far as the list of user agents, and fails there.
 */

const RULE =
  '../../../shared/data/elastic-rules/rules/network/credential_access_cloud_imds_credential_http_request.toml';

/** An event as a pipeline holds it: an object of one shape, with a getter for each field that queries name. */
interface BenchEvent {
  readonly category: readonly string[];
  readonly module: string;
  readonly address: string;
  readonly port: number;
  readonly method: string;
  readonly path: string;
  readonly agent: string;
}

const GETTERS: Readonly<Record<string, (event: BenchEvent) => FieldValue>> = {
  'event.category': (event) => event.category,
  'event.module': (event) => event.module,
  'destination.ip': (event) => event.address,
  'destination.port': (event) => event.port,
  'http.request.method': (event) => event.method,
  'url.path': (event) => event.path,
  'user_agent.original': (event) => event.agent,
  'process.name': () => undefined,
  'process.executable': () => undefined,
};

const reader: DocumentReader<BenchEvent> = { field: (name) => GETTERS[name] ?? null };

export async function bench(): Promise<void> {
  const file = new URL(RULE, import.meta.url);
  if (!existsSync(file)) {
    console.log(`eql: skipped, ${RULE} is not here`);
    return;
  }
  const query = queryOf(parseToml(readFileSync(file, 'utf8')));
  const { matcher, diagnostics } = compile(query, { reader });
  if (!matcher) throw new Error(`the flagship rule does not compile: ${diagnostics[0]?.message}`);
  measure('flagship rule, 1 in 1,000 to the metadata service', mix(), matcher.matches);
  measure('flagship rule, all fail at the user agent', deep(), matcher.matches);
}

function queryOf(rule: unknown): string {
  const found = typeof rule === 'object' && rule !== null && 'rule' in rule ? rule.rule : null;
  if (typeof found === 'object' && found !== null && 'query' in found && typeof found.query === 'string')
    return found.query;
  throw new Error('the rule file has no query');
}

const AGENTS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36',
  'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15',
  'aws-sdk-go-v2/1.26.1 os/linux lang/go#1.22.2 md/GOOS#linux md/GOARCH#amd64 ft/ec2-imds',
  'Boto3/1.34.84 md/Botocore#1.34.84 ua/2.0 os/linux#6.5.0 md/arch#x86_64 lang/python#3.11.8 md/pyimpl#CPython',
  'aws-sdk-java/2.25.31 Linux/5.10.214 OpenJDK_64-Bit_Server_VM/17.0.10 Java/17.0.10 vendor/Amazon.com_Inc. io/sync',
];

/** Strings as a parser makes them: not the one object that a literal would be. */
function fresh(text: string): string {
  return Buffer.from(text).toString('latin1');
}

function event(address: string, path: string, agent: string): BenchEvent {
  return {
    category: [fresh('network'), fresh('web')],
    module: fresh('network_traffic'),
    address: fresh(address),
    port: 80,
    method: fresh('GET'),
    path: fresh(path),
    agent: fresh(agent),
  };
}

const EVENTS = 10_000;

const CREDENTIALS = '/latest/meta-data/iam/security-credentials/web-server-role';

function mix(): BenchEvent[] {
  return Array.from({ length: EVENTS }, (_, i) => {
    if (i % 1000 === 0) return event('169.254.169.254', CREDENTIALS, 'curl/8.5.0');
    const address = `10.${i & 255}.${(i >> 8) & 255}.${i % 250}`;
    return event(address, `/api/v1/items/${i}`, AGENTS[i % AGENTS.length]);
  });
}

function deep(): BenchEvent[] {
  return Array.from({ length: EVENTS }, (_, i) => event('169.254.169.254', CREDENTIALS, AGENTS[i % AGENTS.length]));
}

/** Runs for about a second and prints the rate; the events that match are counted so that the work cannot be left out. */
function measure(name: string, events: readonly BenchEvent[], matches: (event: BenchEvent) => boolean): void {
  let matched = 0;
  const pass = () => {
    for (const one of events) if (matches(one)) matched++;
  };
  for (let warm = 0; warm < 100; warm++) pass();
  const start = performance.now();
  let passes = 0;
  for (; performance.now() - start < 1000; passes++) pass();
  const seconds = (performance.now() - start) / 1000;
  const rate = Math.round((passes * events.length) / seconds);
  console.log(`eql: ${name}: ${rate.toLocaleString('en')} events/s (${matched} matched)`);
}

if (import.meta.main) await bench();
