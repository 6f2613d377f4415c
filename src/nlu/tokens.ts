// The chain every text goes through, messages and training rows alike: words → word maps → spelling → stems → synonyms.
import type { Language } from '../contract/message.ts';
import { everyday } from './formal.ts';
import { createLanguageGuess } from './language.ts';
import { applyLexicon, type Lexicon, stemmedLexicon } from './lexicon.ts';
import { normalize } from './normalize.ts';
import { createSpeller, type Speller } from './speller.ts';
import { createStemmer } from './stem.ts';

/** Words read of one message; more are not needed to place a question. */
const wordLimit = 80;
/** Protected words up to this length are acronyms: exact match only, never the goal of a correction. */
const acronymLength = 5;
/** Plain words of the maps are everyday words: they count as used this often. */
const listedUses = 3;

/** A message as the classifier sees it. */
export interface Reading {
  /** Stems, clause by clause; a clause is never empty. */
  clauses: string[][];
  language: Language;
}

/** The chain as the flat model takes it, for rows of one language. */
export interface WordChain {
  /** Takes the training texts as the vocabulary of spelling help; before that nothing is corrected. */
  learn(texts: Iterable<string>): void;
  words(text: string): string[];
}

export interface TokenReader {
  read(text: string): Reading;
  /** Stems of a short phrase, for lists of topics. */
  phrase(text: string): string[];
  isKnown(word: string): boolean;
  /** Words of the texts as written and as stems, with their uses: what spelling help may lead to. Acronyms are left out. */
  vocabulary(texts: Iterable<string>): Map<string, number>;
  /** Turns spelling help on, toward these words and the plain words of the maps. */
  use(vocabulary: ReadonlyMap<string, number>): void;
}

/** The word maps of intents/lexicon, and the acronyms and names that nothing may change. */
export interface WordMaps {
  slang: Lexicon;
  sundanese: Lexicon;
  english: Lexicon;
  synonyms: Lexicon;
  protectedWords: ReadonlySet<string>;
}

export function createTokenReader(options: WordMaps): TokenReader {
  const { slang, sundanese, english } = options;
  const stemmer = createStemmer({ protectedWords: options.protectedWords });
  const synonyms = stemmedLexicon(options.synonyms, stemmer.stem);
  const dropped = new Set([...slang.dropped, ...sundanese.dropped, ...english.dropped]);
  const isIndonesian = (word: string): boolean => !options.protectedWords.has(word) && stemmer.isKnown(stemmer.stem(word));
  const guessLanguage = createLanguageGuess({ slang, sundanese, english, isIndonesian });
  const isAcronym = (word: string): boolean => options.protectedWords.has(word) && word.length <= acronymLength;
  let speller: Speller | null = null;

  const withoutSuffix = (word: string): string[] | undefined => {
    const bare = word.replace(/(?:na|keun)$/, '');
    return bare === word || stemmer.isKnown(word) ? undefined : sundanese.phrases.get(bare);
  };

  const lists = [slang, sundanese, english];
  const isListed = (word: string): boolean => dropped.has(word) || lists.some((list) => list.phrases.has(word));
  const spelled = (word: string): string => (!speller || isListed(word) ? word : speller.correct(word));

  /** What a list knows as it stands goes first; then spelling help, and the lists once more for what it brought. */
  const plain = (words: string[], language: Language): string[] => {
    if (language === 'en') {
      const once = applyLexicon(slang, applyLexicon(english, words)).map(spelled);
      return applyLexicon(slang, applyLexicon(english, once));
    }
    const chat = applyLexicon(slang, applyLexicon(slang, words).map(spelled)).map(everyday);
    return applyLexicon(english, applyLexicon(sundanese, chat, withoutSuffix));
  };

  /** An affixed word with a slip in its middle is put right without its affixes: pengemang → kembang. */
  const stemOf = (word: string): string => {
    if (dropped.has(word)) return word;
    const stem = stemmer.stem(word);
    if (!speller || stemmer.isKnown(stem)) return stem;
    for (const bare of stemmer.bare(word)) {
      const meant = speller.correct(bare);
      if (speller.has(meant)) return stemmer.stem(meant);
    }
    return stem;
  };

  const stems = (words: string[], language: Language): string[] => applyLexicon(synonyms, plain(words, language).map(stemOf));

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
    vocabulary(texts) {
      const uses = new Map<string, number>();
      const add = (word: string): void => {
        if (!isAcronym(word)) uses.set(word, (uses.get(word) ?? 0) + 1);
      };
      for (const text of texts) {
        const raw = normalize(text).flat();
        for (const word of new Set([...raw, ...stems(raw, guessLanguage(raw))])) add(word);
      }
      return uses;
    },
    use(vocabulary) {
      const all = new Map(vocabulary);
      for (const list of lists)
        for (const word of [...list.phrases.values()].flat())
          if (!isAcronym(word)) all.set(word, Math.max(all.get(word) ?? 0, listedUses));
      for (const word of slang.phrases.keys()) if (!word.includes(' ') && !all.has(word)) all.set(word, 1);
      speller = createSpeller({ vocabulary: all, isKnown: stemmer.isForm });
    },
  };
}
