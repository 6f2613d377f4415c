// One message → understanding: courtesy is taken off, clauses are weighed, requests for a person win, and the topic may help to ask.
import type { Understanding } from '../desk/ports.ts';
import type { IntentFile } from './intentSchema.ts';
import type { Judge, Verdict } from './judge.ts';
import type { Reading } from './tokens.ts';
import { isListed, type Topics } from './topics.ts';

/** A follow-up such as "itu bayar gak?" has no more words than this. */
const followUpWords = 5;

export function createUnderstand(options: {
  intents: ReadonlyMap<string, IntentFile>;
  judge: Judge;
  topics: Topics;
  /** Courtesy phrases and place names, as stems. */
  courtesy: string[][];
}): (reading: Reading, topic: string | null) => Understanding {
  const { intents, judge, topics } = options;
  const isSmalltalk = (verdict: Verdict): boolean => intents.get(verdict.guesses[0]?.intent ?? '')?.smalltalk === true;
  const answered = (verdict: Verdict): string | null => (verdict.zone === 'answer' ? (verdict.guesses[0]?.intent ?? null) : null);

  const settles = (intent: string, topic: string): boolean => {
    const file = intents.get(intent);
    return file !== undefined && (isListed(topic, file.about) || isListed(topic, file.covers));
  };

  /** The question without its courtesy first; the courtesy counts when there is no question. */
  const weigh = (stems: string[]): Verdict => {
    const question = withoutPhrases(stems, options.courtesy);
    const whole = judge.judge(stems);
    if (question.length === 0 || question.length === stems.length) return whole;
    const bare = judge.judge(question);
    if (whole.zone === 'answer' && isSmalltalk(whole)) return whole;
    return bare.zone === 'answer' || whole.zone !== 'answer' ? bare : whole;
  };

  /** A sure clause may speak for the message when the rest asks nothing else. */
  const byClauses = (verdicts: Verdict[], all: string[]): Verdict | null => {
    const sure = verdicts.filter((verdict) => verdict.zone === 'answer' && !isSmalltalk(verdict));
    const first = sure[0];
    const intent = first ? answered(first) : null;
    if (!first || intent === null) return null;
    if (sure.some((verdict) => answered(verdict) !== intent)) {
      const guesses = [...new Map(sure.flatMap((verdict) => verdict.guesses.slice(0, 1)).map((guess) => [guess.intent, guess])).values()];
      return { zone: 'ask', guesses: guesses.filter((guess) => intents.get(guess.intent)?.label).slice(0, 3) };
    }
    return topics.find(all).found.every((topic) => settles(intent, topic)) ? first : null;
  };

  /** "Itu bayar gak?" after NIB: the intents about the same service that settle it, as a question back. */
  const followUp = (all: string[], topic: string | null): Verdict | null => {
    const services = intents.get(topic ?? '')?.about ?? [];
    const asked = topics.find(all).found;
    if (services.length === 0 || asked.length === 0 || all.length > followUpWords) return null;
    if (asked.some((each) => !each.startsWith('hal:'))) return null;
    const guesses = [...intents.values()]
      .filter((intent) => intent.label && intent.about.some((service) => services.includes(service)))
      .filter((intent) => asked.every((each) => settles(intent.id, each)))
      .map((intent) => ({ intent: intent.id, score: 0.3 }));
    return guesses.length > 0 ? { zone: 'ask', guesses: guesses.slice(0, 3) } : null;
  };

  return ({ clauses, language }, topic) => {
    const all = clauses.flat();
    if (all.length === 0) return { zone: 'none', guesses: [], language };
    const whole = weigh(all);
    const verdicts = clauses.length > 1 ? clauses.map(weigh) : [];
    const wanted = [whole, ...verdicts].find((verdict) => intents.get(answered(verdict) ?? '')?.handoff === 'now');
    const sure = wanted ?? (whole.zone === 'answer' && !isSmalltalk(whole) ? whole : null) ?? byClauses(verdicts, all);
    const verdict = sure ?? (whole.zone === 'answer' ? whole : (followUp(all, topic) ?? whole));
    return { ...verdict, language };
  };
}

/** Takes whole phrases out of a text; the longest phrase at each place goes first. */
function withoutPhrases(stems: string[], phrases: string[][]): string[] {
  const kept: string[] = [];
  let at = 0;
  while (at < stems.length) {
    const size = phrases
      .filter((phrase) => phrase.every((word, offset) => stems[at + offset] === word))
      .reduce((longest, phrase) => Math.max(longest, phrase.length), 0);
    const stem = stems[at];
    if (size === 0 && stem !== undefined) kept.push(stem);
    at += Math.max(size, 1);
  }
  return kept;
}
