/**
 * The flagship rule over events in memory: node src/detect/detect.bench.ts
 */
import { readFileSync } from 'node:fs';
import type { DocumentReader, FieldValue } from '../base/field.ts';
import type { Event } from '../ecs/event.ts';
import { loadRule } from '../rules/load-rule.ts';
import type { Alert } from './alert.ts';
import { Detector } from './detector.ts';

const RULE = new URL('../../rules/elastic/credential_access_cloud_imds_credential_http_request.toml', import.meta.url);
const EVENTS = 10_000;
const SECONDS = 1;

class HttpEvent implements Event {
  readonly time = Date.UTC(2026, 4, 23, 10) * 1000;
  readonly id: string;
  readonly address: string;
  readonly path: string;
  readonly userAgent: string;

  constructor(id: number, address: string, path: string, userAgent: string) {
    this.id = `event-${id}`;
    this.address = address;
    this.path = path;
    this.userAgent = userAgent;
  }

  keep(): void {}

  get(field: string): FieldValue {
    return FIELDS[field]?.(this);
  }

  toJSON(): Record<string, unknown> {
    return {
      event: { id: this.id, module: 'network_traffic', category: ['network'] },
      destination: { ip: this.address, port: 80 },
      http: { request: { method: 'GET' } },
      url: { path: this.path },
      user_agent: { original: this.userAgent },
    };
  }
}

const CATEGORY = ['network'];
const FIELDS: Readonly<Record<string, (event: HttpEvent) => FieldValue>> = {
  'event.category': () => CATEGORY,
  'event.module': () => 'network_traffic',
  'destination.ip': (event) => event.address,
  'destination.port': () => 80,
  'http.request.method': () => 'GET',
  'url.path': (event) => event.path,
  'user_agent.original': (event) => event.userAgent,
  'process.name': () => undefined,
  'process.executable': () => undefined,
};
const reader: DocumentReader<HttpEvent> = { field: (name) => FIELDS[name] ?? null };

const ROLE = '/latest/meta-data/iam/security-credentials/role';
const METADATA = '169.254.169.254';
const BROWSERS = [
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36',
  'Boto3/1.43.11 Python/3.11.7 Linux/6.1.0 Botocore/1.43.11',
  'aws-sdk-go/1.44.133 (go1.19.8; linux; amd64)',
];

interface Workload {
  readonly name: string;
  readonly event: (id: number) => HttpEvent;
  /** What is done with each alert. */
  readonly use?: (alert: Alert<HttpEvent>) => unknown;
}

const stolen = (id: number) => new HttpEvent(id, METADATA, ROLE, 'curl/8.5.0');

const WORKLOADS: readonly Workload[] = [
  {
    name: 'one event in 1,000 to the metadata service',
    event: (id) =>
      id % 1000 === 0
        ? new HttpEvent(id, METADATA, ROLE, BROWSERS[1])
        : new HttpEvent(id, `203.0.113.${id % 250}`, `/items/${id}`, BROWSERS[0]),
  },
  {
    name: 'every event fails at the last list',
    event: (id) => new HttpEvent(id, METADATA, ROLE, BROWSERS[id % BROWSERS.length]),
  },
  { name: 'every event makes an alert', event: stolen },
  { name: 'every event makes an alert, with its evidence', event: stolen, use: (alert) => alert.evidence },
  { name: 'every event makes an alert, with its document', event: stolen, use: (alert) => alert.toJSON() },
];

export interface Figure {
  readonly name: string;
  readonly eventsPerSecond: number;
}

export async function bench(): Promise<Figure[]> {
  const { rule } = loadRule(readFileSync(RULE, 'utf8'), RULE.pathname);
  if (rule === null) throw new Error('the flagship rule does not load');
  const figures: Figure[] = [];
  for (const workload of WORKLOADS) {
    const events = Array.from({ length: EVENTS }, (_, id) => workload.event(id));
    const detector = new Detector([rule], { reader, clock: () => 0 });
    measure(detector, events, workload.use, SECONDS / 2); // warms up
    figures.push({ name: workload.name, eventsPerSecond: measure(detector, events, workload.use, SECONDS) });
  }
  return figures;
}

function measure(
  detector: Detector<HttpEvent>,
  events: readonly HttpEvent[],
  use: Workload['use'],
  seconds: number,
): number {
  const start = performance.now();
  let count = 0;
  let elapsed = 0;
  do {
    for (const event of events) {
      for (const alert of detector.detect(event)) use?.(alert);
    }
    count += events.length;
    elapsed = (performance.now() - start) / 1000;
  } while (elapsed < seconds);
  return count / elapsed;
}

if (import.meta.main) {
  for (const { name, eventsPerSecond } of await bench()) {
    console.log(`${Math.round(eventsPerSecond).toLocaleString('en').padStart(12)} events/s  ${name}`);
  }
}
