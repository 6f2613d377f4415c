// Guarded spelling help: slips and words without vowels, toward the matcher's own vocabulary, by a symmetric-delete index.
import { costs, editCost } from './editCost.ts';
import { createHashIndex } from './hashIndex.ts';
import { isBare, isShortFor, skeleton } from './skeleton.ts';

export interface Speller {
  /** @returns the word of the vocabulary that was meant, or the word itself. */
  correct(word: string): string;
  /** Is it a word of the vocabulary? */
  has(word: string): boolean;
}

const cacheLimit = 5_000;
/** Shorter words are not corrected, except that vowels may be put back. */
const shortest = 4;
const longWord = 8;
/** A word typed in two or three letters without a vowel is only taken for one that is used at least so often. */
const common = 3;

/**
 * @param options.vocabulary words with their number of uses; acronyms must be left out by the caller
 * @param options.isKnown words that are right as they are
 */
export function createSpeller(options: { vocabulary: ReadonlyMap<string, number>; isKnown: (word: string) => boolean }): Speller {
  const { vocabulary } = options;
  const words = [...vocabulary.keys()];
  const byDeletion = createHashIndex(words, (word) => (word.length >= shortest ? deletions(word) : []));
  const bySkeleton = createHashIndex(words, (word) => (word.length >= shortest - 1 ? [skeleton(word)] : []));
  const usesOf = (word: string): number => vocabulary.get(word) ?? 0;
  const cache = new Map<string, string>();

  const nearest = (word: string): string => {
    const letters = word.length;
    const limit = letters < 6 ? costs.other : letters < longWord ? 1.3 : 2;
    let best = word;
    let least = Number.POSITIVE_INFINITY;
    const offer = (candidate: string, cost: number): void => {
      // Of two that are as near, the one used more; frequent words are mistyped more often.
      const rank = cost - 0.06 * Math.log(1 + Math.min(usesOf(candidate), 99));
      if (rank < least || (rank === least && candidate < best)) {
        best = candidate;
        least = rank;
      }
    };
    if (letters >= shortest) {
      const seen = new Set<number>();
      for (const key of deletions(word)) {
        for (const at of byDeletion.find(key)) {
          if (seen.has(at)) continue;
          seen.add(at);
          const candidate = words[at] ?? '';
          const cost = editCost(word, candidate, limit);
          if (cost <= limit) offer(candidate, cost);
        }
      }
    }
    const shape = skeleton(word);
    for (const at of bySkeleton.find(shape)) {
      const candidate = words[at] ?? '';
      if (skeleton(candidate) !== shape) continue;
      if (!isShortFor(word, candidate)) {
        // "mlem", "dteng": a vowel gone and the other one changed.
        if (letters >= shortest && candidate.length === letters + 1 && shape.length >= 3) offer(candidate, costs.other);
        continue;
      }
      const missing = candidate.length - letters;
      if (letters < shortest && (usesOf(candidate) < common || !(isBare(word) || missing === 1))) continue;
      offer(candidate, 0.6 + 0.05 * missing - 0.1 * Math.log(1 + Math.min(usesOf(candidate), 99)));
    }
    return best;
  };

  return {
    has: (word) => vocabulary.has(word),
    correct(word) {
      if (word.length < 2 || /\d/.test(word) || vocabulary.has(word)) return word;
      const cached = cache.get(word);
      if (cached !== undefined) return cached;
      const result = options.isKnown(word) ? word : nearest(word);
      if (cache.size >= cacheLimit) cache.clear();
      cache.set(word, result);
      return result;
    },
  };
}

function deletions(word: string): Set<string> {
  const keys = new Set([word]);
  for (let at = 0; at < word.length; at++) keys.add(word.slice(0, at) + word.slice(at + 1));
  return keys;
}
