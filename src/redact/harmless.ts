/** Texts that are remembered; when there are more, all are forgotten. */
const MAX_TEXTS = 4096;

/** A longer text is not remembered. */
const MAX_LENGTH = 256;

/**
 * Texts that were looked at and came out unchanged. Traffic says the same again and again (user agents, header values),
 * and to know a text again costs less than to look at it again. What held a secret is never remembered.
 */
export class HarmlessTexts {
  readonly #texts = new Set<string>();

  has(text: string): boolean {
    return this.#texts.has(text);
  }

  add(text: string): void {
    if (text.length > MAX_LENGTH) return;
    if (this.#texts.size >= MAX_TEXTS) this.#texts.clear();
    this.#texts.add(text);
  }
}
