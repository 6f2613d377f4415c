// The statistical model of the matcher: stems → ranked labels, by SVM + centroid + logistic regression over the same vectors.
import { addScores, type Linear, quantise } from './linear.ts';
import { softmax, trainLogistic } from './logistic.ts';
import { trainSvm } from './svm.ts';
import { createVectorizer, learnVocabulary, type Sparse, type Vocabulary } from './vectors.ts';

export interface Row {
  /** null: belongs to no label (background); teaches the SVM what is not meant, and adds nothing to the vocabulary. */
  label: string | null;
  /** Stems from the chain. */
  words: readonly string[];
}

/** The model's settings; per language or head, chosen by cross-validation on training rows. */
export interface TrainOptions {
  /** Weight of the centroid cosine in the score (λ). */
  centroid: number;
  /** Weight of ln(p + 1e-6) of the logistic regression in the score. */
  logistic: number;
  /** Cost of an error in the SVM. */
  cost: number;
  /** Cost of errors on a label's own rows over that of the others'. */
  positive: number;
  /** Share of the character block, 0..1. */
  characters: number;
  /** Features in fewer rows are left out. */
  leastUses: number;
  /** Power of the idf, see `Vocabulary`. */
  idfPower: number;
  /** See `Vocabulary`. */
  acrossWords: boolean;
  seed: number;
}

export const indonesianOptions: TrainOptions = {
  centroid: 2,
  logistic: 0.2,
  cost: 1,
  positive: 1,
  characters: 0.5,
  leastUses: 1,
  idfPower: 1,
  acrossWords: true,
  seed: 7,
};
export const englishOptions: TrainOptions = {
  ...indonesianOptions,
  centroid: 0.5,
  logistic: 0.1,
  cost: 2,
  positive: 4,
  idfPower: 0.5,
  acrossWords: false,
};

export interface Ranked {
  label: string;
  /** The blend; comparable within one model only. */
  score: number;
  /** softmax(3·score), 0..1 */
  share: number;
}

export interface Ranking {
  /** Every label, best first; equal scores by name. */
  ranked: Ranked[];
  /** Best cosine to a centroid, unknown words counting against it, 0..1: is this in scope at all? */
  familiarity: number;
  /** Highest score of the SVM. */
  svmTop: number;
  /** Length of the vector without the features nobody taught, 0..1. */
  known?: number;
  /** ln of the logistic regression's highest probability, ≤ 0. */
  logShare?: number;
  /** Lead of the best blend score over the second; 0 with one label. */
  margin: number;
}

export interface Model {
  readonly labels: readonly string[];
  /** What `pack` writes. */
  readonly parts: ModelParts;
  rank(words: readonly string[]): Ranking;
}

/** A model as plain data. */
export interface ModelParts {
  labels: string[];
  options: TrainOptions;
  vocabulary: Vocabulary;
  svm: Linear;
  logistic: Linear;
  centroids: Linear;
}

/**
 * Learns from rows; the same rows in the same order give the same model, bit by bit.
 * @throws Error when no row has a label
 */
export function train(rows: readonly Row[], options: TrainOptions): Model {
  const own = rows.filter((row) => row.label !== null);
  const labels = [...new Set(own.map((row) => row.label ?? ''))].sort();
  if (labels.length === 0) throw new Error('A model needs at least one row with a label.');
  const at = new Map(labels.map((label, index) => [label, index]));
  const vocabulary = learnVocabulary(
    own.map((row) => row.words),
    options,
  );
  const vectorizer = createVectorizer(vocabulary);
  const vectors = rows.map((row) => vectorizer.vector(row.words));
  const target = Int32Array.from(rows, (row) => (row.label === null ? -1 : (at.get(row.label) ?? -1)));
  const features = vocabulary.keys.length;
  const { cost, positive, seed } = options;
  return createModel({
    labels,
    options,
    vocabulary,
    svm: trainSvm(vectors, target, labels.length, features, { cost, positive, epochs: 10, tolerance: 0.02, seed }),
    logistic: trainLogistic(vectors, target, labels.length, features, { rate: 0.5, epochs: 20, penalty: 1e-6, seed }),
    centroids: centroidsOf(vectors, target, labels.length, features),
  });
}

export function createModel(parts: ModelParts): Model {
  const { labels, options } = parts;
  const vectorizer = createVectorizer(parts.vocabulary);
  return {
    labels,
    parts,
    rank(words) {
      const vector = vectorizer.vector(words);
      const svm = new Float64Array(labels.length);
      const cosine = new Float64Array(labels.length);
      const shares = new Float64Array(labels.length);
      addScores(parts.svm, vector, svm, true);
      addScores(parts.centroids, vector, cosine, false);
      addScores(parts.logistic, vector, shares, true);
      softmax(shares);
      const scores = svm.map(
        (score, label) =>
          score + options.centroid * (cosine[label] ?? 0) + options.logistic * Math.log((shares[label] ?? 0) + 1e-6),
      );
      const spread = scores.map((score) => 3 * score);
      softmax(spread);
      const ranked = labels
        .map((label, index) => ({ label, score: scores[index] ?? 0, share: spread[index] ?? 0 }))
        .sort((a, b) => b.score - a.score || (a.label < b.label ? -1 : 1));
      return {
        ranked,
        familiarity: Math.min(1, Math.max(0, ...cosine)),
        svmTop: Math.max(...svm),
        known: Math.sqrt(vector.weights.reduce((sum, weight) => sum + weight * weight, 0)),
        logShare: Math.log(Math.max(...shares)),
        margin: ranked[1] ? (ranked[0]?.score ?? 0) - ranked[1].score : 0,
      };
    },
  };
}

/** The mean direction of each label's rows, each of length 1. */
function centroidsOf(vectors: readonly Sparse[], target: Int32Array, classes: number, features: number): Linear {
  const weights = new Float32Array((features + 1) * classes);
  for (const [row, vector] of vectors.entries()) {
    const label = target[row] ?? -1;
    if (label < 0) continue;
    for (const [position, id] of vector.ids.entries()) {
      const place = id * classes + label;
      weights[place] = (weights[place] ?? 0) + (vector.weights[position] ?? 0);
    }
  }
  const squares = new Float64Array(classes);
  for (let place = 0; place < weights.length; place++)
    squares[place % classes] = (squares[place % classes] ?? 0) + (weights[place] ?? 0) ** 2;
  for (let place = 0; place < weights.length; place++)
    weights[place] = (weights[place] ?? 0) / (Math.sqrt(squares[place % classes] ?? 0) || 1);
  return quantise(weights, classes);
}
