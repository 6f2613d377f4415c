// Text → search tokens, the same for what is stored and for what is looked for. Pure.

/** Raise this when `searchTokens` changes its answer: stored messages are then indexed again, a few at a time. */
export const TOKENS_VERSION = 1;

const maxTokens = 60;
/** Longer words are links or noise; cut, they still match themselves. */
const maxLength = 40;

/**
 * @param text a (masked) message, or what an officer types into the search box
 * @returns words and digit runs of two characters or more, lower case, without accents, each once, at most 60; a consultation
 *   number "K-4821" also as `k4821`
 */
export function searchTokens(text: string): string[] {
  const folded = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const tokens = new Set<string>();
  for (const [found, number] of folded.matchAll(/(?<![\p{L}\p{N}])k ?-? ?(\d+)(?![\p{L}\p{N}])|[\p{L}\p{N}]+/gu)) {
    const words = number === undefined ? [found, ...(found.match(/\d+/g) ?? [])] : [`k${number}`, number];
    for (const word of words) {
      if (word.length >= 2) tokens.add(word.slice(0, maxLength));
      if (tokens.size === maxTokens) return [...tokens];
    }
  }
  return [...tokens];
}
