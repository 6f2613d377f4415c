// The model as bytes and back: a versioned header in JSON, then its arrays as they are in memory, those of four bytes a value first.
import type { Linear } from './linear.ts';
import { createModel, type Model, type ModelParts } from './model.ts';

/** Raised whenever features or layout change: an older file is then trained anew. */
const modelVersion = 3;

interface Header {
  version: number;
  labels: string[];
  options: ModelParts['options'];
  rows: number;
  characters: number;
  idfPower: number;
  acrossWords: boolean;
  features: number;
}

const word = 4;

export function pack(model: Model): Uint8Array {
  const { labels, options, vocabulary, svm, logistic, centroids } = model.parts;
  const header: Header = {
    version: modelVersion,
    labels,
    options,
    rows: vocabulary.rows,
    characters: vocabulary.characters,
    idfPower: vocabulary.idfPower,
    acrossWords: vocabulary.acrossWords,
    features: vocabulary.keys.length,
  };
  const text = new TextEncoder().encode(JSON.stringify(header));
  const parts = [svm, logistic, centroids];
  const arrays = [vocabulary.keys, vocabulary.idf, ...parts.map(({ scales }) => scales), ...parts.map(({ weights }) => weights)];
  const start = word + Math.ceil(text.length / word) * word;
  const bytes = new Uint8Array(start + arrays.reduce((sum, array) => sum + array.byteLength, 0));
  new DataView(bytes.buffer).setUint32(0, text.length, true);
  bytes.set(text, word);
  let at = start;
  for (const array of arrays) {
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

/** @throws Error when the bytes are no model, are cut short, or are of another version */
export function unpack(bytes: Uint8Array): Model {
  const header = readHeader(bytes);
  const classes = header.labels.length;
  const size = header.features + 1;
  // A copy of its own is aligned, and lets go of what it was read from.
  const body = bytes.slice(word + Math.ceil(headerLength(bytes) / word) * word);
  const scalesAt = 2 * word * header.features;
  const weightsAt = scalesAt + 3 * word * size;
  if (body.length !== weightsAt + 3 * size * classes) throw new Error('This model file is cut short.');
  const linear = (part: number): Linear => ({
    classes,
    scales: new Float32Array(body.buffer, scalesAt + part * word * size, size),
    weights: new Int8Array(body.buffer, weightsAt + part * size * classes, size * classes),
  });
  const { rows, characters, idfPower, acrossWords, features } = header;
  const keys = new Uint32Array(body.buffer, 0, features);
  const idf = new Float32Array(body.buffer, word * features, features);
  return createModel({
    labels: header.labels,
    options: header.options,
    vocabulary: { keys, idf, rows, characters, idfPower, acrossWords },
    svm: linear(0),
    logistic: linear(1),
    centroids: linear(2),
  });
}

const headerLength = (bytes: Uint8Array): number =>
  bytes.length < word ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true);

function readHeader(bytes: Uint8Array): Header {
  const length = headerLength(bytes);
  let header: Header;
  try {
    header = JSON.parse(new TextDecoder().decode(bytes.subarray(word, word + length))) as Header;
  } catch {
    throw new Error('These bytes are no model.');
  }
  if (header.version !== modelVersion) throw new Error(`This model is of version ${header.version}, not ${modelVersion}.`);
  return header;
}
