/** The most characters of one value that a sentence holds. */
const MAX_SHOWN = 120;

/** C0 and C1 controls, line separators, and what turns the direction of writing or is not seen. */
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g;

/** Text from traffic as it may stand in a sentence: without what a terminal or a page would obey, and not too long. */
export function printable(text: string): string {
  const clean = text.replace(UNPRINTABLE, '\ufffd');
  return clean.length <= MAX_SHOWN ? clean : `${clean.slice(0, MAX_SHOWN).toWellFormed()}…`;
}
