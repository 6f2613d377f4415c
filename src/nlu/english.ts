// The word chain for purely English rows: folding, spelling help and Porter stems; no Indonesian map or stemmer is run.
/// <reference path="./natural.d.ts" />
import porter from 'natural/lib/natural/stemmers/porter_stemmer.js';
import { readLimit } from './normalize.ts';
import { createSpeller, type Speller } from './speller.ts';
import type { WordChain } from './tokens.ts';

/** Stands for any number: which one it is says nothing about what is asked. */
const number = '0';
const wordLimit = 80;

export function createEnglishChain(): WordChain {
  let speller: Speller | null = null;
  const stems = new Map<string, string>();
  const stem = (word: string): string => {
    let known = stems.get(word);
    if (known === undefined) {
      known = porter.stem(word);
      stems.set(word, known);
    }
    return known;
  };
  return {
    learn(texts) {
      const vocabulary = new Map<string, number>();
      stems.clear();
      for (const text of texts) for (const word of split(text)) vocabulary.set(word, (vocabulary.get(word) ?? 0) + 1);
      speller = createSpeller({ vocabulary, isKnown: () => false });
    },
    words: (text) => split(text).map((word) => stem(speller ? speller.correct(word) : word)),
  };
}

function split(text: string): string[] {
  return text
    .slice(0, readLimit)
    .normalize('NFKD')
    .replace(/[\p{M}\p{Cf}'’‘`´]/gu, '')
    .toLowerCase()
    .replace(/([a-z])\1{2,}/g, '$1$1')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .slice(0, wordLimit)
    .map((word) => (/^\d+$/.test(word) ? number : word.slice(0, 40)));
}
