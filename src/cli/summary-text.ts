import { ANOMALIES } from '../base/anomaly.ts';
import { isoFromMicros } from '../base/time.ts';
import type { Pipeline } from '../pipeline.ts';
import type { MetadataTally } from './metadata-tally.ts';
import { bytesText, countText, durationText, plural } from './progress.ts';
import type { Style } from './style.ts';
import { table } from './text.ts';

/** Anomalies that are named; the rest are counted together. */
const MAX_ANOMALIES = 8;

/** What was read and found, in a few lines. */
export function summaryText(pipeline: Pipeline, tally: MetadataTally, alerts: number, style: Style): string[] {
  const lines = [style('bold', alerts === 0 ? 'No alert.' : `${plural(alerts, 'alert')}.`)];
  lines.push(`  ${trafficText(pipeline)}`);
  lines.push(`  ${metadataText(tally)}`);
  const anomalies = pipeline.anomalies.entries();
  if (anomalies.length > 0) {
    lines.push('', style('bold', 'Strange in the traffic'));
    const rows = anomalies.slice(0, MAX_ANOMALIES).map(([code, count]) => [countText(count), code, ANOMALIES[code]]);
    lines.push(...table(rows).map((row) => `  ${row}`));
    if (anomalies.length > MAX_ANOMALIES) lines.push(`  and ${anomalies.length - MAX_ANOMALIES} other kinds`);
  }
  return lines;
}

function trafficText({ traffic }: Pipeline): string {
  const { packets, bytes, transactions, firstTime, lastTime } = traffic;
  const text = `${plural(packets, 'packet')} (${bytesText(bytes)}), ${plural(transactions, 'HTTP transaction')}`;
  if (firstTime === null || lastTime === null) return text;
  const start = isoFromMicros(firstTime).replace('T', ' ').slice(0, 19);
  return `${text}, ${durationText((lastTime - firstTime) / 1e6)} from ${start} UTC`;
}

function metadataText(tally: MetadataTally): string {
  if (tally.requests === 0) return 'No request to a metadata service.';
  const verdicts = [...tally.verdicts].map(([verdict, count]) => `${countText(count)} ${verdict}`);
  const asked = plural(tally.credentialRequests, 'request for a credential', 'requests for a credential');
  const quiet = tally.credentialRequests - tally.alerted;
  const missed = quiet === 0 ? '' : `; ${countText(quiet)} of them without an alert`;
  const outcome =
    tally.credentialRequests === 0 ? 'none for a credential' : `${asked} (${verdicts.join(', ')})${missed}`;
  return `${plural(tally.requests, 'request')} to metadata services, ${outcome}.`;
}
