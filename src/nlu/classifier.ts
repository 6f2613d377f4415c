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
  rank(stems: string[], topics: string[]): Score[];
}

/** Share of the nearest example in the score; the rest is the centroid. Chosen by cross-validation on our own examples. */
const nearestShare = 0.6;

interface Posting {
  at: number;
  weight: number;
}

/** @param rows our own examples with their intents; the background lines are an intent of their own */
export function createClassifier(rows: TrainingRow[]): Classifier {
  const vectorizer = createVectorizer(rows);
  const intents = [...new Set(rows.map((row) => row.intent))].sort();
  const intentOf = rows.map((row) => intents.indexOf(row.intent));
  const vectors = rows.map((row) => vectorizer.vector(row));
  const byRow = postings(vectors);
  const byIntent = postings(intents.map((_, intent) => centroid(vectors.filter((_, row) => intentOf[row] === intent))));

  return {
    rank(stems, topics) {
      const query = vectorizer.vector({ stems, topics });
      const rowScores = new Float64Array(rows.length);
      const centroidScores = new Float64Array(intents.length);
      addDots(query, byRow, rowScores);
      addDots(query, byIntent, centroidScores);
      const nearest = new Float64Array(intents.length);
      for (const [row, intent] of intentOf.entries()) {
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

function addDots(query: Vector, index: Posting[][], into: Float64Array): void {
  for (const [at, id] of query.ids.entries()) {
    const weight = query.weights[at] ?? 0;
    for (const posting of index[id] ?? []) into[posting.at] = (into[posting.at] ?? 0) + weight * posting.weight;
  }
}

function postings(vectors: Vector[]): Posting[][] {
  const index: Posting[][] = [];
  for (const [at, vector] of vectors.entries()) {
    for (const [position, id] of vector.ids.entries()) {
      const list = index[id] ?? [];
      index[id] = list;
      list.push({ at, weight: vector.weights[position] ?? 0 });
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
