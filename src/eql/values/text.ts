/**
 * Case is ignored for A to Z alone, as Elasticsearch's case-insensitive term, prefix, wildcard and regexp queries do
 * (Lucene's ASCII_CASE_INSENSITIVE): "É" and "é" stay different. Nothing here allocates.
 */

/** `value` equals `folded`, which is in lower case, when the case of ASCII letters is ignored. */
export function equalsFolded(value: string, folded: string): boolean {
  return value.length === folded.length && foldedAt(value, 0, folded);
}

/** `folded` stands in `value` at `at` when the case of ASCII letters is ignored. There is room for it. */
export function foldedAt(value: string, at: number, folded: string): boolean {
  for (let i = 0; i < folded.length; i++) {
    const code = value.charCodeAt(at + i);
    if (code !== folded.charCodeAt(i) && lower(code) !== folded.charCodeAt(i)) return false;
  }
  return true;
}

/** The code unit in lower case where it is an ASCII letter. */
export function lower(code: number): number {
  return code >= 65 && code <= 90 ? code | 32 : code;
}

/** A text with its ASCII letters in lower case. */
export function fold(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

/** Where `folded` first stands in `value` at or after `from`, case of ASCII letters ignored; -1 where it does not. */
export function indexOfFolded(value: string, folded: string, from: number): number {
  const last = value.length - folded.length;
  for (let at = from; at <= last; at++) {
    if (foldedAt(value, at, folded)) return at;
  }
  return -1;
}
