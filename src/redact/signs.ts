/**
 * Cheap tests that most text fails: what they say no to holds no secret that this folder would find, so the rest is
 * spared. A yes promises nothing.
 */

/** Beginnings of secrets that may be short, or be followed by anything (see shapes.ts). */
const BEGINNINGS =
  /eyJ|ya29\.|AQAEA|IQoJ|F[wQ]oG|AQoD|1\/\/0|AIza|GOCSPX|gh[opusr]_|_pat_|glpat|xox|k_(?:live|test)_|hv[bs]\.|npm_|pypi-|SG\.|do[opr]_v1|sk-|PRIVATE KEY/;
const SCHEMES = /b(?:earer|asic)\s/i;

// What a character may be a part of.
const LOWER = 1;
const UPPER = 2;
const DIGIT = 4;
/** Of base64, and of names joined with dashes and dots. */
const JOINER = 8;
/** Assignments, escapes, userinfo, markup. */
const SIGN = 16;
const MIXED_CASE = LOWER | UPPER;

const KINDS = new Uint8Array(128).map((_, code) => {
  const char = String.fromCharCode(code);
  if (/[a-z]/.test(char)) return LOWER;
  if (/[A-Z]/.test(char)) return UPPER;
  if (/[0-9]/.test(char)) return DIGIT;
  if (/[+/._~-]/.test(char)) return JOINER;
  return /[=:@%\\<&]/.test(char) ? SIGN : 0;
});
const DASH = 0x2d;

/** Lengths from which a run of both cases, or a word of any kind, may be a token without a known beginning. */
const MIXED_CASE_RUN = 22;
const WORD = 32;

/** Whether anything in this folder might change a text. */
export function mayHoldSecret(text: string, from = 0): boolean {
  return scan(text, from, SIGN) || mayHoldKnownShape(text) || SCHEMES.test(text);
}

/** Whether shapes.ts might change a text. */
export function mayHoldToken(text: string): boolean {
  return scan(text, 0, 0) || mayHoldKnownShape(text);
}

/** Whether shapes.ts might know a secret in a text by how it begins. */
export function mayHoldKnownShape(text: string): boolean {
  return BEGINNINGS.test(text);
}

/** Whether a text has a character of a kind in `signs` (of flags too, where there are signs), or a run that is long enough. */
function scan(text: string, from: number, signs: number): boolean {
  let run = 0;
  let word = 0;
  let kinds = 0;
  for (let i = from; i < text.length; i++) {
    const code = text.charCodeAt(i);
    const kind = code < 128 ? KINDS[code] : 0;
    if ((kind & signs) !== 0) return true;
    if (kind === 0 || kind === SIGN) {
      run = word = kinds = 0;
      continue;
    }
    if (code === DASH && run === 0 && signs !== 0) return true;
    run++;
    word = kind === JOINER ? 0 : word + 1;
    kinds |= kind;
    if (word >= WORD || (run >= MIXED_CASE_RUN && (kinds & MIXED_CASE) === MIXED_CASE)) return true;
  }
  return false;
}
