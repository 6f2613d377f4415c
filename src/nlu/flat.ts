// The flat matcher: rows of text and intent → an intent, a confidence and a decision for any text. No topics, no conversation.
import type { Language } from '../contract/message.ts';
import { crossValidate } from './model/crossValidation.ts';
import { fitGates, type Gates, gateOptions } from './model/gates.ts';
import { englishOptions, indonesianOptions, type Model, type Ranking, train } from './model/model.ts';
import { createWordChain, type WordMaps } from './wordChain.ts';

export interface FlatRow {
  text: string;
  /** null = out of scope: background for the gate. */
  intent: string | null;
}

export interface FlatMatch {
  intent: string;
  /** 0..1, to rank answers by. */
  confidence: number;
  /** Probability that any intent fits at all, 0..1. */
  inScope: number;
  /** By the thresholds fitted on the training rows. */
  decision: 'answer' | 'ask' | 'handoff';
}

export interface FlatMatcher {
  readonly model: Model;
  readonly gates: Gates;
  match(text: string): FlatMatch;
}

/** With fewer background lines the language's own scope signal is better known than what they could teach. */
const enoughBackground = 20;
/** Weight of the SVM in the scope signal: chosen by leaving labels and whole sets out of the training rows. */
const svmWeight = { id: 0.1, su: 0.1, en: 0.5 };
const svmWeights = [0.05, 0.1, 0.3, 0.5, 1, 3];
/** More rows are judged well enough in fewer parts. */
const manyRows = 1000;
const strangers = 0.1;

/**
 * Trains, and fits the thresholds by cross-validation on the same rows.
 * @param rows at least one row with an intent
 * @throws Error when no row has an intent
 */
export function trainFlat(rows: readonly FlatRow[], options: { language: Language; maps: WordMaps }): FlatMatcher {
  const { language, maps } = options;
  const own = rows.map((row) => ({ label: row.intent, text: row.text }));
  const build = (part: typeof own): { model: Model; rank: (text: string) => Ranking } => {
    const chain = createWordChain(language, maps);
    chain.learn(part.flatMap((row) => (row.label === null ? [] : row.text)));
    const words = part.map((row) => ({ label: row.label, words: chain.words(row.text) }));
    const model = train(words, language === 'en' ? englishOptions : indonesianOptions);
    return { model, rank: (text) => model.rank(chain.words(text)) };
  };
  const { model, rank } = build(own);
  const judged = crossValidate(own, { folds: own.length > manyRows ? 3 : 5, strangers }, (part) => {
    const built = build(part);
    return (row) => built.rank(row.text);
  });
  const background = own.filter((row) => row.label === null).length;
  const gates = fitGates(judged, {
    ...gateOptions,
    svmWeights: background >= enoughBackground ? svmWeights : [svmWeight[language]],
  });
  const { thresholds } = gates.data;
  return {
    model,
    gates,
    match(text) {
      const ranking = rank(text);
      const inScope = gates.inScope(ranking);
      const isSure = inScope >= thresholds.scope && gates.right(ranking) >= thresholds.right;
      return {
        intent: ranking.ranked[0]?.label ?? '',
        confidence: gates.confidence(ranking),
        inScope,
        decision: isSure ? 'answer' : inScope < thresholds.offer ? 'handoff' : 'ask',
      };
    },
  };
}
