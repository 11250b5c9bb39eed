import type { AnomalyCode } from '../base/anomaly.ts';
import type { MessageHead } from './head.ts';

/** What is strange about the header fields of a request, beyond what framing has to look at. */
export function headAnomalies(head: MessageHead): AnomalyCode[] {
  const found: AnomalyCode[] = [];
  let hosts = 0;
  for (const field of head.fields) if (field.name === 'host') hosts++;
  if (hosts > 1) found.push('http_host_repeated');
  if (/[^\r]\n/.test(head.text)) found.push('http_bare_lf');
  if (hasFoldedLine(head.text)) found.push('http_obs_fold');
  if (hasBadLine(head.text)) found.push('http_bad_header');
  return found;
}

function hasFoldedLine(text: string): boolean {
  return text.includes('\n ') || text.includes('\n\t');
}

/** A field line without a colon, or with white space before it (RFC 9112 section 5.1). */
function hasBadLine(text: string): boolean {
  let start = text.indexOf('\n') + 1;
  while (start > 0 && start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const isEmpty = end === start || (end === start + 1 && text[start] === '\r');
    const isFolded = text[start] === ' ' || text[start] === '\t';
    if (!isEmpty && !isFolded) {
      const colon = text.indexOf(':', start);
      if (colon <= start || colon >= end) return true;
      if (text[colon - 1] === ' ' || text[colon - 1] === '\t') return true;
    }
    start = newline + 1;
  }
  return false;
}
