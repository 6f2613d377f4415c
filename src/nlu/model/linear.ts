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

/** Adds the score of every class to `scores`. */
export function addScores(model: Linear, vector: Sparse, scores: Float64Array, bias: boolean): void {
  const { classes, scales, weights } = model;
  const { ids, weights: values } = vector;
  const add = (feature: number, value: number): void => {
    const base = feature * classes;
    const factor = value * (scales[feature] as number);
    for (let label = 0; label < classes; label++)
      scores[label] = (scores[label] as number) + factor * (weights[base + label] as number);
  };
  for (let at = 0; at < ids.length; at++) add(ids[at] as number, values[at] as number);
  if (bias) add(scales.length - 1, 1);
}
