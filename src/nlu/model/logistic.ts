// One part of the model: multinomial logistic regression, trained by Adagrad; its log probabilities steady the blend.
import { type Linear, quantise } from './linear.ts';
import { createRandom, shuffle } from './random.ts';
import { packRows } from './svm.ts';
import type { Sparse } from './vectors.ts';

export interface LogisticOptions {
  rate: number;
  epochs: number;
  /** L2 penalty. */
  penalty: number;
  seed: number;
}

/** A class this improbable for a row is not moved by it: nothing is lost, and most of the work is saved. */
const negligible = 1e-4;

/**
 * @param vectors training rows
 * @param target class of each row, 0..classes-1; rows of no class (-1) are passed over
 * @param features size of the vocabulary; one bias feature is added
 */
export function trainLogistic(
  vectors: readonly Sparse[],
  target: Int32Array,
  classes: number,
  features: number,
  options: LogisticOptions,
): Linear {
  const { starts, ids, values } = packRows(vectors);
  const weights = new Float32Array((features + 1) * classes);
  const squares = new Float32Array((features + 1) * classes).fill(1e-8);
  const order = Int32Array.from([...target.keys()].filter((row) => (target[row] ?? -1) >= 0));
  const random = createRandom(options.seed);
  const scores = new Float64Array(classes);
  const moved = new Int32Array(classes);
  const move = (feature: number, value: number, count: number): void => {
    const base = feature * classes;
    for (let at = 0; at < count; at++) {
      const label = moved[at] as number;
      const place = base + label;
      const weight = weights[place] as number;
      const gradient = (scores[label] as number) * value + options.penalty * weight;
      const sum = (squares[place] as number) + gradient * gradient;
      squares[place] = sum;
      weights[place] = weight - (options.rate * gradient) / Math.sqrt(sum);
    }
  };
  for (let epoch = 0; epoch < options.epochs; epoch++) {
    shuffle(order, random);
    for (let at = 0; at < order.length; at++) {
      const row = order[at] as number;
      const from = starts[row] as number;
      const to = starts[row + 1] as number;
      const bias = features * classes;
      for (let label = 0; label < classes; label++) scores[label] = weights[bias + label] as number;
      for (let position = from; position < to; position++) {
        const base = (ids[position] as number) * classes;
        const value = values[position] as number;
        for (let label = 0; label < classes; label++)
          scores[label] = (scores[label] as number) + value * (weights[base + label] as number);
      }
      softmax(scores);
      const own = target[row] as number;
      scores[own] = (scores[own] as number) - 1;
      let count = 0;
      for (let label = 0; label < classes; label++) if (Math.abs(scores[label] as number) > negligible) moved[count++] = label;
      if (count === 0) continue;
      for (let position = from; position < to; position++) move(ids[position] as number, values[position] as number, count);
      move(features, 1, count);
    }
  }
  return quantise(weights, classes);
}

/** Scores → shares that sum to 1, in place. */
export function softmax(scores: Float64Array): void {
  let highest = Number.NEGATIVE_INFINITY;
  for (const score of scores) if (score > highest) highest = score;
  let sum = 0;
  for (let at = 0; at < scores.length; at++) {
    const share = Math.exp((scores[at] as number) - highest);
    scores[at] = share;
    sum += share;
  }
  for (let at = 0; at < scores.length; at++) scores[at] = (scores[at] as number) / sum;
}
