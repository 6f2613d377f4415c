// Words by keys that lead to them, without keeping a key: an index of strings in one typed array.

/** Pairs of key hash and word number in one number, sorted. */
export interface HashIndex {
  /** @returns numbers of the words put in under this key; rarely also of one under a key of the same hash */
  find(key: string): number[];
}

/** More words than this need another packing. */
const mostWords = 2 ** 20;

/** @param keysOf keys of each word, by the place of the word in `words` */
export function createHashIndex(words: readonly string[], keysOf: (word: string) => Iterable<string>): HashIndex {
  if (words.length > mostWords) throw new Error(`A spelling vocabulary has at most ${mostWords} words.`);
  const pairs: number[] = [];
  for (const [at, word] of words.entries()) for (const key of keysOf(word)) pairs.push(hash(key) * mostWords + at);
  const sorted = Float64Array.from(pairs).sort();
  return {
    find(key) {
      const from = hash(key) * mostWords;
      const found: number[] = [];
      for (let at = firstAtLeast(sorted, from); at < sorted.length && (sorted[at] as number) < from + mostWords; at++)
        found.push((sorted[at] as number) - from);
      return found;
    },
  };
}

/** FNV-1a. @returns 0 ≤ x < 2^32 */
function hash(text: string): number {
  let state = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  return state >>> 0;
}

/** Binary search. @returns the place of the first value that is not below `value` */
export function firstAtLeast(sorted: Float64Array | Uint32Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((sorted[middle] as number) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}
