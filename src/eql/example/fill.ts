/** Stands where a pattern takes any text. */
const WORD = 'sample';

const SEPARATORS = '/\\.:=,; ';

/**
 * A text that a wildcard pattern matches, as people would write it: a `*` becomes a word where it stands for one between
 * separators, and nothing beside other characters.
 */
export function filled(pattern: string): string {
  const drive = /^\?:\\/.test(pattern) ? `C${pattern.slice(1)}` : pattern;
  return drive.replace(/\*+/g, (stars, at: number) => wordBetween(drive, at, at + stars.length)).replaceAll('?', 'a');
}

function wordBetween(pattern: string, start: number, end: number): string {
  const before = pattern.charAt(start - 1);
  const after = pattern.charAt(end);
  if (before === '' && after === '\\') return 'C:';
  if (before === '' && after === '/') return '';
  const opens = before === '' || SEPARATORS.includes(before);
  // A word in front of a blank or letter would say more than the pattern does.
  const closes = after === '' || (SEPARATORS.includes(after) && after !== ' ');
  const isAlone = before === '' && after === '';
  return isAlone || (opens && closes && before !== ' ') ? WORD : '';
}
