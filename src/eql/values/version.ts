/**
 * The order of `version` fields: valid versions by Semantic Versioning's precedence (semver.org, item 11), then
 * everything else by its characters, after all valid ones.
 */
export function compareVersions(a: string, b: string): number {
  const left = VERSION.exec(a);
  const right = VERSION.exec(b);
  if (!left || !right) return left ? -1 : right ? 1 : compareText(a, b);
  return (
    compareParts(left[1].split('.'), right[1].split('.')) ||
    comparePreRelease(left[2], right[2]) ||
    compareText(left[3] ?? '', right[3] ?? '')
  );
}

/** Numbers, of which there may be any count; -pre-release; +build. */
const VERSION = /^(\d+(?:\.\d+)*)(?:-([0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+([0-9A-Za-z.-]+))?$/;

/** A version with a pre-release comes before the one without. */
function comparePreRelease(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return a === b ? 0 : a === undefined ? 1 : -1;
  return compareParts(a.split('.'), b.split('.'));
}

/** Numbers by value and before words; words by character; a shorter list before a longer one that starts with it. */
function compareParts(a: readonly string[], b: readonly string[]): number {
  for (let i = 0; i < Math.min(a.length, b.length); i++) {
    const difference = comparePart(a[i], b[i]);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function comparePart(a: string, b: string): number {
  const aNumber = /^\d+$/.test(a);
  const bNumber = /^\d+$/.test(b);
  if (aNumber !== bNumber) return aNumber ? -1 : 1;
  if (!aNumber) return compareText(a, b);
  const left = a.replace(/^0+(?=\d)/, '');
  const right = b.replace(/^0+(?=\d)/, '');
  return left.length - right.length || compareText(left, right);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
