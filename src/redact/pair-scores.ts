/**
 * log2 of (likelihood in random text / likelihood in names) for two letters, case ignored, in half bits: digit 8 is
 * even, 0 is names for sure, f random for sure. Row: first letter. Counted over the distinct words of a Debian system's
 * file paths (67,719), each weighted by the logarithm of its frequency.
 */
const LETTER_PAIRS = [
  'a645ba6d7d9363d5d44279aa9c', // a
  '7b997bbc7ad6ac8bd98b7ccbbd', // b
  '4b7a4bc58e668c39d6857add9e', // c
  '68973aac5dc99b79c87a8bbdce', // d
  '5843777b9db563a69124a7959d', // e
  '8cab89cd5ee8bc7ce9a99dddbe', // f
  '8cac5cba7edab98ae78b9ddedd', // g
  '6dcc6cde7edbcc7cd9b9acdecd', // h
  '7546776dcdc56147d734d7dae8', // i
  'bedd9eeeceeeeebdeebeceeeee', // j
  'abcc6ccd9eebccbcec9bbddede', // k
  '5ba83bcc3ec5bc4adb778acd7d', // l
  '49aa4bcd5ec99d65dc7b8cddce', // m
  '5b55474b6caaa879db4399cdbd', // n
  '8866c97c9c955276e366587ace', // o
  '5c9a5cb97eb6bb57d4778dcd8e', // p
  'cedcedeedeebddeeebcd8deeee', // q
  '3a77299c4e997839d85578cd7e', // r
  '7b6a3ab64e988a66a94247ac8e', // s
  '4a7929b62db89b48d4577cac7c', // t
  '97995b8b8ed685c7e665ddcced', // u
  '7b9c5bcb6eeb9caaaa89adbced', // v
  '8dcc8dda8edccb9cea9dbbcede', // w
  'bdac9cedbeddbdd9edb8dadcce', // x
  'bcacbdcdbeebaac8ec8adddeed', // y
  'bedd8eedbeeddecdeededeeeed', // z
];
const EVEN = 8;
// Half bits, for the other kinds of neighbours; set by eye, checked by the tests.
const CASE_RISES = 2;
const DIGITS = -1;
const LETTER_AND_DIGIT = 2;
const BASE64_SIGN = 3;
const SLASH = -3;
const DASH = -2;
const SEPARATOR = -5;
let table: Int8Array | null = null;

/**
 * How much likelier two neighbouring characters (of ASCII) are in random base64 than in names, in half bits:
 * `pairScores()[first * 128 + second]`, by their codes. Made when first asked for.
 */
export function pairScores(): Int8Array {
  table ??= Int8Array.from({ length: 128 * 128 }, (_, index) =>
    pairScore(String.fromCharCode(index >> 7), String.fromCharCode(index & 127)),
  );
  return table;
}

function pairScore(first: string, second: string): number {
  if (isLetter(first) && isLetter(second)) {
    if (isLower(first) && isUpper(second)) return CASE_RISES;
    return Number.parseInt(LETTER_PAIRS[placeInAlphabet(first)][placeInAlphabet(second)], 16) - EVEN;
  }
  if (isDigit(first) && isDigit(second)) return DIGITS;
  if ((isLetter(first) || isDigit(first)) && (isLetter(second) || isDigit(second))) return LETTER_AND_DIGIT;
  if ('+='.includes(first) || '+='.includes(second)) return BASE64_SIGN;
  if ('-_'.includes(first) || '-_'.includes(second)) return DASH;
  return first === '/' || second === '/' ? SLASH : SEPARATOR;
}

function placeInAlphabet(letter: string): number {
  return letter.toLowerCase().charCodeAt(0) - 0x61;
}

function isLetter(char: string): boolean {
  return isLower(char) || isUpper(char);
}

function isLower(char: string): boolean {
  return char >= 'a' && char <= 'z';
}

function isUpper(char: string): boolean {
  return char >= 'A' && char <= 'Z';
}

function isDigit(char: string): boolean {
  return char >= '0' && char <= '9';
}
