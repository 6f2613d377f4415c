// Stems → weighted features: words, pairs of words and character 3–5-grams; words and characters each make half of the length.

/** A text as the classifier takes it: its stems and the topics it names. */
export interface Sample {
  stems: string[];
  topics: string[];
}

/** A sparse vector; `ids` are features of the vocabulary. Unknown features are in the length only, so strange text scores low. */
export interface Vector {
  ids: number[];
  weights: number[];
}

export interface Vectorizer {
  /** The training rows, in their order. */
  rows: Vector[];
  vector(sample: Sample): Vector;
}

const unknownId = -1;
const cacheLimit = 5_000;

/**
 * Weights are (1+ln tf)·idf with idf = ln((1+N)/(1+df))+1, unknown features count with idf ln(1+N)+1 in the length.
 * Topics count as words: "STNK" teaches what to do with "BPKB".
 * @param samples the training rows
 */
export function createVectorizer(samples: Sample[]): Vectorizer {
  const ids = new Map<string, number>();
  const learn = (feature: string): number => {
    const id = ids.get(feature) ?? ids.size;
    ids.set(feature, id);
    return id;
  };
  const recall = (feature: string): number => ids.get(feature) ?? unknownId;

  const learned = new Map<string, number[]>();
  const features = samples.map((sample) => [wordIds(sample, learn), characterIds(sample.stems, learn, learned)] as const);
  const uses = new Uint32Array(ids.size);
  for (const [words, characters] of features) for (const id of new Set([...words, ...characters])) uses[id] = (uses[id] ?? 0) + 1;
  const idf = Float64Array.from(uses, (count) => Math.log((1 + samples.length) / (1 + count)) + 1);
  const unknown = Math.log(1 + samples.length) + 1;

  const addBlock = (vector: Vector, block: number[]): void => {
    let squares = 0;
    const start = vector.ids.length;
    const sorted = block.sort((a, b) => a - b);
    for (let at = 0; at < sorted.length; ) {
      const id = sorted[at] ?? unknownId;
      let count = 1;
      // Unknown features may be different ones: each counts alone.
      while (id !== unknownId && sorted[at + count] === id) count += 1;
      const weight = (1 + Math.log(count)) * (id === unknownId ? unknown : (idf[id] ?? unknown));
      squares += weight * weight;
      at += count;
      if (id === unknownId) continue;
      vector.ids.push(id);
      vector.weights.push(weight);
    }
    const scale = squares > 0 ? Math.SQRT1_2 / Math.sqrt(squares) : 0;
    for (let at = start; at < vector.weights.length; at++) vector.weights[at] = (vector.weights[at] ?? 0) * scale;
  };
  const build = (words: number[], characters: number[]): Vector => {
    const vector: Vector = { ids: [], weights: [] };
    addBlock(vector, words);
    addBlock(vector, characters);
    return vector;
  };

  const cache = new Map<string, number[]>();
  return {
    rows: features.map(([words, characters]) => build(words, characters)),
    vector(sample) {
      if (cache.size > cacheLimit) cache.clear();
      return build(wordIds(sample, recall), characterIds(sample.stems, recall, cache));
    },
  };
}

/** Spaces, "@" and "#" keep pairs, topics and characters apart from words in one map. Another agency is one topic, whichever it is. */
function wordIds({ stems, topics }: Sample, idOf: (feature: string) => number): number[] {
  const found = stems.map(idOf);
  for (let at = 1; at < stems.length; at++) found.push(idOf(`${stems[at - 1]} ${stems[at]}`));
  for (const topic of topics) found.push(idOf(topic.startsWith('lain:') ? '@lain' : `@${topic}`));
  return found;
}

function characterIds(stems: string[], idOf: (feature: string) => number, cache: Map<string, number[]>): number[] {
  return stems.flatMap((stem) => {
    const cached = cache.get(stem);
    if (cached) return cached;
    const framed = `_${stem}_`;
    const grams: number[] = [];
    for (let size = 3; size <= 5; size++) {
      for (let at = 0; at + size <= framed.length; at++) grams.push(idOf(`#${framed.slice(at, at + size)}`));
    }
    cache.set(stem, grams);
    return grams;
  });
}
