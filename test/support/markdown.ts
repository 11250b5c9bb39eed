import assert from 'node:assert/strict';

// What the tests of the documents share: reading Markdown.

/** The part of a Markdown text under a heading, up to the next one of the same level. */
export function section(text: string, heading: string): string {
  const start = text.indexOf(`\n${heading}\n`);
  assert.ok(start >= 0, `no heading ${heading}`);
  const end = text.indexOf(`\n${heading.split(' ')[0]} `, start + heading.length);
  return text.slice(start, end < 0 ? undefined : end);
}

/** The cells of all table rows, header and rule rows left out. */
export function rows(text: string): string[][] {
  const lines = text.split('\n');
  const isRule = (line: string | undefined) => line !== undefined && /^\|[\s|:-]+\|$/.test(line);
  return lines
    .filter((line, index) => line.startsWith('|') && !isRule(line) && !isRule(lines[index + 1]))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replaceAll('\\|', '|')),
    );
}

/** What stands between backticks. */
export function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1]);
}

export function blocks(text: string, language: string): string[] {
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms'))].map((match) => match[1]);
}
