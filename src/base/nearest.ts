/**
 * The names closest to a misspelt one, best first: at most `most`, and none further away than a third of the name's
 * length (at least 1 edit for three letters, 2 for more; 5 at most). Case is ignored.
 */
export function nearest(name: string, candidates: Iterable<string>, most = 3): string[] {
  const wanted = name.toLowerCase();
  const letters = lettersOf(wanted);
  const limit = name.length < 4 ? 1 : Math.min(5, Math.max(2, Math.floor(name.length / 3)));
  const scored: { candidate: string; distance: number }[] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) > limit) continue;
    const other = candidate.toLowerCase();
    if (differingLetters(letters, lettersOf(other)) > 2 * limit) continue;
    const distance = editDistance(wanted, other, limit);
    if (distance <= limit) scored.push({ candidate, distance });
  }
  scored.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return scored.slice(0, most).map((entry) => entry.candidate);
}

/** The set of letters of a text, as bits; other characters share some. */
function lettersOf(text: string): number {
  let letters = 0;
  for (let i = 0; i < text.length; i++) letters |= 1 << (text.charCodeAt(i) & 31);
  return letters;
}

/** An edit adds or takes away one letter of the set, or swaps one for another: so at most two differ for each. */
function differingLetters(a: number, b: number): number {
  let differing = a ^ b;
  let count = 0;
  for (; differing !== 0; count++) differing &= differing - 1;
  return count;
}

/** Levenshtein distance with transposition counted as one edit; any value above `limit` means "further than that". */
function editDistance(a: string, b: string, limit: number): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    let best = row;
    for (let column = 1; column <= b.length; column++) {
      const cost = a[row - 1] === b[column - 1] ? 0 : 1;
      let value = Math.min(last[column] + 1, current[column - 1] + 1, last[column - 1] + cost);
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        value = Math.min(value, beforeLast[column - 2] + 1);
      }
      current.push(value);
      if (value < best) best = value;
    }
    if (best > limit) return limit + 1;
    beforeLast = last;
    last = current;
  }
  return last[b.length];
}
