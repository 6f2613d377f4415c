// Text → search tokens, the same for what is stored and for what is looked for. Pure.

/** Raise this when `messageTokens` changes its answer: stored messages are then indexed again, a few at a time. */
export const TOKENS_VERSION = 2;

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

/** The matcher's stem of one lower-case word: `mengurus` → `urus`, `perizinan` → `izin`. */
export type Stem = (word: string) => string;
const asItIs: Stem = (word) => word;

/** @returns the tokens of a stored text: its words as they stand, and their stems, so that a beginning and another form both find it */
export function messageTokens(text: string, stem: Stem = asItIs): string[] {
  const tokens = searchTokens(text);
  return [...new Set([...tokens, ...tokens.map(stem)])];
}

/** Raise this when `contactTokens` changes its answer. */
export const CONTACT_TOKENS_VERSION = 1;
/** Beginnings of a name that find it: from two letters to this many, and the whole word. */
const maxBeginning = 8;
const minDigits = 5;

/**
 * @param name as the channel told it · @param phone E.164
 * @returns every beginning that shall find the contact. Beginnings are tokens of their own because the index holds hashes.
 */
export function contactTokens({ name, phone }: { name: string | null; phone: string | null }): string[] {
  const tokens = new Set<string>();
  for (const word of searchTokens(name ?? '')) {
    for (let length = 2; length <= Math.min(word.length, maxBeginning); length += 1) tokens.add(word.slice(0, length));
    tokens.add(word);
  }
  const digits = (phone ?? '').replace(/\D/g, '');
  const local = digits.startsWith('62') ? `0${digits.slice(2)}` : digits;
  for (const form of new Set([digits, local]))
    for (let length = minDigits; length <= form.length; length += 1) tokens.add(form.slice(0, length));
  return [...tokens];
}

/** What an officer typed, as a search takes it: whole words, the beginning of the last one, and a consultation number. */
export interface SearchWords {
  tokens: string[];
  prefix: string | null;
  number: number | null;
}

/** @param typed with a space at its end the last word is whole; whole words are looked for by their stems */
export function searchWords(typed: string, stem: Stem = asItIs): SearchWords {
  const number = /^\s*k ?-? ?(\d{1,12})\s*$/i.exec(typed)?.[1];
  const tokens = searchTokens(typed);
  if (number !== undefined) return { tokens: [`k${number}`], prefix: null, number: Number(number) };
  const isOpen = /[\p{L}\p{N}]$/u.test(typed.normalize('NFKD').replace(/\p{M}/gu, ''));
  const prefix = isOpen ? (tokens.pop() ?? null) : null;
  return { tokens: [...new Set(tokens.map(stem))], prefix, number: null };
}
