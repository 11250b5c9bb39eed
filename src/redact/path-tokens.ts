import { percentDecode } from './encoding.ts';
import { type TextRange, totalScore } from './randomness.ts';

/**
 * Beginnings of tokens that are base64, so may have slashes: AWS's for sessions and for instance metadata, and Google's
 * refresh tokens. Then whatever characters these may have, also percent-encoded.
 */
const TOKENS = /(?<=\b|%[0-9A-Fa-f]{2})(?:AQAEA|IQoJb3|FwoGZX|FQoGZX|AQoDYX|1\/\/0)[\w+/=%-]{4,}/g;
const SLASH = /\/|%2F/i;
const GOOGLE = '1//0';

/** Sum of scores from which a piece between two slashes belongs to a token for sure. */
const DRAWN_SCORE = 8;

/** `latest`, `computeMetadata`, `oauth2`: what stands in paths that rules ask for, and hardly ever in base64. */
const WORDS = /^[A-Za-z][a-z]{2,}(?:[A-Z][a-z]{2,})*\d?$/;
const NAME_LENGTH = 5;
/** One may be chance. */
const MAX_NAMES = 2;

/**
 * Known tokens in a path, in order and apart. A path is not over where a token in it is: rules must still see what
 * follows. So a token goes on over slashes until two pieces have looked like names, and ends with the last piece before
 * that which looks drawn at random.
 */
export function knownTokenRanges(path: string): TextRange[] {
  return Array.from(path.matchAll(TOKENS), ({ 0: run, index }) => {
    // Google's begin with two slashes that part nothing.
    const beginning = run.startsWith(GOOGLE) ? GOOGLE.length : 0;
    return { start: index, end: index + beginning + tokenLength(run.slice(beginning)) };
  });
}

/** How much of a run of base64 characters is the token that it begins with. */
function tokenLength(run: string): number {
  let length = 0;
  let names = 0;
  let at = 0;
  // The capture keeps the slashes among the pieces.
  for (const raw of run.split(/(\/|%2F)/i)) {
    at += raw.length;
    if (SLASH.test(raw)) continue;
    const piece = percentDecode(raw);
    const isFirst = length === 0;
    // Base64 that has slashes has neither dashes nor underscores, and equals signs are its end.
    if (!isFirst && !/^[A-Za-z0-9+]*=*$/.test(piece)) break;
    if (isFirst || piece.endsWith('=') || totalScore(piece) >= DRAWN_SCORE) {
      length = at;
      names = 0;
    } else if (isName(piece) && ++names === MAX_NAMES) break;
    if (!/^[A-Za-z0-9+]*$/.test(piece)) break;
  }
  return length;
}

function isName(piece: string): boolean {
  return piece.length >= NAME_LENGTH && WORDS.test(piece) && totalScore(piece) < 0;
}
