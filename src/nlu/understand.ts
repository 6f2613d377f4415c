// One message → understanding: courtesy is taken off, clauses are weighed, requests for a person win, and the topic may help to ask.
import type { Understanding } from '../desk/ports.ts';
import type { IntentFile } from './intentSchema.ts';
import { type Judge, maxGuesses, settles, thresholds, type Verdict } from './judge.ts';
import type { Reading } from './tokens.ts';
import type { Topics } from './topics.ts';

/** A follow-up such as "itu bayar gak?" has no more words than this. */
const followUpWords = 5;

export function createUnderstand(options: {
  intents: ReadonlyMap<string, IntentFile>;
  judge: Judge;
  topics: Topics;
  /** Greetings and place names, as stems. */
  courtesy: string[][];
  /** Phrases that only open a question: "mau tanya". */
  openings: string[][];
}): (reading: Reading, topic: string | null) => Understanding {
  const { intents, judge, topics } = options;
  const answered = (verdict: Verdict): IntentFile | null =>
    (verdict.zone === 'answer' && intents.get(verdict.guesses[0]?.intent ?? '')) || null;
  const around = [...options.courtesy, ...options.openings];
  const question = (stems: string[]): string[] => withoutPhrases(stems, around);

  /** The question without its courtesy first; the courtesy counts when there is no question. */
  const weigh = (stems: string[]): Verdict => {
    const left = question(stems);
    const asked = left.length > 0 ? left : withoutPhrases(stems, options.courtesy);
    const whole = judge.judge(stems);
    if (asked.length === 0 || asked.length === stems.length || answered(whole)?.smalltalk) return whole;
    const bare = judge.judge(asked);
    return bare.zone === 'answer' || whole.zone !== 'answer' ? bare : whole;
  };

  /** One sure intent speaks for the message when it settles all of it; two are offered; a request for a person always wins. */
  const agreed = (verdicts: Verdict[], all: string[]): Verdict | null => {
    const sure = new Map<string, { verdict: Verdict; file: IntentFile }>();
    for (const verdict of verdicts) {
      const file = answered(verdict);
      if (file?.handoff === 'now') return verdict;
      if (file && !file.smalltalk && !sure.has(file.id)) sure.set(file.id, { verdict, file });
    }
    const [first, ...others] = [...sure.values()];
    if (!first) return null;
    if (others.length > 0) {
      return {
        zone: 'ask',
        guesses: [first, ...others].flatMap(({ verdict }) => verdict.guesses.slice(0, 1)).slice(0, maxGuesses),
      };
    }
    return topics.find(all).found.every((topic) => settles(first.file, topic)) ? first.verdict : null;
  };

  /** "Itu bayar gak?" after NIB: the intents about the same service that settle it, as a question back. */
  const followUp = (all: string[], topic: string | null): Verdict | null => {
    const services = intents.get(topic ?? '')?.about ?? [];
    const asked = topics.find(all).found;
    if (services.length === 0 || asked.length === 0 || all.length > followUpWords) return null;
    if (asked.some((each) => !each.startsWith('hal:'))) return null;
    const guesses = [...intents.values()]
      .filter((intent) => intent.label && intent.about.some((service) => services.includes(service)))
      .filter((intent) => asked.every((each) => settles(intent, each)))
      .map((intent) => ({ intent: intent.id, score: thresholds.offer }));
    return guesses.length > 0 ? { zone: 'ask', guesses: guesses.slice(0, maxGuesses) } : null;
  };

  return ({ clauses, language }, topic) => {
    const all = clauses.flat();
    if (all.length === 0) return { zone: 'none', guesses: [], language };
    const whole = weigh(all);
    // "Mau tanya," is no question of its own beside a question.
    const parts = clauses.length > 1 ? clauses.filter((clause) => question(clause).length > 0).map(weigh) : [];
    const courtesy = parts.length > 0 && parts.every((part) => answered(part)?.smalltalk) ? parts.at(-1) : undefined;
    const verdict =
      agreed([whole, ...parts], all) ?? (whole.zone === 'answer' ? whole : (courtesy ?? followUp(all, topic) ?? whole));
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
