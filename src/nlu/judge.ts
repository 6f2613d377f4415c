// One text → answer, ask or none: scores of the classifier held against strict thresholds and the topic guard.
import type { Classifier, Score } from './classifier.ts';
import type { IntentFile } from './intentSchema.ts';
import { isListed, type Topics } from './topics.ts';

/** The class of the background lines: what people write that no intent answers. */
export const backgroundIntent = '_background';

/**
 * Least scores, set by cross-validation on our own examples and background lines (test/nlu/crossValidation.test.ts): a wrong
 * answer costs more than a question back. For a sure answer: `named` the service is named and every word is familiar ·
 * `familiar` no service to name, every word familiar · `oneWord` · `strange` some word is not. Then the least lead over the
 * second (`margin`) and over the background lines (`background`), and how far a better one that does not settle every topic
 * may be ahead (`passed`). To be offered as a choice: `offer`, or `offerNamed`.
 */
export const thresholds = {
  named: 0.25,
  familiar: 0.4,
  oneWord: 0.5,
  strange: 0.62,
  margin: 0.06,
  background: 0.02,
  passed: 0.15,
  offer: 0.3,
  offerNamed: 0.1,
};

export const maxGuesses = 3;

/** Does the intent's answer settle what a message says about this topic? */
export const settles = (file: IntentFile, topic: string): boolean => isListed(topic, file.about) || isListed(topic, file.covers);

export interface Verdict {
  zone: 'answer' | 'ask' | 'none';
  /** Best first; for `answer` the first is the answer. */
  guesses: Score[];
}

export interface Judge {
  judge(stems: string[]): Verdict;
}

export function createJudge(options: {
  intents: ReadonlyMap<string, IntentFile>;
  classifier: Classifier;
  topics: Topics;
  /** Stems that occur in an intent's own examples. */
  vocabulary: ReadonlyMap<string, ReadonlySet<string>>;
  /** Stems that do not change what a question is about. */
  neutral: ReadonlySet<string>;
}): Judge {
  const { intents, classifier, topics, vocabulary, neutral } = options;

  /** An intent about services fits only a message that names one of them; the others must at least not be about another. */
  const fits = (file: IntentFile, services: string[]): boolean =>
    file.about.length > 0
      ? services.some((topic) => isListed(topic, file.about))
      : services.length === 0 || services.some((topic) => isListed(topic, file.covers));

  return {
    judge(stems) {
      const { found, at, onlyNames } = topics.find(stems);
      const services = found.filter((topic) => !topic.startsWith('hal:'));
      const ranked = classifier.rank({ stems, topics: found });
      const background = ranked.find((score) => score.intent === backgroundIntent)?.score ?? 0;
      const fitting = ranked.flatMap((score) => {
        const file = intents.get(score.intent);
        if (!file || !fits(file, services)) return [];
        return score.score >= (file.about.length > 0 ? thresholds.offerNamed : thresholds.offer) ? [{ ...score, file }] : [];
      });
      const guesses = (from: typeof fitting): Score[] =>
        from.slice(0, maxGuesses).map(({ intent, score }) => ({ intent, score }));

      // Only an intent that settles every topic may answer; the others stay as choices.
      const [best, second] = fitting.filter(({ file }) => found.every((topic) => settles(file, topic)));
      if (best && !onlyNames) {
        const words = vocabulary.get(best.intent);
        const isOwn = (stem: string): boolean => words?.has(stem) ?? false;
        const isFamiliar = stems.every((stem, position) => isOwn(stem) || neutral.has(stem) || at.has(position));
        const isSure =
          best.score >= leastScore(best.file, stems.length, isFamiliar) &&
          best.score - (second?.score ?? 0) >= thresholds.margin &&
          best.score - background >= thresholds.background &&
          (fitting[0]?.score ?? 0) - best.score < thresholds.passed &&
          // Small talk is sure only when the message is nothing else.
          (!best.file.smalltalk || stems.every(isOwn));
        if (isSure) return { zone: 'answer', guesses: guesses([best, ...fitting.filter((each) => each !== best)]) };
      }
      const offered = fitting.filter(({ file }) => file.label !== undefined);
      const isStrange = services.length === 0 && background > (offered[0]?.score ?? 0);
      return offered.length === 0 || isStrange ? { zone: 'none', guesses: [] } : { zone: 'ask', guesses: guesses(offered) };
    },
  };
}

function leastScore(file: IntentFile, words: number, isFamiliar: boolean): number {
  if (!isFamiliar) return thresholds.strange;
  if (words === 1) return thresholds.oneWord;
  return file.about.length > 0 ? thresholds.named : thresholds.familiar;
}
