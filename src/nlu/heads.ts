// The heads of the matcher: which service, which aspect of it, and which intent as a whole; the score of an intent is their sum.
import type { Nearness } from './embedder.ts';
import { firstAtLeast } from './hashIndex.ts';
import { addScores, type Linear } from './model/linear.ts';
import { softmax } from './model/logistic.ts';
import { indonesianOptions } from './model/model.ts';
import { trainSvm } from './model/svm.ts';
import { createVectorizer, learnVocabulary, type Sparse, type Vocabulary } from './model/vectors.ts';

/** Which service and aspect an intent answers. */
export interface Place {
  service: string;
  aspect: string;
  /** Other aspects that its answer tells too. */
  also?: readonly string[];
}

/** Intent id → its place; general questions come as `general(id)`. */
export type Places = ReadonlyMap<string, Place>;

/** A general question is a service with one aspect; the sign keeps it apart from permits. */
export const general = (intent: string): Place => ({ service: `=${intent}`, aspect: '=' });

/** The joint ranking of intents, and what the gates look at. */
export interface Sight {
  /** Every intent, best first; equal scores by name. `share` is 0..1, all together 1. */
  ranked: { label: string; share: number }[];
  /** Lead of the best joint score over the second. */
  margin: number;
  /** What each of the two heads gives the best intent's service and aspect; around 1 for a question like its examples, below 0 for a strange one. */
  serviceScore: number;
  aspectScore: number;
  /** How far the best service and the best aspect, each by itself, lie above the best intent's: large when they are a pair that no intent answers. */
  gap: number;
  /** Part of the words, by their idf, that no example of the best intent has. 0..1 */
  unseen: number;
  /** The first service by itself, and its share. */
  service: { name: string; share: number };
}

export interface Heads {
  /** @param refused intents that are not meant: the sight is as if they were not there */
  see(words: readonly string[], refused?: readonly string[]): Sight;
}

/** One head: a class per label. */
interface Head {
  labels: string[];
  svm: Linear;
}

/** What is kept on disk; the heads share the vocabulary. */
export interface HeadParts {
  vocabulary: Vocabulary;
  service: Head;
  aspect: Head;
  intent: Head;
  /** Which word stands in an example of which intent: feature · intents + place of the intent, in rising order. */
  seen: Uint32Array;
}

export interface HeadRow {
  intent: string | null;
  /** Where it is another than its intent's. */
  aspect?: string;
  words: readonly string[];
}

/** Chosen by cross-validation on the examples; centroids, logistic regression and grams across words add nothing to three heads. */
const { cost, positive, seed, characters, leastUses, idfPower } = indonesianOptions;
const features = { characters, leastUses, idfPower, acrossWords: false };

/**
 * Learns all heads. @param rows a row without intent is background: it teaches what nobody asks
 * @throws Error when no row has an intent
 */
export function trainHeads(rows: readonly HeadRow[], places: Places): HeadParts {
  const own = rows.filter(({ intent }) => intent !== null);
  if (own.length === 0) throw new Error('The matcher needs at least one example.');
  const vocabulary = learnVocabulary(
    own.map(({ words }) => words),
    features,
  );
  const vectorizer = createVectorizer(vocabulary);
  const vectors = rows.map(({ words }) => vectorizer.vector(words));
  const learn = (labelOf: (intent: string, aspect?: string) => string): Head => {
    const names = rows.map(({ intent, aspect }) => (intent === null ? null : labelOf(intent, aspect)));
    const labels = [...new Set(names.flatMap((name) => name ?? []))].sort();
    const at = new Map(labels.map((label, index) => [label, index]));
    const target = Int32Array.from(names, (name) => at.get(name ?? '') ?? -1);
    const options = { cost, positive, epochs: 10, tolerance: 0.02, seed };
    return { labels, svm: trainSvm(vectors, target, labels.length, vocabulary.keys.length, options) };
  };
  const placeOf = (intent: string): Place => places.get(intent) ?? general(intent);
  const intent = learn((id) => id);
  const place = new Map(intent.labels.map((label, index) => [label, index]));
  const seen = new Set<number>();
  for (const row of own)
    for (const word of row.words)
      seen.add(vectorizer.wordFeature(word) * intent.labels.length + (place.get(row.intent ?? '') as number));
  return {
    vocabulary,
    service: learn((id) => placeOf(id).service),
    aspect: learn((id, aspect) => aspect ?? placeOf(id).aspect),
    intent,
    seen: Uint32Array.from(seen).sort(),
  };
}

/** Steepness of the softmax over joint scores, and over those of the services; only the order of shares depends on the scores. */
const steepness = 2;
const serviceSteepness = 4;

/** @param nearness what word vectors say, added to the scores; only where a site has some */
export function createHeads(parts: HeadParts, places: Places, nearness?: Nearness): Heads {
  const { vocabulary, service, aspect, intent } = parts;
  const vectorizer = createVectorizer(vocabulary);
  const unknownIdf = Math.log(1 + vocabulary.rows) + 1;
  // In the order of their names: of equal scores the first stands first.
  const known = [...intent.labels]
    .sort((a, b) => (a < b ? -1 : 1))
    .flatMap((label) => {
      const place = places.get(label);
      const ofService = service.labels.indexOf(place?.service ?? '');
      const own = place === undefined ? [] : [place.aspect, ...(place.also ?? [])];
      const ofAspects = own.map((name) => aspect.labels.indexOf(name)).filter((each) => each >= 0);
      return ofService < 0 || ofAspects.length === 0 ? [] : [{ label, at: intent.labels.indexOf(label), ofService, ofAspects }];
    });
  const allKnown = known.map((_, place) => place);

  const isSeen = (feature: number, at: number): boolean => {
    const mark = feature * intent.labels.length + at;
    return parts.seen[firstAtLeast(parts.seen, mark)] === mark;
  };
  const unseenOf = (words: readonly string[], at: number): number => {
    let all = 0;
    let unseen = 0;
    for (const word of new Set(words)) {
      const feature = vectorizer.wordFeature(word);
      const weight = feature < 0 ? unknownIdf : (vocabulary.idf[feature] as number);
      all += weight;
      if (feature < 0 || !isSeen(feature, at)) unseen += weight;
    }
    return all === 0 ? 1 : unseen / all;
  };

  return {
    see(words, refused = []) {
      const vector = vectorizer.vector(words);
      const services = scoresOf(service, vector);
      const aspects = scoresOf(aspect, vector);
      const intents = scoresOf(intent, vector);
      const near = nearness?.(words);
      const joint = new Float64Array(known.length);
      for (let place = 0; place < known.length; place++) {
        const { label, at, ofService, ofAspects } = known[place] as (typeof known)[number];
        const sum = (services[ofService] as number) + highestOf(aspects, ofAspects) + (intents[at] as number);
        joint[place] = sum + (near?.get(label) ?? 0);
      }
      const meant = refused.length === 0 ? allKnown : allKnown.filter((place) => !refused.includes(known[place]?.label ?? ''));
      const order = Uint16Array.from(meant).sort((a, b) => (joint[b] as number) - (joint[a] as number) || a - b);
      const shares = Float64Array.from(order, (place) => steepness * (joint[place] as number));
      softmax(shares);
      const best = known[order[0] ?? -1];
      const serviceScore = best ? (services[best.ofService] as number) : 0;
      const aspectScore = best ? highestOf(aspects, best.ofAspects) : 0;
      const gap = highest(services) - serviceScore + highest(aspects) - aspectScore;
      for (let at = 0; at < services.length; at++) services[at] = serviceSteepness * (services[at] as number);
      softmax(services);
      const first = services.indexOf(highest(services));
      return {
        ranked: Array.from(order, (place, at) => ({ label: known[place]?.label ?? '', share: shares[at] as number })),
        margin: order.length > 1 ? (joint[order[0] as number] as number) - (joint[order[1] as number] as number) : 0,
        serviceScore,
        aspectScore,
        gap,
        unseen: best ? unseenOf(words, best.at) : 1,
        service: { name: service.labels[first] ?? '', share: services[first] ?? 0 },
      };
    },
  };
}

function highest(scores: Float64Array): number {
  let most = Number.NEGATIVE_INFINITY;
  for (let at = 0; at < scores.length; at++) most = Math.max(most, scores[at] as number);
  return most;
}

function highestOf(scores: Float64Array, places: readonly number[]): number {
  let most = Number.NEGATIVE_INFINITY;
  for (const at of places) most = Math.max(most, scores[at] as number);
  return most;
}

function scoresOf({ labels, svm }: Head, vector: Sparse): Float64Array {
  const scores = new Float64Array(labels.length);
  addScores(svm, vector, scores, true);
  return scores;
}
