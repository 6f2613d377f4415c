// Guarded spelling help: one-letter slips (two in long words) toward the matcher's own vocabulary, by a symmetric-delete index.

export interface Speller {
  /** @returns the word of the vocabulary that was meant, or the word itself. */
  correct(word: string): string;
}

const cacheLimit = 5_000;
const shortest = 4;
const longWord = 8;

/**
 * @param options.vocabulary words with their number of uses; acronyms must be left out by the caller
 * @param options.isKnown words that are right as they are
 */
export function createSpeller(options: { vocabulary: ReadonlyMap<string, number>; isKnown: (word: string) => boolean }): Speller {
  const index = new Map<string, string[]>();
  for (const word of options.vocabulary.keys()) {
    if (word.length < shortest) continue;
    for (const key of deletions(word)) {
      const words = index.get(key);
      if (words) words.push(word);
      else index.set(key, [word]);
    }
  }
  const cache = new Map<string, string>();

  const nearest = (word: string): string => {
    let best = word;
    let bestRank = Number.POSITIVE_INFINITY;
    for (const key of deletions(word)) {
      for (const candidate of index.get(key) ?? []) {
        const distance = editDistance(word, candidate);
        if (distance > (Math.max(word.length, candidate.length) >= longWord ? 2 : 1)) continue;
        const uses = Math.min(options.vocabulary.get(candidate) ?? 0, 99);
        const rank = distance * 1000 + (candidate[0] === word[0] ? 0 : 500) - uses;
        if (rank < bestRank || (rank === bestRank && candidate < best)) {
          best = candidate;
          bestRank = rank;
        }
      }
    }
    return best;
  };

  return {
    correct(word) {
      if (word.length < shortest || /\d/.test(word) || options.vocabulary.has(word) || options.isKnown(word)) return word;
      const cached = cache.get(word);
      if (cached !== undefined) return cached;
      const result = nearest(word);
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

/** Optimal string alignment: insert, delete, replace, swap of neighbours cost one each. */
function editDistance(a: string, b: string): number {
  let before: number[] = [];
  let previous = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let cost = Math.min((previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (previous[column - 1] ?? 0) + same);
      const swapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      if (swapped) cost = Math.min(cost, (before[column - 2] ?? 0) + 1);
      current.push(cost);
    }
    before = previous;
    previous = current;
  }
  return previous[b.length] ?? 0;
}
