import type { Event } from '../ecs/event.ts';
import { metadataService } from './metadata-service.ts';
import { textOf } from './text-of.ts';

/** The predicate of an alert's sentence: what was done, to what, and with what outcome. */
export function actOf(event: Event): string {
  for (const act of ACTS) {
    const text = act(event);
    if (text !== undefined) return text;
  }
  return 'did what this rule looks for';
}

/** Each tells of one kind of event and is undefined for others; the first to have something to say is heard. */
const ACTS = [httpAct, dnsAct, processAct, objectAct, connectionAct, namedAct];

function httpAct(event: Event): string | undefined {
  const method = textOf(event, 'http.request.method');
  const path = textOf(event, 'url.path');
  if (method === undefined && path === undefined) return undefined;
  const asked = [method, path].filter((part) => part !== undefined).join(' ');
  const agent = textOf(event, 'process.name') && textOf(event, 'user_agent.original');
  const as = agent === undefined ? '' : `, as "${agent}"`;
  return `asked ${askedOf(event)}${askedForOf(event)} (${asked}${as})${outcomeOf(event)}`;
}

function askedOf(event: Event): string {
  const service = textOf(event, 'hoplimit.service');
  const address = textOf(event, 'destination.ip') ?? textOf(event, 'url.domain');
  const port = textOf(event, 'destination.port');
  if (service !== undefined) return metadataService(service) + (address === undefined ? '' : ` at ${address}`);
  return address === undefined ? 'a server' : endpoint(address, port);
}

function askedForOf(event: Event): string {
  switch (event.get('hoplimit.class')) {
    case 'credential':
      return ' for a credential';
    case 'identity':
      return ' for a signed proof of identity';
    case 'listing':
      return ' for the names of its roles';
    case 'token':
      return ' for a session token';
    case 'recon':
      return ' about the machine';
    default:
      return '';
  }
}

function outcomeOf(event: Event): string {
  const status = textOf(event, 'http.response.status_code');
  switch (event.get('hoplimit.verdict')) {
    case 'returned': {
      const id = textOf(event, 'hoplimit.credential.id');
      const given = event.get('hoplimit.class') === 'credential' ? 'one' : 'a credential';
      return ` and was given ${given}${id === undefined ? '' : `: ${id}`}`;
    }
    case 'likely':
      return ' and was most likely given a credential';
    case 'listing':
      return ' and was given names, but no credential';
    case 'denied':
      return ` and was refused${status === undefined ? '' : ` with status ${status}`}`;
    case 'not_delivered':
      return ', and the answer could not reach it';
    case 'no_response':
      return ' and got no answer';
    case 'unknown':
      return ', and what came back was not seen';
    default:
      return status === undefined ? '' : ` and got status ${status}`;
  }
}

function dnsAct(event: Event): string | undefined {
  const name = textOf(event, 'dns.question.name');
  return name && `looked up ${name}`;
}

function processAct(event: Event): string | undefined {
  const categories = event.get('event.category');
  const isProcess = Array.isArray(categories) ? categories.includes('process') : categories === 'process';
  if (!isProcess) return undefined;
  const parent = textOf(event, 'process.parent.name');
  const action = textOf(event, 'event.action') ?? 'start';
  return `was seen to ${action}${parent === undefined ? '' : `, as a child of ${parent}`}`;
}

function objectAct(event: Event): string | undefined {
  const path = textOf(event, 'file.path') ?? textOf(event, 'registry.path');
  if (path === undefined) return undefined;
  const action = textOf(event, 'event.action') ?? textOf(event, 'event.type');
  return `acted on ${path}${action === undefined ? '' : ` (${action})`}`;
}

function connectionAct(event: Event): string | undefined {
  const address = textOf(event, 'destination.ip') ?? textOf(event, 'destination.domain');
  return address && `connected to ${endpoint(address, textOf(event, 'destination.port'))}`;
}

function namedAct(event: Event): string | undefined {
  const action = textOf(event, 'event.action');
  if (action === undefined) return undefined;
  const provider = textOf(event, 'event.provider');
  const outcome = textOf(event, 'event.outcome');
  return `called ${action}${provider === undefined ? '' : ` of ${provider}`}${outcome === undefined ? '' : ` (${outcome})`}`;
}

function endpoint(address: string, port: string | undefined): string {
  if (port === undefined) return address;
  return address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;
}
