// Stems → sparse weighted features of the model: words, word pairs, first and last word, character 3–5-grams of words or of the whole text, interned by a 32-bit hash.

/** A sparse vector. `ids` are features of the vocabulary, each once; features nobody taught are in the length only. */
export interface Sparse {
  ids: Int32Array;
  weights: Float32Array;
}

/** What a vectorizer knows, as plain arrays: `keys[i]` is the hash of feature i, `idf[i]` its weight. */
export interface Vocabulary {
  keys: Uint32Array;
  idf: Float32Array;
  /** Training rows, for the weight of a feature nobody taught. */
  rows: number;
  /** Share of the character block in the squared length; the rest is the word block. */
  characters: number;
  /** Power of the idf in the weights: 1 is usual, less lets frequent words say more. */
  idfPower: number;
  /** Do character grams run on from one word into the next? */
  acrossWords: boolean;
}

export interface Vectorizer {
  readonly vocabulary: Vocabulary;
  vector(words: readonly string[]): Sparse;
  /** @returns the feature that stands for this word alone, or -1 */
  wordFeature(word: string): number;
}

const wordSeed = 0x811c9dc5;
const pairSeed = 0x2f0b4a27;
const firstSeed = 0x1b873593;
const lastSeed = 0x66daacfd;
const gramSeed = 0x5bd1e995;
const shortestGram = 3;
const longestGram = 5;
const edge = 95; // "_" frames a word, so that its beginning and its end are features of their own

/** The two blocks of one text as feature hashes, repeats included. */
interface Blocks {
  words: Uint32Array;
  characters: Uint32Array;
}

/**
 * Learns the vocabulary of the training rows.
 * @param rows stems of each row
 * @param options.characters share of the character block in the squared length, 0..1
 * @param options.leastUses features in fewer rows are left out; 1 keeps all
 */
export function learnVocabulary(
  rows: readonly (readonly string[])[],
  options: { characters: number; leastUses: number; idfPower: number; acrossWords: boolean },
): Vocabulary {
  const uses = new Map<number, number>();
  for (const row of rows) {
    const blocks = blocksOf(row, options.acrossWords);
    for (const key of new Set([...blocks.words, ...blocks.characters])) uses.set(key, (uses.get(key) ?? 0) + 1);
  }
  const kept = [...uses].filter(([, count]) => count >= options.leastUses);
  return {
    keys: Uint32Array.from(kept, ([key]) => key),
    idf: Float32Array.from(kept, ([, count]) => (Math.log((1 + rows.length) / (1 + count)) + 1) ** options.idfPower),
    rows: rows.length,
    characters: options.characters,
    idfPower: options.idfPower,
    acrossWords: options.acrossWords,
  };
}

/**
 * Weights are (1+ln tf)·idf; each block has its fixed share of the length. Unknown features count in the length with
 * idf ln(1+N)+1, so that strange text is far from everything.
 */
export function createVectorizer(vocabulary: Vocabulary): Vectorizer {
  const find = createFinder(vocabulary.keys);
  const unknownIdf = (Math.log(1 + vocabulary.rows) + 1) ** vocabulary.idfPower;
  const wordLength = Math.sqrt(1 - vocabulary.characters);
  const characterLength = Math.sqrt(vocabulary.characters);

  /** Writes the features of one block from `start` on. @returns where the next block starts */
  const fill = (keys: Uint32Array, length: number, ids: Int32Array, weights: Float64Array, start: number): number => {
    let end = start;
    let squares = 0;
    keys.sort();
    for (let at = 0; at < keys.length; ) {
      const key = keys[at] as number;
      let count = 1;
      while (keys[at + count] === key) count += 1;
      at += count;
      const id = find(key);
      const idf = id < 0 ? unknownIdf : (vocabulary.idf[id] as number);
      const weight = count === 1 ? idf : (1 + Math.log(count)) * idf;
      squares += weight * weight;
      if (id < 0) continue;
      ids[end] = id;
      weights[end] = weight;
      end += 1;
    }
    const scale = squares > 0 ? length / Math.sqrt(squares) : 0;
    for (let at = start; at < end; at++) weights[at] = (weights[at] as number) * scale;
    return end;
  };

  return {
    vocabulary,
    wordFeature: (word) => find(mix(hash(wordSeed, word))),
    vector(words) {
      const blocks = blocksOf(words, vocabulary.acrossWords);
      const most = blocks.words.length + blocks.characters.length;
      const ids = new Int32Array(most);
      const weights = new Float64Array(most);
      const afterWords = fill(blocks.words, wordLength, ids, weights, 0);
      const size = fill(blocks.characters, characterLength, ids, weights, afterWords);
      return { ids: ids.subarray(0, size), weights: Float32Array.from(weights.subarray(0, size)) };
    },
  };
}

function blocksOf(stems: readonly string[], acrossWords: boolean): Blocks {
  const words: number[] = [];
  const characters: number[] = [];
  let previous = 0;
  if (stems.length > 0) {
    // How a question begins and ends says much about its kind.
    words.push(mix(hash(firstSeed, stems[0] ?? '')), mix(hash(lastSeed, stems.at(-1) ?? '')));
  }
  for (const [at, stem] of stems.entries()) {
    const word = hash(wordSeed, stem);
    words.push(mix(word));
    if (at > 0) words.push(mix(hash(Math.imul(previous, 31) ^ pairSeed, stem)));
    previous = word;
    if (!acrossWords) pushGrams(stem, characters);
  }
  if (acrossWords && stems.length > 0) pushGrams(stems.join('_'), characters);
  return { words: Uint32Array.from(words), characters: Uint32Array.from(characters) };
}

function pushGrams(stem: string, into: number[]): void {
  const size = stem.length + 2;
  const code = (at: number): number => (at === 0 || at === size - 1 ? edge : stem.charCodeAt(at - 1));
  for (let from = 0; from + shortestGram <= size; from++) {
    let state = gramSeed;
    const most = Math.min(longestGram, size - from);
    for (let length = 1; length <= most; length++) {
      state = Math.imul(state ^ code(from + length - 1), 0x01000193);
      if (length >= shortestGram) into.push(mix(state ^ length));
    }
  }
}

/** FNV-1a over UTF-16 units. */
function hash(seed: number, text: string): number {
  let state = seed;
  for (let at = 0; at < text.length; at++) state = Math.imul(state ^ text.charCodeAt(at), 0x01000193);
  return state;
}

/** Spreads the bits (the finalizer of MurmurHash3). */
function mix(state: number): number {
  let h = state;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** Open addressing over typed arrays: no string is kept, a look-up allocates nothing. @returns the feature, or -1 */
function createFinder(keys: Uint32Array): (key: number) => number {
  let slots = 16;
  while (slots < keys.length * 2) slots *= 2;
  const table = new Int32Array(slots).fill(-1);
  for (const [id, key] of keys.entries()) {
    let slot = key & (slots - 1);
    while (table[slot] !== -1) slot = (slot + 1) & (slots - 1);
    table[slot] = id;
  }
  return (key) => {
    let slot = key & (slots - 1);
    for (;;) {
      const id = table[slot] ?? -1;
      if (id === -1 || keys[id] === key) return id;
      slot = (slot + 1) & (slots - 1);
    }
  };
}
