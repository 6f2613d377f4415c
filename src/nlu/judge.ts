// One text → answer, ask or none: scores of the classifier held against strict thresholds and the topic guard.
import type { Classifier, Score } from './classifier.ts';
import type { IntentFile } from './intentSchema.ts';
import { isListed, type Topics } from './topics.ts';

/** The class of the background lines: what people write that no intent answers. */
export const backgroundIntent = '_background';

/**
 * Set by cross-validation on our own examples and background lines (test/nlu/crossValidation.test.ts): a wrong answer
 * costs more than a question back. `answer`: least score for a sure answer · `familiar`: the same when every word of the
 * message occurs in the intent's examples · `margin`: least lead over the second · `background`: least lead over the
 * background lines · `ask`: least score to be offered as a choice · `named`: the same when the message names the service.
 */
export const thresholds = { answer: 0.5, familiar: 0.42, settled: 0.28, margin: 0.06, background: 0.03, ask: 0.3, named: 0.1 };

const maxGuesses = 3;

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
}): Judge {
  const { intents, classifier, topics, vocabulary } = options;

  const isFamiliar = (intent: string, stems: string[]): boolean => {
    const words = vocabulary.get(intent);
    return words !== undefined && stems.every((stem) => words.has(stem));
  };

  /** An intent about services fits only a message that names one of them; the others must at least not be about another. */
  const fits = (file: IntentFile, services: string[]): boolean =>
    file.about.length > 0
      ? services.some((topic) => isListed(topic, file.about))
      : services.length === 0 || services.some((topic) => isListed(topic, file.covers));

  return {
    judge(stems) {
      const { found, onlyNames } = topics.find(stems);
      const services = found.filter((topic) => !topic.startsWith('hal:'));
      const ranked = classifier.rank(stems, found);
      const background = ranked.find((score) => score.intent === backgroundIntent)?.score ?? 0;
      const fitting = ranked.flatMap((score) => {
        const file = intents.get(score.intent);
        if (!file || !fits(file, services)) return [];
        return score.score >= (file.about.length > 0 ? thresholds.named : thresholds.ask) ? [{ ...score, file }] : [];
      });
      const guesses = (from: typeof fitting): Score[] =>
        from.slice(0, maxGuesses).map(({ intent, score }) => ({ intent, score }));

      const [best, second] = fitting;
      if (best) {
        const familiar = isFamiliar(best.intent, stems);
        const isSure =
          best.score >= (!familiar ? thresholds.answer : best.file.about.length > 0 ? thresholds.settled : thresholds.familiar) &&
          best.score - (second?.score ?? 0) >= thresholds.margin &&
          best.score - background >= thresholds.background &&
          !onlyNames &&
          found.every((topic) => isListed(topic, best.file.about) || isListed(topic, best.file.covers)) &&
          // Small talk is sure only when the message is nothing else.
          (familiar || !best.file.smalltalk);
        if (isSure) return { zone: 'answer', guesses: guesses(fitting) };
      }
      const offered = fitting.filter(({ file }) => file.label !== undefined);
      const isStrange = services.length === 0 && background > (offered[0]?.score ?? 0);
      return offered.length === 0 || isStrange ? { zone: 'none', guesses: [] } : { zone: 'ask', guesses: guesses(offered) };
    },
  };
}
