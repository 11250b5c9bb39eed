import { base64Text } from './encoding.ts';
import { randomRanges, type TextRange } from './randomness.ts';
import { REDACTED } from './redacted.ts';
import { mayHoldKnownShape } from './signs.ts';

/** Secrets known by their looks alone. All are matched as a whole, without what stands around them. */
const SHAPES: readonly RegExp[] = [
  // PEM private keys, also cut short and with line ends written as \n.
  /-----BEGIN [A-Z0-9 ]*PRIVATE KEY-----.*?(?:-----END [A-Z0-9 ]*PRIVATE KEY-----|$)/gs,
  // JSON Web Tokens (RFC 7519) and whatever else is the base64 of a JSON object.
  /\beyJ[\w-]{5,}[\w.-]*/g,
  // Google: OAuth access and refresh tokens, API keys, client secrets.
  /\bya29\.[\w.-]+/g,
  /\b1\/\/0[\w-]{8,}/g,
  /\bAIza[\w-]{30,}/g,
  /\bGOCSPX-[\w-]{8,}/g,
  // AWS: instance metadata (IMDSv2) and session tokens.
  /\bAQAEA[\w+/=-]{4,}/g,
  /\b(?:IQoJb3|FwoGZX|FQoGZX|AQoDYX)[\w+/=-]{4,}/g,
  // GitHub, GitLab, Slack, Stripe, Vault, npm, PyPI, SendGrid, DigitalOcean, OpenAI.
  /\bgh[opusr]_[A-Za-z0-9]{16,}/g,
  /\bgithub_pat_\w{16,}/g,
  /\bglpat-[\w-]{16,}/g,
  /\bxox[abeoprs]-[\w-]{10,}/g,
  /\b[rs]k_(?:live|test)_[A-Za-z0-9]{10,}/g,
  /\bhv[bs]\.[\w-]{16,}/g,
  /\bnpm_[A-Za-z0-9]{30,}/g,
  /\bpypi-AgE[\w-]{16,}/g,
  /\bSG\.[\w-]{16,}\.[\w-]{16,}/g,
  /\bdo[opr]_v1_[0-9a-f]{32,}/g,
  /\bsk-[\w-]{20,}/g,
];

/** A community id (Corelight's flow hash, ECS `network.community_id`) is a hash that is meant to be shared. */
const COMMUNITY_ID = /1:[A-Za-z0-9+/]{27}=/y;

/**
 * Replaces what looks like a secret.
 * @param inner redacts the text that a piece of base64 turns out to hold; base64 of harmless text stays as it is
 */
export function redactShapes(text: string, inner: (text: string) => string): string {
  return redactBase64Text(redactRandom(redactKnownShapes(text), inner), inner);
}

/** Replaces secrets that are unmistakable; leaves alone what is merely drawn at random. */
export function redactKnownShapes(text: string): string {
  if (!mayHoldKnownShape(text)) return text;
  let out = text;
  for (const shape of SHAPES) out = out.replace(shape, REDACTED);
  return out;
}

function redactRandom(text: string, inner: (text: string) => string): string {
  return replaceRanges(
    text,
    randomRanges(text).filter(({ start, end }) => {
      const held = base64Text(text.slice(start, end));
      return !isCommunityId(text, start) && (held === null || inner(held) !== held);
    }),
  );
}

/** A text with the marker in place of each range; the ranges are in order and apart. */
export function replaceRanges(text: string, ranges: readonly TextRange[]): string {
  let out = '';
  let done = 0;
  for (const { start, end } of ranges) {
    out += text.slice(done, start) + REDACTED;
    done = end;
  }
  return done === 0 ? text : out + text.slice(done);
}

function isCommunityId(text: string, start: number): boolean {
  COMMUNITY_ID.lastIndex = start - 2;
  return start >= 2 && COMMUNITY_ID.test(text);
}

/** Base64 too regular for chance may still hold text with a secret, such as `user:password` in an Authorization value. */
function redactBase64Text(text: string, inner: (text: string) => string): string {
  return text.replace(/(?<![\w+/-])[A-Za-z0-9+/_-]{22,}={0,2}(?![\w+/=-])/g, (found) => {
    const held = base64Text(found);
    return held === null || inner(held) === held ? found : REDACTED;
  });
}
