/** What is known of a data stream: which events it holds. */
export interface DataStream {
  /** By the category of its events. */
  readonly categories: readonly string[];
  /** The first segments of fields that its events never have. */
  readonly without: readonly string[];
}

const NETWORK = ['destination', 'dns', 'http', 'network', 'source', 'url'];

/**
 * Data streams whose events are alike, by dataset. Elastic Defend (`endpoint`) and Defend for Containers
 * (`cloud_defend`) keep each kind of event in a stream of its own; HTTP of network_traffic is described in
 * docs/events.md. What reads logs of others, as winlogbeat or Sysmon's, holds events of many kinds and is not listed.
 */
const STREAMS: Readonly<Record<string, DataStream | undefined>> = {
  'cloud_defend.file': { categories: ['file'], without: [...NETWORK, 'dll', 'registry', 'winlog'] },
  'cloud_defend.process': { categories: ['process'], without: [...NETWORK, 'dll', 'registry', 'winlog'] },
  'endpoint.events.file': { categories: ['file'], without: [...NETWORK, 'dll', 'registry', 'winlog'] },
  'endpoint.events.library': { categories: ['driver', 'library'], without: [...NETWORK, 'registry', 'winlog'] },
  'endpoint.events.network': { categories: ['network'], without: ['dll', 'file', 'registry', 'winlog'] },
  'endpoint.events.process': { categories: ['process'], without: [...NETWORK, 'dll', 'registry', 'winlog'] },
  'endpoint.events.registry': { categories: ['registry'], without: [...NETWORK, 'dll', 'file', 'winlog'] },
  'network_traffic.http': { categories: ['network'], without: ['dll', 'dns', 'file', 'registry', 'winlog'] },
};

/** The data streams that index patterns stand for, by pattern; null where one of them may stand for others. */
export function knownStreams(patterns: readonly string[]): ReadonlyMap<string, DataStream> | null {
  const streams = new Map<string, DataStream>();
  for (const pattern of patterns) {
    const dataset = /^logs-([a-z_.]+)(?:-.*|\*)$/.exec(pattern)?.[1];
    const stream = dataset !== undefined && Object.hasOwn(STREAMS, dataset) ? STREAMS[dataset] : undefined;
    if (stream === undefined) return null;
    streams.set(pattern, stream);
  }
  return streams.size > 0 ? streams : null;
}
