// The flat matcher: rows of text and intent → an intent, a confidence and a decision for any text. No topics, no conversation.
import type { Language } from '../contract/message.ts';
import { crossValidate } from './model/crossValidation.ts';
import { fitGates, type Gates, scopeSignals } from './model/gates.ts';
import { englishOptions, indonesianOptions, type Model, type Ranking, type TrainOptions, train } from './model/model.ts';
import { createRandom, shuffle } from './model/random.ts';
import type { WordMaps } from './tokens.ts';
import { createWordChain } from './wordChain.ts';

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
/** More rows are judged well enough in fewer parts. */
const manyRows = 1000;
const strangers = 0.1;
/** The choice of grams is made on at most so many deals of the rows: one deal of a small set tells too little. */
const mostDeals = 5;

/**
 * Trains, and fits the thresholds by cross-validation on the same rows.
 * @param rows at least one row with an intent
 * @throws Error when no row has an intent
 */
export function trainFlat(rows: readonly FlatRow[], options: { language: Language; maps: WordMaps }): FlatMatcher {
  const { language, maps } = options;
  const own = rows.map((row) => ({ label: row.intent, text: row.text }));
  const build = (part: typeof own, settings: TrainOptions): { model: Model; rank: (text: string) => Ranking } => {
    const chain = createWordChain(language, maps);
    chain.learn(part.flatMap((row) => (row.label === null ? [] : row.text)));
    const words = part.map((row) => ({ label: row.label, words: chain.words(row.text) }));
    const model = train(words, settings);
    return { model, rank: (text) => model.rank(chain.words(text)) };
  };
  const judge = (part: typeof own, settings: TrainOptions, leftOut: number) =>
    crossValidate(part, { folds: own.length > manyRows ? 3 : 5, strangers: leftOut }, (known) => {
      const built = build(known, settings);
      return (row) => built.rank(row.text);
    });
  const settings = language === 'en' ? englishOptions : chosenGrams();
  const { model, rank } = build(own, settings);
  const judged = judge(own, settings, strangers);
  const background = own.filter((row) => row.label === null).length;
  const gates = fitGates(judged, {
    signals:
      background >= enoughBackground ? Object.values(scopeSignals) : [language === 'en' ? scopeSignals.many : scopeSignals.few],
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

  /** Whether grams run on across words: it depends on how a set is worded, so what ranks unseen rows better is taken; of equals, yes. */
  function chosenGrams(): TrainOptions {
    if (own.length > manyRows) return indonesianOptions;
    const deals = Math.min(mostDeals, Math.ceil(manyRows / own.length));
    const dealt = Array.from({ length: deals }, (_, seed) => shuffled(own, seed));
    const hits = (acrossWords: boolean): number =>
      dealt
        .flatMap((part) => judge(part, { ...indonesianOptions, acrossWords }, 0))
        .filter(({ label, ranking }) => label !== null && label === ranking.ranked[0]?.label).length;
    return { ...indonesianOptions, acrossWords: hits(true) >= hits(false) };
  }
}

/** The rows in another order, so that other ones share a fold. */
function shuffled<T>(rows: readonly T[], seed: number): T[] {
  const order = Int32Array.from(rows.keys());
  shuffle(order, createRandom(seed));
  return [...order].map((at) => rows[at] as T);
}
