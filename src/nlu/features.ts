// Stems → weighted features: words, pairs of words and character 3–5-grams; words and characters each make half of the length.

/** A sparse vector; `ids` are features of the vocabulary. Unknown features are in the length only, so strange text scores low. */
export interface Vector {
  ids: number[];
  weights: number[];
}

/** A text as the classifier takes it: its stems and the topics it names. */
export interface Sample {
  stems: string[];
  topics: string[];
}

export interface Vectorizer {
  vector(sample: Sample): Vector;
}

/**
 * Weights are (1+ln tf)·idf with idf = ln((1+N)/(1+df))+1, unknown features count with idf ln(1+N)+1 in the length (nlu.md §4.5).
 * Topics count as words: "STNK" teaches what to do with "BPKB".
 * @param rows the training rows
 */
export function createVectorizer(rows: Sample[]): Vectorizer {
  const ids = new Map<string, number>();
  const uses: number[] = [];
  for (const row of rows) {
    for (const feature of new Set([...wordFeatures(row), ...characterFeatures(row.stems)])) {
      const id = ids.get(feature) ?? ids.size;
      ids.set(feature, id);
      uses[id] = (uses[id] ?? 0) + 1;
    }
  }
  const idf = uses.map((count) => Math.log((1 + rows.length) / (1 + count)) + 1);
  const unknown = Math.log(1 + rows.length) + 1;

  const addBlock = (vector: Vector, features: string[]): void => {
    const counts = new Map<string, number>();
    for (const feature of features) counts.set(feature, (counts.get(feature) ?? 0) + 1);
    let squares = 0;
    const start = vector.ids.length;
    for (const [feature, count] of counts) {
      const id = ids.get(feature);
      const weight = (1 + Math.log(count)) * (id === undefined ? unknown : (idf[id] ?? unknown));
      squares += weight * weight;
      if (id === undefined) continue;
      vector.ids.push(id);
      vector.weights.push(weight);
    }
    const scale = squares > 0 ? Math.SQRT1_2 / Math.sqrt(squares) : 0;
    for (let at = start; at < vector.weights.length; at++) vector.weights[at] = (vector.weights[at] ?? 0) * scale;
  };

  return {
    vector(sample) {
      const vector: Vector = { ids: [], weights: [] };
      addBlock(vector, wordFeatures(sample));
      addBlock(vector, characterFeatures(sample.stems));
      return vector;
    },
  };
}

/** Spaces, "@" and "#" keep pairs, topics and characters apart from words in one map. Another agency is one topic, whichever it is. */
function wordFeatures({ stems, topics }: Sample): string[] {
  const features = [...stems, ...topics.map((topic) => (topic.startsWith('lain:') ? '@lain' : `@${topic}`))];
  for (let at = 1; at < stems.length; at++) features.push(`${stems[at - 1]} ${stems[at]}`);
  return features;
}

function characterFeatures(stems: string[]): string[] {
  const features: string[] = [];
  for (const stem of stems) {
    const framed = `_${stem}_`;
    for (let size = 3; size <= 5; size++) {
      for (let at = 0; at + size <= framed.length; at++) features.push(`#${framed.slice(at, at + size)}`);
    }
  }
  return features;
}
