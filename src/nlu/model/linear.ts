// Weights of a linear model as bytes: one scale a feature, so that the shipped knowledge takes a few megabytes.
import type { Sparse } from './vectors.ts';

/** `weights[feature * classes + class] * scales[feature]`; the last feature is the bias. */
export interface Linear {
  classes: number;
  scales: Float32Array;
  weights: Int8Array;
}

const steps = 127;

/** Rounds each feature's weights to 255 steps of its largest; by cross-validation no ranking is worse for it. */
export function quantise(weights: Float32Array, classes: number): Linear {
  const scales = new Float32Array(weights.length / classes);
  const rounded = new Int8Array(weights.length);
  for (let feature = 0; feature < scales.length; feature++) {
    const base = feature * classes;
    let largest = 0;
    for (let label = 0; label < classes; label++) largest = Math.max(largest, Math.abs(weights[base + label] as number));
    const scale = largest / steps;
    scales[feature] = scale;
    if (scale === 0) continue;
    for (let label = 0; label < classes; label++) rounded[base + label] = Math.round((weights[base + label] as number) / scale);
  }
  return { classes, scales, weights: rounded };
}

/** Adds the score of every class to `scores`, feature by feature in their order. */
export function addScores(model: Linear, vector: Sparse, scores: Float64Array, bias: boolean): void {
  const { classes, scales, weights } = model;
  const { ids, weights: values } = vector;
  const factor = (at: number): number => (values[at] as number) * (scales[ids[at] as number] as number);
  let at = 0;
  // Four features in one pass over the classes: a score is read and written once for them, the sum is the same to the last bit.
  for (; at + 4 <= ids.length; at += 4) {
    const f0 = factor(at);
    const f1 = factor(at + 1);
    const f2 = factor(at + 2);
    const f3 = factor(at + 3);
    const b0 = (ids[at] as number) * classes;
    const b1 = (ids[at + 1] as number) * classes;
    const b2 = (ids[at + 2] as number) * classes;
    const b3 = (ids[at + 3] as number) * classes;
    for (let label = 0; label < classes; label++) {
      let score = scores[label] as number;
      score += f0 * (weights[b0 + label] as number);
      score += f1 * (weights[b1 + label] as number);
      score += f2 * (weights[b2 + label] as number);
      scores[label] = score + f3 * (weights[b3 + label] as number);
    }
  }
  const add = (feature: number, value: number): void => {
    const base = feature * classes;
    for (let label = 0; label < classes; label++)
      scores[label] = (scores[label] as number) + value * (weights[base + label] as number);
  };
  for (; at < ids.length; at++) add(ids[at] as number, factor(at));
  if (bias) add(scales.length - 1, scales[scales.length - 1] as number);
}
