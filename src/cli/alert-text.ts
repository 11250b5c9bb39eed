import { isoFromMicros, type Micros } from '../base/time.ts';
import type { Alert } from '../detect/alert.ts';
import { firstSteps } from '../detect/first-steps.ts';
import { printable } from '../detect/printable.ts';
import { textOf } from '../detect/text-of.ts';
import type { Event } from '../ecs/event.ts';
import type { Evidence } from '../eql/index.ts';
import type { Severity } from '../rules/rule.ts';
import { plural } from './progress.ts';
import type { Style } from './style.ts';
import { wrap } from './text.ts';

const LABEL_WIDTH = 12;

/** Alerts that say the same, told once. */
export interface AlertGroup<E extends Event = Event> {
  /** The first of them. */
  alert: Alert<E>;
  count: number;
  lastTime: Micros;
}

/** An alert, or several that say the same, as a person reads it. */
export function alertText({ alert, count, lastTime }: AlertGroup, style: Style, width: number): string[] {
  const { event } = alert;
  const lines = [headline(alert, style)];
  const first = timeText(event.time);
  const time = count > 1 ? `${first} to ${timeText(lastTime)} UTC, ${plural(count, 'time')}` : `${first} UTC`;
  lines.push(`  ${style('dim', time)}`);
  lines.push(...wrap(alert.reason, width - 2).map((line) => `  ${line}`), '');
  const row = (label: string, text: string | null, format?: (line: string) => string) => {
    if (text === null) return;
    for (const [index, line] of wrap(text, width - LABEL_WIDTH - 2).entries()) {
      const name = index === 0 ? label.padEnd(LABEL_WIDTH) : ' '.repeat(LABEL_WIDTH);
      lines.push(`  ${style('dim', name)}${format ? format(line) : line}`);
    }
  };
  row('Host', hostText(alert));
  row('Process', processText(alert));
  row('Request', requestText(alert));
  row('Answer', answerText(alert), (line) => style(isLoss(alert) ? ['red', 'bold'] : 'reset', line));
  row('Credential', credentialText(alert));
  row('Strange', anomaliesText(alert));
  for (const [index, evidence] of alert.evidence.entries()) row(index === 0 ? 'Why' : '', evidenceText(evidence));
  for (const [index, step] of firstSteps(event).entries()) row(index === 0 ? 'Do first' : '', `${index + 1}. ${step}`);
  lines.push('');
  return lines;
}

const SEVERITY_FORMAT: Record<Severity, Parameters<Style>[0]> = {
  low: ['cyan', 'bold'],
  medium: ['yellow', 'bold'],
  high: ['red', 'bold'],
  critical: ['magenta', 'bold'],
};

function headline(alert: Alert, style: Style): string {
  const badge = `${alert.severity.toUpperCase()} ${alert.riskScore}`;
  const techniques = alert.rule.threat.flatMap(({ technique }) =>
    technique.flatMap(({ id, subtechnique }) => (subtechnique.length > 0 ? subtechnique.map((sub) => sub.id) : [id])),
  );
  const attack = techniques.length > 0 ? `  ${style('dim', techniques.join(' '))}` : '';
  return `${style(SEVERITY_FORMAT[alert.severity], badge)}  ${style('bold', printable(alert.name))}${attack}`;
}

/** "2026-01-02 03:04:05.006". */
function timeText(time: Micros): string {
  return isoFromMicros(time).replace('T', ' ').replace('Z', '');
}

function hostText({ event }: Alert): string | null {
  const name = textOf(event, 'host.name');
  const ip = textOf(event, 'source.ip');
  if (name === undefined) return ip ?? null;
  return ip === undefined ? name : `${name} (${ip})`;
}

function processText({ event }: Alert): string | null {
  const name = textOf(event, 'process.name');
  if (name !== undefined) {
    const pid = textOf(event, 'process.pid');
    const executable = textOf(event, 'process.executable');
    return `${name}${pid === undefined ? '' : ` (${pid})`}${executable === undefined ? '' : `, ${executable}`}`;
  }
  return textOf(event, 'event.module') === 'network_traffic' ? 'not known: packets do not name the process' : null;
}

const SESSIONS: ReadonlyMap<string, string> = mapOf({
  v1: 'IMDSv1: no session token, so a forged request is enough',
  v2: 'IMDSv2: with a session token',
});

function requestText({ event }: Alert): string | null {
  const method = textOf(event, 'http.request.method');
  if (method === undefined) return null;
  const target = textOf(event, 'url.original') ?? textOf(event, 'url.path') ?? '';
  const session = SESSIONS.get(textOf(event, 'hoplimit.session') ?? '');
  return `${method} ${target}${session === undefined ? '' : ` (${session})`}`;
}

const VERDICTS: ReadonlyMap<string, string> = mapOf({
  returned: 'a credential was returned',
  likely: 'most likely a credential: the answer is long enough, but was not seen whole',
  listing: 'names, but no credential',
  denied: 'refused: no credential',
  not_delivered: 'an answer that could not reach the asker',
  no_response: 'no answer',
  unknown: 'not known: what was captured does not tell',
});

/** Keys of events are of any kind, `constructor` among them. */
function mapOf(texts: Record<string, string>): ReadonlyMap<string, string> {
  return new Map(Object.entries(texts));
}

function answerText({ event }: Alert): string | null {
  const status = textOf(event, 'http.response.status_code');
  const verdict = VERDICTS.get(textOf(event, 'hoplimit.verdict') ?? '');
  if (status === undefined && verdict === undefined) return null;
  return [status, verdict].filter((part) => part !== undefined).join(', ');
}

function isLoss({ event }: Alert): boolean {
  const verdict = event.get('hoplimit.verdict');
  return verdict === 'returned' || verdict === 'likely';
}

function credentialText({ event }: Alert): string | null {
  const id = textOf(event, 'hoplimit.credential.id') ?? textOf(event, 'hoplimit.credential.sha256');
  const role = textOf(event, 'hoplimit.credential.role');
  const expires = textOf(event, 'hoplimit.credential.expires');
  const account = textOf(event, 'hoplimit.credential.account');
  const parts = [
    id,
    role && `role ${role}`,
    account && `account ${account}`,
    expires && `valid until ${expires.replace('T', ' ').replace('Z', ' UTC')}`,
  ].filter((part) => part !== undefined);
  return parts.length > 0 ? parts.join(', ') : null;
}

function anomaliesText({ event }: Alert): string | null {
  const anomalies = event.get('hoplimit.anomalies');
  return Array.isArray(anomalies) && anomalies.length > 0 ? printable(anomalies.join(', ')) : null;
}

/** `url.path is "/latest/…", as "/latest/*" asks`. */
function evidenceText({ clause, field, value, matched, negated }: Evidence): string {
  const shown = printable(JSON.stringify(value ?? null));
  if (negated) return `${field} is ${shown}, as "not ${shortClause(clause)}" asks`;
  return `${field} is ${shown}${matched === undefined || `"${matched}"` === shown ? '' : `, as ${JSON.stringify(matched)} asks`}`;
}

function shortClause(clause: string): string {
  const flat = clause.replace(/\s+/g, ' ');
  return flat.length > 60 ? `${flat.slice(0, 57)}...` : flat;
}
