// The flagship rule over the events of dense.pcap, held in memory, on one core.
import { fileURLToPath } from 'node:url';
import { openCapture } from '../src/capture/open-capture.ts';
import { Detector } from '../src/detect/detector.ts';
import { HttpEvent, httpEventReader } from '../src/ecs/http-event.ts';
import { MessageHead } from '../src/http/head.ts';
import { Pipeline } from '../src/pipeline.ts';
import { loadRuleSet } from '../src/rules/rule-set.ts';
import { benchCapture } from './captures.ts';

const RULES = fileURLToPath(new URL('../rules/elastic/', import.meta.url));
const MOST_EVENTS = 10_000;

/** Agents that the rule does not list, so that every pattern of its list is tried in vain. */
const OTHER_AGENTS = [
  'Boto3/1.43.11 Python/3.11.7 Linux/6.1.0 Botocore/1.43.11',
  'aws-sdk-go-v2/1.17.1 os/linux lang/go/1.19.8 md/GOOS/linux md/GOARCH/amd64 ft/ec2-imds',
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36',
];

async function eventsOf(path: string): Promise<HttpEvent[]> {
  const events: HttpEvent[] = [];
  const pipeline = new Pipeline({
    onTransaction: (transaction) => {
      if (events.length < MOST_EVENTS) events.push(new HttpEvent(transaction));
    },
  });
  await pipeline.run(await openCapture(path));
  return events;
}

/** The same events as if each were a read of credentials by an agent that the rule does not list. */
function allDeep(events: readonly HttpEvent[]): HttpEvent[] {
  const read = events.find(
    ({ request, endpoints }) =>
      request?.target.includes('security-credentials') && endpoints.serverAddress === '169.254.169.254',
  );
  if (!read?.request) return [];
  const { request, transaction } = read;
  return events.map((_, index) => {
    const agent = OTHER_AGENTS[index % OTHER_AGENTS.length];
    const head = new MessageHead(`${request.method} ${request.target} HTTP/1.1\r\nUser-Agent: ${agent}\r\n\r\n`);
    return new HttpEvent({ ...transaction, endpoints: read.endpoints, request: { ...request, head } });
  });
}

function measure(name: string, events: readonly HttpEvent[], least: number): void {
  const detector = new Detector<HttpEvent>(loadRuleSet([RULES]).rules, { reader: httpEventReader, clock: () => 0 });
  for (let pass = 0; pass < 20; pass++) for (const event of events) detector.detect(event);
  const start = performance.now();
  let count = 0;
  do {
    for (const event of events) detector.detect(event);
    count += events.length;
  } while (performance.now() - start < 2000);
  const rate = count / ((performance.now() - start) / 1000);
  const verdict = rate >= least ? 'met' : 'MISSED';
  console.log(
    `flagship rule, ${name}: ${(rate / 1e6).toFixed(1)} million events/s (at least ${least / 1e6}): ${verdict}`,
  );
}

const capture = benchCapture('dense.pcap');
if (capture !== null) {
  const events = await eventsOf(capture);
  measure('the mix of dense.pcap', events, 10e6);
  measure('every event reaches the list of agents', allDeep(events), 2e6);
}
