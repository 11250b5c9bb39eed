import type { Alert } from '../detect/alert.ts';
import type { Event } from '../ecs/event.ts';
import type { AlertGroup } from './alert-text.ts';

/** Fields that make two alerts the same story. */
const FIELDS = [
  'source.ip',
  'destination.ip',
  'http.request.method',
  'url.path',
  'user_agent.original',
  'process.executable',
  'http.response.status_code',
  'hoplimit.verdict',
  'hoplimit.session',
  'hoplimit.credential.id',
];

/** Groups that are kept; of alerts beyond these only the number is. */
const MAX_GROUPS = 10_000;

/** Alerts of one rule that tell the same story. */
export class AlertGroups<E extends Event> {
  readonly #groups = new Map<string, AlertGroup<E>>();
  /** Alerts that fit into no group. */
  beyond = 0;

  add(alert: Alert<E>): void {
    const { event } = alert;
    const key = JSON.stringify([alert.rule.rule_id, ...FIELDS.map((field) => event.get(field) ?? null)]);
    const group = this.#groups.get(key);
    if (group) {
      group.count++;
      group.lastTime = Math.max(group.lastTime, event.time);
      if (event.time < group.alert.event.time) group.alert = alert;
    } else if (this.#groups.size < MAX_GROUPS) {
      this.#groups.set(key, { alert, count: 1, lastTime: event.time });
    } else {
      this.beyond++;
    }
  }

  /** In the order of their first alerts. */
  byTime(): AlertGroup<E>[] {
    return [...this.#groups.values()].sort((a, b) => a.alert.event.time - b.alert.event.time);
  }
}
