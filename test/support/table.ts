/**
 * Rows of a text with tab-separated values whose first line names the columns. Lines that begin with # are comments.
 * @param columns those that are needed; the rows have these names
 */
export function parseTable<C extends string>(text: string, columns: readonly C[]): Record<C, string>[] {
  const [head, ...lines] = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  const names = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    const entries = columns.map((column) => {
      const index = names.indexOf(column);
      if (index < 0) throw new Error(`the table has no column ${column}`);
      return [column, cells[index] ?? ''];
    });
    // Each column is in it, by the line above.
    return Object.fromEntries(entries) as Record<C, string>;
  });
}
