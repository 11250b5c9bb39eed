import type { MessageHead } from '../http/head.ts';
import { normalizeTarget, splitHostPort, type Target } from '../http/target.ts';
import type { Endpoints, Request } from '../http/transaction.ts';
import { hostAddress } from './host-address.ts';
import type { MetadataService, PathRule, RequestKind } from './service.ts';
import { SERVICES, servicesAt, servicesNamed } from './services.ts';

/**
 * How a request was known: by the server's address, by a host name or address in the Host header or an absolute-form
 * target (a proxy, a reverse proxy), or by a path that no other service has (a relay, a port forward).
 */
export type Via = 'address' | 'host' | 'path';

/** What a request to a metadata service is. */
export interface RequestClass {
  /** Null where several clouds share the address and nothing in the request tells which one answers. */
  readonly service: MetadataService | null;
  readonly class: RequestKind;
  readonly via: Via;
  /** The kind of path that was asked for; null for class `other`. */
  readonly rule: PathRule | null;
  /** The role or account in the path, as far as it was asked for by name. */
  readonly role: string | null;
}

/**
 * Null where the request has nothing to do with a metadata service. Without a request (its packets were not captured)
 * the server's address alone decides.
 * @param target of the request, where the caller has it already and did not ask about the same request before
 */
export function classify(endpoints: Endpoints, request: Request | null, target?: Target): RequestClass | null {
  // Most answers come in one segment, so the body policy and the assessment ask the same one after the other.
  if (request === null || request !== lastRequest) lastClass = classifyAnew(endpoints, request, target);
  lastRequest = request;
  return lastClass;
}

let lastRequest: Request | null = null;
let lastClass: RequestClass | null = null;

function classifyAnew(endpoints: Endpoints, request: Request | null, target?: Target): RequestClass | null {
  const there = servicesAt(endpoints.serverAddress, endpoints.serverPort);
  if (there.length > 0) {
    if (request === null) return other(single(there), 'address');
    return amongServices(there, request, 'address', target ?? normalizeTarget(request.target));
  }
  if (request === null || !mayBeElsewhere(request)) return null;
  return classifyElsewhere(request, target);
}

/** What a request to no service's address is: one through a proxy or a relay, or nothing of interest. */
export function classifyElsewhere(request: Request, target = normalizeTarget(request.target)): RequestClass | null {
  const named = servicesNamedBy(target, request.head);
  return named.length > 0
    ? amongServices(named, request, 'host', target)
    : firstMatch(UNMISTAKABLE, request, target, 'path');
}

/** No, at little cost, for nearly all requests that `classifyElsewhere` would find nothing in. */
export function mayBeElsewhere(request: Request): boolean {
  return PATH_SIGN.test(request.target) || HOST_SIGN.test(request.head.text);
}

/** Services by name, and addresses in any spelling. */
const HOST_SIGN = new RegExp(
  `\\nhost[ \\t]*:\\s*(?:[\\[\\d]|${SERVICES.flatMap(({ hosts, addresses }) => [...hosts, ...addresses])
    .filter((name) => !/^\d/.test(name))
    .join('|')
    .replaceAll('.', '\\.')})`,
  'i',
);

/** How unmistakable paths begin, targets that name a host, and paths that may be disguised. */
const PATH_SIGN =
  /^(?:[^/]|\/(?:\d|(?:latest|v\d|meta-?data|msi|computemetadata|opc|identity|instance_identity|openstack)\b)|[^?]*(?:[%;#]|\/[/.]))/i;

function servicesNamedBy(target: Target, head: MessageHead): readonly MetadataService[] {
  const byTarget = target.host === null ? NONE : namedBy(target.host);
  if (byTarget.length > 0) return byTarget;
  for (const { name, value } of head.fields) {
    const byField = name === 'host' ? namedBy(value) : NONE;
    if (byField.length > 0) return byField;
  }
  return NONE;
}

function namedBy(host: string): readonly MetadataService[] {
  const name = splitHostPort(host).host.replace(/\.$/, '');
  const named = servicesNamed(name);
  if (named.length > 0) return named;
  const address = hostAddress(name);
  return address === null ? NONE : servicesNamed(address);
}

const NONE: readonly MetadataService[] = [];

function amongServices(services: readonly MetadataService[], request: Request, via: Via, target: Target): RequestClass {
  const marked = services.filter((service) => service.headers.some((name) => request.head.get(name) !== undefined));
  return (
    firstMatch(marked, request, target, via) ??
    (isCut(request) ? firstBegun(services, target, via) : null) ??
    firstMatch(services, request, target, via) ??
    other(single(marked.length > 0 ? marked : services), via)
  );
}

/** Whether the packet was cut within the request line. */
function isCut(request: Request): boolean {
  return !request.complete && !request.head.text.includes('\n');
}

/** The first credential path that what was captured of the target may be the beginning of. */
function firstBegun(services: readonly MetadataService[], target: Target, via: Via): RequestClass | null {
  const begun = target.normalized.toLowerCase().replace(/^\/(?:1\.0|\d{4}-\d\d-\d\d)(?=\/)/, '/latest');
  for (const service of services) {
    const rule = service.paths.find(({ example }) => example?.startsWith(begun));
    if (rule && begun.length > 1) return { service, class: rule.class, via, rule, role: null };
  }
  return null;
}

/** The services, with their unmistakable paths alone. */
const UNMISTAKABLE = SERVICES.map((service) => ({
  ...service,
  paths: service.paths.filter((rule) => rule.unmistakable),
}));

function firstMatch(
  services: readonly MetadataService[],
  request: Request,
  target: Target,
  via: Via,
): RequestClass | null {
  for (const service of services) {
    for (const rule of service.paths) {
      if (rule.method !== undefined && rule.method !== request.method.toUpperCase()) continue;
      if (rule.query !== undefined && !rule.query.test(target.query ?? '')) continue;
      const match = rule.path.exec(target.normalized);
      if (match) return { service, class: rule.class, via, rule, role: match.groups?.role ?? null };
    }
  }
  return null;
}

function other(service: MetadataService | null, via: Via): RequestClass {
  return { service, class: 'other', via, rule: null, role: null };
}

function single(services: readonly MetadataService[]): MetadataService | null {
  return services.length === 1 ? services[0] : null;
}
