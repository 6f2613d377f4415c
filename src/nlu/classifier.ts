// How near a message is to each intent: cosine to its nearest example, blended with the cosine to its centroid.
import { createVectorizer, type Sample, type Vector } from './features.ts';

export interface TrainingRow extends Sample {
  intent: string;
}

export interface Score {
  intent: string;
  /** 0..1 */
  score: number;
}

export interface Classifier {
  /** Every intent, nearest first; equal scores by name, so that the same message always gets the same answer. */
  rank(sample: Sample): Score[];
}

/** Share of the nearest example in the score; the rest is the centroid. Chosen by cross-validation on our own examples. */
const nearestShare = 0.6;

/** Feature → which vectors have it, and how strongly: `at[i]` with `weights[i]`. */
type Index = { at: number[]; weights: number[] }[];

/** @param rows our own examples with their intents; the background lines are an intent of their own */
export function createClassifier(rows: TrainingRow[]): Classifier {
  const vectorizer = createVectorizer(rows);
  const intents = [...new Set(rows.map((row) => row.intent))].sort();
  const intentOf = rows.map((row) => intents.indexOf(row.intent));
  const byRow = indexOf(vectorizer.rows);
  const byIntent = indexOf(intents.map((_, intent) => centroid(vectorizer.rows.filter((_, row) => intentOf[row] === intent))));

  return {
    rank(sample) {
      const query = vectorizer.vector(sample);
      const rowScores = dots(query, byRow, rows.length);
      const centroidScores = dots(query, byIntent, intents.length);
      const nearest = new Float64Array(intents.length);
      for (let row = 0; row < intentOf.length; row++) {
        const intent = intentOf[row] ?? 0;
        nearest[intent] = Math.max(nearest[intent] ?? 0, rowScores[row] ?? 0);
      }
      return intents
        .map((intent, at) => ({
          intent,
          score: Math.min(1, nearestShare * (nearest[at] ?? 0) + (1 - nearestShare) * (centroidScores[at] ?? 0)),
        }))
        .sort((a, b) => b.score - a.score || (a.intent < b.intent ? -1 : 1));
    },
  };
}

function dots(query: Vector, index: Index, size: number): Float64Array {
  const sums = new Float64Array(size);
  for (let feature = 0; feature < query.ids.length; feature++) {
    const entry = index[query.ids[feature] ?? -1];
    if (!entry) continue;
    const weight = query.weights[feature] ?? 0;
    for (let position = 0; position < entry.at.length; position++) {
      const at = entry.at[position] ?? 0;
      sums[at] = (sums[at] ?? 0) + weight * (entry.weights[position] ?? 0);
    }
  }
  return sums;
}

function indexOf(vectors: Vector[]): Index {
  const index: Index = [];
  for (const [at, vector] of vectors.entries()) {
    for (let position = 0; position < vector.ids.length; position++) {
      const id = vector.ids[position] ?? 0;
      const entry = index[id] ?? { at: [], weights: [] };
      index[id] = entry;
      entry.at.push(at);
      entry.weights.push(vector.weights[position] ?? 0);
    }
  }
  return index;
}

function centroid(vectors: Vector[]): Vector {
  const sums = new Map<number, number>();
  for (const vector of vectors) {
    for (const [at, id] of vector.ids.entries()) sums.set(id, (sums.get(id) ?? 0) + (vector.weights[at] ?? 0));
  }
  const length = Math.sqrt([...sums.values()].reduce((total, weight) => total + weight * weight, 0)) || 1;
  return { ids: [...sums.keys()], weights: [...sums.values()].map((weight) => weight / length) };
}
