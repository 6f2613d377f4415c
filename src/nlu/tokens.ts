// The chain every text goes through, messages and training rows alike: words → word maps → spelling → stems.
import type { Language } from '../contract/message.ts';
import { createLanguageGuess } from './language.ts';
import { applyLexicon, type Lexicon } from './lexicon.ts';
import { normalize } from './normalize.ts';
import type { Speller } from './speller.ts';
import { createStemmer } from './stem.ts';

/** Words read of one message; more are not needed to place a question. */
const wordLimit = 80;

/** A message as the classifier sees it. */
export interface Reading {
  /** Stems, clause by clause; a clause is never empty. */
  clauses: string[][];
  language: Language;
}

export interface TokenReader {
  read(text: string): Reading;
  /** Stems of a short phrase, for lists of topics. */
  phrase(text: string): string[];
  isKnown(word: string): boolean;
  /** Turns spelling help on; the vocabulary is known only after the training rows were read. */
  use(speller: Speller): void;
}

export function createTokenReader(options: {
  slang: Lexicon;
  sundanese: Lexicon;
  english: Lexicon;
  protectedWords: ReadonlySet<string>;
}): TokenReader {
  const { slang, sundanese, english } = options;
  const stemmer = createStemmer({ protectedWords: options.protectedWords });
  const dropped = new Set([...slang.dropped, ...sundanese.dropped, ...english.dropped]);
  const isIndonesian = (word: string): boolean => !options.protectedWords.has(word) && stemmer.isKnown(stemmer.stem(word));
  const guessLanguage = createLanguageGuess({ slang, sundanese, english, isIndonesian });
  let speller: Speller | null = null;

  const withoutSuffix = (word: string): string[] | undefined => {
    const bare = word.replace(/(?:na|keun)$/, '');
    return bare === word || stemmer.isKnown(word) ? undefined : sundanese.phrases.get(bare);
  };

  const plain = (words: string[], language: Language): string[] => {
    const first = language === 'en' ? applyLexicon(english, words) : words;
    const chat = applyLexicon(slang, applyLexicon(slang, first));
    const local = language === 'en' ? chat : applyLexicon(sundanese, chat, withoutSuffix);
    return language === 'en' ? local : applyLexicon(english, local);
  };

  const stems = (words: string[], language: Language): string[] =>
    plain(words, language).map((word) => {
      if (dropped.has(word)) return word;
      const stem = stemmer.stem(word);
      const meant = speller ? speller.correct(stem) : stem;
      return meant === stem ? stem : stemmer.stem(meant);
    });

  return {
    read(text) {
      let left = wordLimit;
      const raw = normalize(text)
        .map((clause) => {
          const kept = clause.slice(0, left);
          left -= kept.length;
          return kept;
        })
        .filter((clause) => clause.length > 0);
      const language = guessLanguage(raw.flat());
      const mapped = raw.map((clause) => stems(clause, language));
      const kept = mapped.map((clause) => clause.filter((word) => !dropped.has(word))).filter((clause) => clause.length > 0);
      // Only particles ("min?", "kak"): they are all there is, so they stay.
      return { clauses: kept.length > 0 ? kept : mapped, language };
    },
    phrase: (text) => stems(normalize(text).flat(), 'id').filter((word) => !dropped.has(word)),
    isKnown: stemmer.isKnown,
    use(help) {
      speller = help;
    },
  };
}
