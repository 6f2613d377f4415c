// The systems of the intent benchmark behind one face: ours, nlp.js and `natural`, each as a user of it would set it up.
import { createRequire } from 'node:module';
import { trainFlat } from '../src/nlu/flat.ts';
import type { WordMaps } from '../src/nlu/tokens.ts';
import type { IntentSet, TextRow } from './nluSets.ts';

export interface Prediction {
  intent: string | null;
  confidence: number;
  inScope: number;
}

export interface Trained {
  predict(text: string): Prediction | Promise<Prediction>;
}

export interface System {
  name: string;
  /** Does training end in reasonable time on this set? */
  canTrain(set: IntentSet): boolean;
  /** Trains on the rows; `maps` are the word maps our own chain may use (half of them in the slang test). */
  train(rows: readonly TextRow[], language: 'id' | 'en', maps: WordMaps): Trained | Promise<Trained>;
}

const require = createRequire(import.meta.url);

export const ours: System = {
  name: 'Loket',
  canTrain: () => true,
  train(rows, language, maps) {
    const matcher = trainFlat(rows, { language, maps });
    return { predict: (text) => matcher.match(text) };
  },
};

interface NlpJs {
  settings: Record<string, unknown>;
  addLanguage(locale: string): void;
  addDocument(locale: string, text: string, intent: string): void;
  train(): Promise<void>;
  process(locale: string, text: string): Promise<{ classifications: { intent: string; score: number }[] }>;
}

/** `@nlpjs/nlp` with the language's own part, defaults; the raw best intent, so that "None" below 0.5 costs it nothing. */
export const nlpJs: System = {
  name: 'nlp.js',
  canTrain: () => true,
  async train(rows, language) {
    const { containerBootstrap } = require('@nlpjs/core') as { containerBootstrap(): Promise<NlpContainer> };
    const container = await containerBootstrap();
    container.use((require('@nlpjs/nlp') as Record<string, unknown>).Nlp);
    container.use(
      language === 'id'
        ? (require('@nlpjs/lang-id') as Record<string, unknown>).LangId
        : (require('@nlpjs/lang-en') as Record<string, unknown>).LangEn,
    );
    const nlp = container.get('nlp');
    Object.assign(nlp.settings, { autoSave: false, autoLoad: false, forceNER: false });
    container.get('nlu-manager');
    nlp.addLanguage(language);
    for (const row of rows) nlp.addDocument(language, row.text, row.intent ?? 'None');
    await silently(() => nlp.train());
    return {
      async predict(text) {
        const { classifications } = await nlp.process(language, text);
        const best = classifications.find(({ intent }) => intent !== 'None');
        const score = best?.score ?? 0;
        return { intent: best?.intent ?? null, confidence: score, inScope: score };
      },
    };
  },
};

interface NlpContainer {
  use(plugin: unknown): void;
  get(name: 'nlp'): NlpJs;
  get(name: string): unknown;
}

interface NaturalClassifier {
  addDocument(tokens: string[], label: string): void;
  train(): void;
  getClassifications(tokens: string[]): { label: string; value: number }[];
}
type NaturalStemmer = { tokenizeAndStem(text: string, keepStops: boolean): string[] };

/** @param keepStops the default drops "berapa", "cara", "kapan"; both are measured */
const natural = (name: string, file: string, keepStops: boolean, canTrain: System['canTrain']): System => ({
  name,
  canTrain,
  train(rows, language) {
    const Classifier = require(`natural/lib/natural/classifiers/${file}.js`) as new () => NaturalClassifier;
    const stemmer = require(
      language === 'id'
        ? 'natural/lib/natural/stemmers/indonesian/stemmer_id.js'
        : 'natural/lib/natural/stemmers/porter_stemmer.js',
    ) as NaturalStemmer;
    const tokens = (text: string): string[] => stemmer.tokenizeAndStem(text, keepStops);
    const classifier = new Classifier();
    for (const row of rows) if (row.intent !== null) classifier.addDocument(tokens(row.text), row.intent);
    classifier.train();
    return {
      predict(text) {
        const scores = classifier.getClassifications(tokens(text));
        const sum = scores.reduce((total, { value }) => total + value, 0) || 1;
        const score = (scores[0]?.value ?? 0) / sum;
        return { intent: scores[0]?.label ?? null, confidence: score, inScope: score };
      },
    };
  },
});

/** Full-batch descent per class: minutes for hundreds of rows, hours for thousands. */
const fewRows = 300;

export const systems: System[] = [
  ours,
  nlpJs,
  natural('natural Bayes', 'bayes_classifier', false, () => true),
  natural('natural Bayes, stop words kept', 'bayes_classifier', true, () => true),
  natural('natural LogisticRegression', 'logistic_regression_classifier', true, (set) => set.train.length <= fewRows),
];

/** nlp.js reports every epoch on the console. */
async function silently<T>(work: () => Promise<T>): Promise<T> {
  const { log } = console;
  console.log = () => {};
  try {
    return await work();
  } finally {
    console.log = log;
  }
}
