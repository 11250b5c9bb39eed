/**
 * Whether a rule that reads `patterns` reads the index or data stream `name`, as Elasticsearch resolves them: `*` is
 * any text, and a pattern that begins with a minus takes away what those before it have added. Patterns of other
 * clusters (`europe:logs-*`) never apply here. No patterns at all mean every index.
 */
export function readsIndex(patterns: readonly string[], name: string): boolean {
  if (patterns.length === 0) return true;
  let reads = false;
  for (const pattern of patterns) {
    const excludes = pattern.startsWith('-');
    if (matches(excludes ? pattern.slice(1) : pattern, name)) reads = !excludes;
  }
  return reads;
}

/** Between the first and the last piece of a pattern, each piece is looked for from where the one before it ended. */
function matches(pattern: string, name: string): boolean {
  const pieces = pattern.split('*');
  const last = pieces.length - 1;
  if (last === 0) return pattern === name;
  if (!name.startsWith(pieces[0])) return false;
  let at = pieces[0].length;
  for (const piece of pieces.slice(1, last)) {
    const found = name.indexOf(piece, at);
    if (found < 0) return false;
    at = found + piece.length;
  }
  return name.length - pieces[last].length >= at && name.endsWith(pieces[last]);
}
