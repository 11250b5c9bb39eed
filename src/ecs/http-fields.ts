import type { FieldValue } from '../base/field.ts';
import { isoFromMicros } from '../base/time.ts';
import { VERSION } from '../base/version.ts';
import { goQuery } from '../http/go-url.ts';
import { pathExtension } from '../http/target.ts';
import { redactText } from '../redact/text.ts';
import { redactUrl } from '../redact/url.ts';
import { ECS_VERSION } from './catalogue.ts';
import { communityId } from './community-id.ts';
import type { HttpEvent } from './http-event.ts';
import { networkDirection } from './network-direction.ts';

type Accessor = (event: HttpEvent) => FieldValue;

const CATEGORY = ['network'] as const;
const TYPE = ['connection', 'protocol'] as const;

/** Fields that are the same for every event. */
export const CONSTANT: Readonly<Record<string, FieldValue>> = {
  'agent.type': 'hoplimit',
  'agent.version': VERSION,
  'data_stream.dataset': 'network_traffic.http',
  'data_stream.namespace': 'default',
  'data_stream.type': 'logs',
  'ecs.version': ECS_VERSION,
  'event.category': CATEGORY,
  'event.dataset': 'network_traffic.http',
  'event.kind': 'event',
  'event.module': 'network_traffic',
  'event.type': TYPE,
  'network.protocol': 'http',
  'network.transport': 'tcp',
  'url.scheme': 'http',
};

const client: Record<string, Accessor> = {
  ip: (event) => event.endpoints.clientAddress,
  port: (event) => event.endpoints.clientPort,
  bytes: (event) => event.request?.bytes,
};

const server: Record<string, Accessor> = {
  ip: (event) => event.endpoints.serverAddress,
  port: (event) => event.endpoints.serverPort,
  bytes: (event) => event.response?.bytes,
  domain: (event) => (isAddress(event.domain) ? null : event.domain),
};

const COMPUTED: Record<string, Accessor> = {
  '@timestamp': (event) => event.timestamp,
  'error.message': errorMessage,
  'event.duration': (event) => {
    const { request, response } = event;
    return request && response ? Math.max(0, Math.round((response.endTime - request.time) * 1000)) : null;
  },
  'event.end': (event) => isoFromMicros((event.response ?? event.request)?.endTime ?? event.time),
  'event.id': (event) => event.id,
  'event.start': (event) => event.timestamp,
  'hoplimit.anomalies': (event) => (event.anomalies.length > 0 ? event.anomalies : null),
  'hoplimit.class': (event) => event.assessment?.class,
  'hoplimit.credential.account': (event) => event.assessment?.credential?.account,
  'hoplimit.credential.claims.appid': (event) => event.assessment?.credential?.claims?.appid,
  'hoplimit.credential.claims.aud': (event) => event.assessment?.credential?.claims?.aud,
  'hoplimit.credential.claims.exp': (event) => event.assessment?.credential?.claims?.exp,
  'hoplimit.credential.claims.oid': (event) => event.assessment?.credential?.claims?.oid,
  'hoplimit.credential.claims.uti': (event) => event.assessment?.credential?.claims?.uti,
  'hoplimit.credential.expires': (event) => event.assessment?.credential?.expiry,
  'hoplimit.credential.id': (event) => event.assessment?.credential?.accessKeyId,
  'hoplimit.credential.role': (event) => event.assessment?.credential?.role,
  'hoplimit.credential.sha256': (event) => event.assessment?.credential?.tokenSha256,
  'hoplimit.credential.type': (event) => event.assessment?.credential?.type,
  'hoplimit.hop_limit': (event) => event.assessment?.hopLimit,
  'hoplimit.provider': (event) => event.assessment?.provider,
  'hoplimit.service': (event) => event.assessment?.service,
  'hoplimit.session': (event) => event.assessment?.session,
  'hoplimit.url.normalized': (event) => event.target?.normalized,
  'hoplimit.verdict': (event) => event.assessment?.verdict,
  'hoplimit.via': (event) => event.assessment?.via,
  'http.request.body.bytes': (event) => event.request?.bodyBytes || null,
  'http.request.bytes': (event) => event.request?.bytes,
  'http.request.method': (event) => event.request && knownOrRedacted(event.request.method),
  'http.request.mime_type': (event) => event.requestHeader('content-type'),
  'http.request.referrer': (event) => {
    const referrer = event.request?.head.get('referer');
    return referrer ? redactUrl(referrer) : null;
  },
  'http.response.body.bytes': (event) => event.response?.bodyBytes,
  'http.response.bytes': (event) => event.response?.bytes,
  'http.response.mime_type': (event) => event.responseHeader('content-type'),
  'http.response.status_code': (event) => event.response?.status,
  'http.response.status_phrase': (event) =>
    event.response?.phrase ? redactText(event.response.phrase).toLowerCase() : null,
  'http.version': (event) => redactText(event.request?.version ?? event.response?.version ?? '') || null,
  'network.bytes': (event) => (event.request?.bytes ?? 0) + (event.response?.bytes ?? 0),
  'network.community_id': (event) => communityId(event.endpoints),
  'network.direction': (event) => networkDirection(event.endpoints),
  'network.type': (event) => (event.endpoints.ipVersion === 4 ? 'ipv4' : 'ipv6'),
  'network_traffic.http.query': (event) =>
    event.request ? `${knownOrRedacted(event.request.method)} ${event.target?.path ?? ''}` : null,
  'network_traffic.status': (event) => {
    const status = event.response?.status;
    return event.request && status !== undefined && status < 400 ? 'OK' : 'Error';
  },
  'related.hosts': relatedHosts,
  'related.ip': (event) => [event.endpoints.clientAddress, event.endpoints.serverAddress],
  'related.user': (event) => {
    const user = basicUser(event);
    return user === null ? null : [user];
  },
  'url.domain': (event) => event.domain,
  'url.extension': (event) => (event.target?.path ? pathExtension(event.target.path) : null),
  'url.full': fullUrl,
  'url.original': (event) => event.redactedTarget || null,
  'url.path': (event) => event.target?.path,
  'url.port': urlPort,
  'url.query': (event) => (event.target?.query ? goQuery(event.target.query) : null),
  'user.name': basicUser,
  'user_agent.original': (event) => event.userAgent,
};

/** Every field of an HTTP event but the headers, by name, in the order of the document. */
export const HTTP_FIELDS: ReadonlyMap<string, Accessor> = new Map(
  Object.entries({
    ...Object.fromEntries(Object.entries(CONSTANT).map(([name, value]) => [name, () => value])),
    ...COMPUTED,
    ...withPrefix('client', client),
    ...withPrefix('source', client),
    ...withPrefix('server', server),
    ...withPrefix('destination', server),
  }).sort(([a], [b]) => (a < b ? -1 : 1)),
);

function withPrefix(prefix: string, accessors: Record<string, Accessor>): Record<string, Accessor> {
  return Object.fromEntries(Object.entries(accessors).map(([name, accessor]) => [`${prefix}.${name}`, accessor]));
}

const COMMON_METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH']);

function knownOrRedacted(method: string): string {
  return COMMON_METHODS.has(method) ? method : redactText(method);
}

function isAddress(domain: string | null): boolean {
  return domain !== null && (domain.includes(':') || /^[\d.]+$/.test(domain));
}

/** The shipper's own words for what is missing. */
function errorMessage(event: HttpEvent): FieldValue {
  const { request, response } = event;
  if (request === null) return 'Unmatched response';
  if (response === null) return 'Unmatched request';
  if (!request.complete) return 'Packet loss while capturing the request';
  if (event.anomalies.includes('tcp_gap') || event.anomalies.includes('packet_cut')) {
    return 'Packet loss while capturing the response';
  }
  return null;
}

function relatedHosts(event: HttpEvent): FieldValue {
  const hosts = new Set<string>();
  if (event.domain) hosts.add(event.domain);
  const referrer = event.request?.head.get('referer');
  if (referrer && URL.canParse(referrer)) hosts.add(redactText(new URL(referrer).hostname));
  return hosts.size > 0 ? [...hosts] : null;
}

/** User of Basic authentication (RFC 7617). The password goes no further than this. */
function basicUser(event: HttpEvent): string | null {
  const header = event.request?.head.get('authorization');
  if (!header || !/^basic\s/i.test(header)) return null;
  const pair = Buffer.from(header.slice(6).trim(), 'base64').toString('utf8');
  const colon = pair.indexOf(':');
  return colon > 0 ? redactText(pair.slice(0, colon)) : null;
}

/** Only where it is not 80, as the shipper has it. */
function urlPort(event: HttpEvent): FieldValue {
  const port = portOf(event);
  return port === 80 ? null : port;
}

function portOf(event: HttpEvent): number {
  return event.domainPort ?? event.endpoints.serverPort;
}

/** Rebuilt from the parts, as the shipper does: the path as it was decoded once, the query in its sorted form. */
function fullUrl(event: HttpEvent): FieldValue {
  const { target } = event;
  if (target === null) return null;
  const host = event.domain ?? event.endpoints.serverAddress;
  const port = portOf(event);
  const authority = (host.includes(':') ? `[${host}]` : host) + (port === 80 ? '' : `:${port}`);
  const path = target.path ?? '';
  return `http://${authority}${path}${target.query ? `?${goQuery(target.query)}` : ''}`;
}
