// The door for word vectors: a site that has weights may add their opinion to the ranking. Off unless `openNlu` is given one.

/** Static vectors (such as potion-multilingual-128M): a look-up, no waiting, because a message is understood at once. */
export interface Embedder {
  /** Names the weights; part of the name of what was learned with them. */
  readonly name: string;
  /** How much a cosine of 1 adds to an intent's score; scores of the heads lie about 3 apart. */
  readonly weight: number;
  /** @returns the vector of a text of plain Indonesian stems, always of the same size; must not throw */
  embed(text: string): Float32Array;
}

/** How near a text is to each intent's examples: adds to the scores of the heads. */
export type Nearness = (words: readonly string[]) => ReadonlyMap<string, number>;

/** @param rows the training rows; those without an intent are left out */
export function createNearness(
  embedder: Embedder,
  rows: readonly { intent: string | null; words: readonly string[] }[],
): Nearness {
  const centroids = new Map<string, Float32Array>();
  for (const { intent, words } of rows) {
    if (intent === null) continue;
    const vector = unit(embedder.embed(words.join(' ')));
    const sum = centroids.get(intent);
    centroids.set(intent, sum ? sum.map((value, at) => value + (vector[at] ?? 0)) : vector);
  }
  const directions = [...centroids].map(([intent, sum]) => [intent, unit(sum)] as const);
  return (words) => {
    const vector = unit(embedder.embed(words.join(' ')));
    const cosine = (other: Float32Array): number => other.reduce((sum, value, at) => sum + value * (vector[at] ?? 0), 0);
    return new Map(directions.map(([intent, direction]) => [intent, embedder.weight * cosine(direction)]));
  };
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector) || 1;
  return vector.map((value) => value / length);
}
