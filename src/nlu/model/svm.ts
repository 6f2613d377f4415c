// One part of the model: one-vs-rest linear SVM, trained by dual coordinate descent (Hsieh et al. 2008, as in LIBLINEAR).
import { type Linear, quantise } from './linear.ts';
import { createRandom, shuffle } from './random.ts';
import type { Sparse } from './vectors.ts';

export interface SvmOptions {
  /** Cost of an error; 1 is usual. */
  cost: number;
  /** Weight of the positive rows' cost over that of the negatives; 1 = equal. */
  positive: number;
  epochs: number;
  /** Stop when no projected gradient is larger. */
  tolerance: number;
  seed: number;
}

/**
 * L2-loss (squared hinge) SVM, one class against the rest.
 * @param vectors training rows
 * @param target class of each row, 0..classes-1; -1 is a row that belongs to no class
 * @param features size of the vocabulary; one bias feature is added
 */
export function trainSvm(
  vectors: readonly Sparse[],
  target: Int32Array,
  classes: number,
  features: number,
  options: SvmOptions,
): Linear {
  const { starts, ids, values, squares } = packRows(vectors);
  const count = vectors.length;
  const result = new Float32Array((features + 1) * classes);
  const weights = new Float64Array(features + 1);
  const alpha = new Float64Array(count);
  const order = new Int32Array(count);
  for (let label = 0; label < classes; label++) {
    weights.fill(0);
    alpha.fill(0);
    const random = createRandom(options.seed + label);
    for (let at = 0; at < count; at++) order[at] = at;
    let active = count;
    let most = Number.POSITIVE_INFINITY;
    for (let epoch = 0; epoch < options.epochs; epoch++) {
      shuffle(order.subarray(0, active), random);
      let largest = 0;
      for (let at = 0; at < active; at++) {
        const row = order[at] ?? 0;
        const sign = target[row] === label ? 1 : -1;
        const diagonal = 0.5 / (sign > 0 ? options.cost * options.positive : options.cost);
        const from = starts[row] ?? 0;
        const to = starts[row + 1] ?? 0;
        let sum = weights[features] as number;
        for (let position = from; position < to; position++)
          sum += (weights[ids[position] as number] as number) * (values[position] as number);
        const before = alpha[row] as number;
        const gradient = sign * sum - 1 + diagonal * before;
        // A row that costs nothing and is far on its right side leaves the round.
        if (before === 0 && gradient > most) {
          active -= 1;
          order[at] = order[active] as number;
          order[active] = row;
          at -= 1;
          continue;
        }
        const projected = before === 0 ? Math.min(gradient, 0) : gradient;
        if (Math.abs(projected) > largest) largest = Math.abs(projected);
        if (Math.abs(projected) < 1e-12) continue;
        const after = Math.max(before - gradient / ((squares[row] as number) + 1 + diagonal), 0);
        alpha[row] = after;
        const step = (after - before) * sign;
        weights[features] = (weights[features] as number) + step;
        for (let position = from; position < to; position++) {
          const id = ids[position] as number;
          weights[id] = (weights[id] as number) + step * (values[position] as number);
        }
      }
      if (largest < options.tolerance) {
        if (active === count) break;
        // All rows again before it counts as done.
        active = count;
        most = Number.POSITIVE_INFINITY;
        continue;
      }
      most = largest;
    }
    for (let feature = 0; feature <= features; feature++) result[feature * classes + label] = weights[feature] as number;
  }
  return quantise(result, classes);
}

/** All rows in three flat arrays: hot loops run over neighbours in memory. */
export function packRows(vectors: readonly Sparse[]): {
  starts: Int32Array;
  ids: Int32Array;
  values: Float64Array;
  squares: Float64Array;
} {
  const starts = new Int32Array(vectors.length + 1);
  for (const [row, vector] of vectors.entries()) starts[row + 1] = (starts[row] ?? 0) + vector.ids.length;
  const total = starts[vectors.length] ?? 0;
  const ids = new Int32Array(total);
  const values = new Float64Array(total);
  const squares = new Float64Array(vectors.length);
  for (const [row, vector] of vectors.entries()) {
    ids.set(vector.ids, starts[row]);
    values.set(vector.weights, starts[row]);
    squares[row] = vector.weights.reduce((sum, weight) => sum + weight * weight, 0);
  }
  return { starts, ids, values, squares };
}
