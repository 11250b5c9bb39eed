import { pairScores } from './pair-scores.ts';

/**
 * Finds text that a machine drew at random (keys, tokens) among text that people and programs name things with. Each
 * pair of neighbouring characters has a score: how much likelier it is in random base64 than in names. Where scores add
 * up beyond a threshold there is a token. Hexadecimal words are left out: by their looks a hash, a commit or an id is no
 * different from a key, so those are known by the name they stand under, or not at all.
 */

/** Half-open range of a text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Score, in half bits, at which text of both cases is taken for random. Measured: 88 of 389,000 file paths have such a
 * part, and so have 99.5% of random base64 of 32 characters, 99.98% of 44.
 */
const MIXED_CASE_SCORE = 16;
/** The same where the length alone says much: an AWS secret key has 40 characters. */
const SECRET_KEY_SCORE = 10;
const SECRET_KEY_LENGTH = 40;
/** For text of one case, where hashes, ids and abbreviations are near. */
const ONE_CASE_SCORE = 36;
/** Score at which a word beside a token, over a slash, is taken for a part of it. */
const NEIGHBOUR_SCORE = 8;
const MIXED_CASE_LENGTH = 24;
const ONE_CASE_LENGTH = 32;

/** The parts of a text that look drawn at random, in order and apart from one another. */
export function randomRanges(text: string): TextRange[] {
  const found: { start: number; end: number }[] = [];
  for (const match of text.matchAll(/[A-Za-z0-9+/_.~\\-]{24,}={0,2}/g)) {
    const run = match[0];
    if (highestPeak(run) < SECRET_KEY_SCORE) continue;
    for (const range of rangesOfRun(run)) {
      const start = match.index + range.start;
      const end = match.index + range.end;
      const last = found.at(-1);
      if (last && start < last.end) last.end = Math.max(last.end, end);
      else found.push({ start, end });
    }
  }
  return found;
}

/** Of `peaks`, hexadecimal words included: cheap, and low for nearly all text. */
function highestPeak(run: string): number {
  const scores = pairScores();
  let sum = 0;
  let highest = 0;
  for (let i = 1; i < run.length; i++) {
    sum += scores[run.charCodeAt(i - 1) * 128 + run.charCodeAt(i)];
    if (sum < 0) sum = 0;
    else if (sum > highest) highest = sum;
  }
  return highest;
}

/** Whether all of a text, and not just some of it, looks drawn at random. */
export function isRandom(text: string): boolean {
  return randomRanges(text).some(({ start, end }) => start === 0 && end === text.length);
}

function rangesOfRun(run: string): TextRange[] {
  const all = peaks(run);
  if (isRandomWhole(run, all)) return [{ start: 0, end: run.length }];
  const found = secretKeyRanges(run);
  let done = 0;
  for (const peak of all) {
    const mixed = isMixedCase(run.slice(peak.start, peak.end));
    if (peak.end <= done || peak.score < (mixed ? MIXED_CASE_SCORE : ONE_CASE_SCORE)) continue;
    const range = wholeToken(run, peak, all);
    if (range.end - range.start < (mixed ? MIXED_CASE_LENGTH : ONE_CASE_LENGTH)) continue;
    found.push(range);
    done = range.end;
  }
  return found.sort((a, b) => a.start - b.start);
}

/** Base64 has slashes as paths have; but a path starts with one, mostly, and a name after it. */
function isRandomWhole(run: string, all: readonly Peak[]): boolean {
  if (!isMixedCase(run) || !/^[A-Za-z0-9+/]+=*$/.test(run)) return false;
  if (run.length === SECRET_KEY_LENGTH && isSecretKey(run)) return true;
  if (run.startsWith('/') && totalScore(run.split('/')[1]) <= 0) return false;
  return all.some((peak) => peak.score >= MIXED_CASE_SCORE) && totalScore(run) >= MIXED_CASE_SCORE;
}

/** The parts of a path, from one slash to another, that may be an AWS secret key, which may have slashes itself. */
export function secretKeyRanges(path: string): TextRange[] {
  const found: TextRange[] = [];
  let start = 0;
  while (start + SECRET_KEY_LENGTH <= path.length) {
    const end = start + SECRET_KEY_LENGTH;
    if ((end === path.length || path[end] === '/') && isSecretKey(path.slice(start, end))) found.push({ start, end });
    const slash = path.indexOf('/', start);
    if (slash < 0) break;
    start = slash + 1;
  }
  return found;
}

/** Whether text of that length may be an AWS secret key: random in part, and with few slashes or random in sum. */
function isSecretKey(text: string): boolean {
  if (!isMixedCase(text) || !/^[A-Za-z0-9+/]+$/.test(text) || highestPeak(text) < SECRET_KEY_SCORE) return false;
  return /^[^/]+(?:\/[^/]+){0,2}$/.test(text) || totalScore(text) > 0;
}

/** Scores of all pairs added up: below zero for most names, above for most pieces of a token. */
export function totalScore(run: string): number {
  const scores = pairScores();
  let sum = 0;
  for (let i = 1; i < run.length; i++) sum += scores[run.charCodeAt(i - 1) * 128 + run.charCodeAt(i)];
  return sum;
}

function isMixedCase(text: string): boolean {
  return /[a-z]/.test(text) && /[A-Z]/.test(text);
}

interface Peak extends TextRange {
  readonly score: number;
}

/** The stretches of a run whose scores add up to more than zero, each up to where the sum is highest. */
function peaks(run: string): Peak[] {
  const found: Peak[] = [];
  const scores = pairScores();
  const hex = hexWords(run);
  let sum = 0;
  let start = 0;
  let best = { start: 0, end: 0, score: 0 };
  const close = () => {
    if (best.score > 0) found.push(best);
    sum = 0;
    best = { start: 0, end: 0, score: 0 };
  };
  for (let i = 1; i < run.length; i++) {
    const skip = hex.get(i - 1);
    if (skip !== undefined) {
      close();
      i = skip;
      start = i;
      continue;
    }
    sum += scores[run.charCodeAt(i - 1) * 128 + run.charCodeAt(i)];
    if (sum <= 0) {
      close();
      start = i;
    } else if (sum > best.score) {
      best = { start, end: i + 1, score: sum };
    }
  }
  close();
  return found;
}

/** Ends of hexadecimal words of eight digits and more, by their starts. */
function hexWords(run: string): Map<number, number> {
  const words = new Map<number, number>();
  for (const match of run.matchAll(/(?<![A-Za-z0-9])(?:[0-9a-f]{8,}|[0-9A-F]{8,})(?![A-Za-z0-9])/g)) {
    words.set(match.index, match.index + match[0].length);
  }
  return words;
}

/**
 * A peak widened to the word it lies in, and to the neighbours over a slash that look random too, so that no end of a
 * token is left standing.
 */
function wholeToken(run: string, peak: TextRange, all: readonly Peak[]): TextRange {
  let { start, end } = wholeWord(run, peak);
  for (;;) {
    const before = start > 1 && run[start - 1] === '/' ? wholeWord(run, { start: start - 1, end: start - 1 }) : null;
    const after = run[end] === '/' ? wholeWord(run, { start: end + 1, end: end + 1 }) : null;
    if (before && holdsPeak(before, all)) start = before.start;
    else if (after && holdsPeak(after, all)) end = after.end;
    else return { start, end };
  }
}

function holdsPeak(word: TextRange, all: readonly Peak[]): boolean {
  return all.some((peak) => peak.score >= NEIGHBOUR_SCORE && peak.start < word.end && peak.end > word.start);
}

function wholeWord(run: string, { start, end }: TextRange): TextRange {
  let from = start;
  let to = end;
  while (from > 0 && isWordCharacter(run[from - 1])) from--;
  while (to < run.length && isWordCharacter(run[to])) to++;
  return { start: from, end: to };
}

function isWordCharacter(char: string): boolean {
  return /[\w+=~-]/.test(char);
}
