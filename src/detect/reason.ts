import type { Event } from '../ecs/event.ts';
import { actOf } from './act.ts';
import { textOf } from './text-of.ts';

/**
 * One sentence on what happened: who, on which host, did what. It is made of the fields that the event has, and is
 * a sentence even where it has none. Of several events, how many and the last.
 */
export function reasonOf(events: readonly Event[]): string {
  const last = events[events.length - 1];
  return events.length === 1 ? sentenceOf(last) : `${events.length} events, of which the last: ${sentenceOf(last)}`;
}

function sentenceOf(event: Event): string {
  return `${subjectOf(event)}${placeOf(event)} ${actOf(event)}.`;
}

function subjectOf(event: Event): string {
  const user = textOf(event, 'user.name') ?? textOf(event, 'user.email');
  const process = textOf(event, 'process.name');
  if (process !== undefined) return user === undefined ? process : `${process} run by ${user}`;
  const agent = textOf(event, 'user_agent.original');
  if (user !== undefined) return agent === undefined ? user : `${user} (as "${agent}")`;
  if (agent !== undefined) return `A client that calls itself "${agent}"`;
  return 'An unnamed client';
}

function placeOf(event: Event): string {
  const host = textOf(event, 'host.name') ?? textOf(event, 'host.hostname');
  const source = textOf(event, 'source.ip');
  const container = textOf(event, 'container.name') ?? textOf(event, 'container.id');
  return [
    container === undefined ? '' : ` in container ${container}`,
    host === undefined ? '' : ` on ${host}`,
    source === undefined ? '' : ` from ${source}`,
  ].join('');
}
