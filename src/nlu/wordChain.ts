// Text → words of the model, for rows of one language: what the flat model trains on and answers from.
import type { Language } from '../contract/message.ts';
import { createEnglishChain } from './english.ts';
import { createTokenReader, type WordChain, type WordMaps } from './tokens.ts';

/** English rows have a chain of their own; Indonesian and Sundanese come mixed and share one. */
export function createWordChain(language: Language, maps: WordMaps): WordChain {
  if (language === 'en') return createEnglishChain();
  const reader = createTokenReader(maps);
  return {
    learn: (texts) => reader.use(reader.vocabulary(texts)),
    words: (text) => reader.read(text).clauses.flat(),
  };
}

/** @returns the language most of the texts are in */
export function guessLanguage(texts: readonly string[], maps: WordMaps): Language {
  const reader = createTokenReader(maps);
  const votes = { id: 0, su: 0, en: 0 };
  for (const text of texts) votes[reader.read(text).language] += 1;
  if (votes.en > votes.id + votes.su) return 'en';
  return votes.su > votes.id ? 'su' : 'id';
}
