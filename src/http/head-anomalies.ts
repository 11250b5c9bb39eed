import type { AnomalyCode } from '../base/anomaly.ts';
import type { MessageHead } from './head.ts';

const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const TAB = 0x09;

/** What is strange about the lines of a request's head, beyond what framing has to look at. */
export function headAnomalies(head: MessageHead): AnomalyCode[] {
  const found: AnomalyCode[] = [];
  let hosts = 0;
  for (const field of head.fields) if (field.name === 'host') hosts++;
  if (hosts > 1) found.push('http_host_repeated');
  const lines = lookAtLines(head.text);
  if (lines.isBareLf) found.push('http_bare_lf');
  if (lines.isFolded) found.push('http_obs_fold');
  if (lines.isBad) found.push('http_bad_header');
  return found;
}

interface Lines {
  isBareLf: boolean;
  isFolded: boolean;
  /** A field line without a colon, or with white space before it (RFC 9112 section 5.1). */
  isBad: boolean;
}

function lookAtLines(text: string): Lines {
  const lines = { isBareLf: false, isFolded: false, isBad: false };
  let newline = text.indexOf('\n');
  if (newline >= 0 && text.charCodeAt(newline - 1) !== CR) lines.isBareLf = true;
  while (newline >= 0 && newline + 1 < text.length) {
    const start = newline + 1;
    newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    const first = text.charCodeAt(start);
    if (newline >= 0 && text.charCodeAt(end - 1) !== CR) lines.isBareLf = true;
    if (first === CR || first === LF) continue;
    if (first === SPACE || first === TAB) lines.isFolded = true;
    else if (isBadLine(text, start, end)) lines.isBad = true;
  }
  return lines;
}

function isBadLine(text: string, start: number, end: number): boolean {
  const colon = text.indexOf(':', start);
  if (colon <= start || colon >= end) return true;
  const before = text.charCodeAt(colon - 1);
  return before === SPACE || before === TAB;
}
