/** Controls but for tab and line feed, and what turns the direction of writing: what a terminal obeys. */
const OBEYED = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** Text from elsewhere for a terminal: escapes as JSON has them in place of what would be obeyed. */
export function escapeControls(text: string): string {
  return text.replace(OBEYED, escapeOf);
}

/** What a terminal obeys, but for the styles that we write ourselves (SGR: colours, which do no harm). */
const OBEYED_BUT_STYLES =
  /[\u0000-\u0008\u000b-\u001a\u001c-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]|\u001b(?!\[\d{0,3}m)/g;

/** The same for text with styles of ours in it. */
export function escapeControlsButStyles(text: string): string {
  return text.replace(OBEYED_BUT_STYLES, escapeOf);
}

function escapeOf(code: string): string {
  return `\\u${code.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
