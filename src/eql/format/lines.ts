/** A line of a formatted query, or several that belong together, and whether the author left an empty line before it. */
export interface Line {
  readonly text: string;
  readonly gap: boolean;
}

/** Lines one below the other, all but the first indented. An empty line before the first has nothing to part it from. */
export function joinLines(lines: readonly Line[], indent: string): string {
  return lines.map(({ text, gap }, index) => (index === 0 ? text : `\n${gap ? '\n' : ''}${indent}${text}`)).join('');
}

/** A member of a list with the comma behind it. */
export interface Member {
  readonly text: string;
  /** The author began a line with it. */
  readonly startsRow: boolean;
}

/**
 * Members in rows of at most `width` columns: the author's own where all of them fit, since these mostly group what
 * belongs together; otherwise as many in a row as fit. A member that is too long has a row of its own.
 */
export function rowsOf(members: readonly Member[], width: number): string[] {
  const own = rows(members, (_row, { startsRow }) => startsRow);
  if (own.length > 1 && own.every((row) => row.members === 1 || row.text.length <= width)) return own.map(textOf);
  return rows(members, (row, { text }) => row.text.length + 1 + text.length > width).map(textOf);
}

interface Row {
  readonly text: string;
  readonly members: number;
}

function rows(members: readonly Member[], startsNew: (row: Row, member: Member) => boolean): Row[] {
  const found: Row[] = [];
  for (const member of members) {
    const row = found.at(-1);
    if (row === undefined || startsNew(row, member)) found.push({ text: member.text, members: 1 });
    else found[found.length - 1] = { text: `${row.text} ${member.text}`, members: row.members + 1 };
  }
  return found;
}

function textOf({ text }: Row): string {
  return text;
}
