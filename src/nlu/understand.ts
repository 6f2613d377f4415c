// One message → understanding: courtesy is taken off, clauses are weighed, requests for a person win, the topic helps short follow-ups.
import type { TalkContext, Understanding } from '../desk/ports.ts';
import type { IntentFile } from './intentSchema.ts';
import { elsewhereIntent, type Judge, type Verdict } from './judge.ts';
import type { Reading } from './tokens.ts';
import { type Phrases, type Topics, withoutPhrases } from './topics.ts';

/** A follow-up such as "kalau biayanya?" has no more words than this. */
const followUpWords = 6;
/** Stems that ask nothing once an opening is taken off: "mau tanya dulu boleh gak". Nor does the office's name: "selamat sore dpmptsp". */
const idle = new Set(['saya', 'kami', 'tidak', 'boleh', 'bisa', 'dulu', 'mau']);

type Weighed = Omit<Understanding, 'language' | 'elsewhere'> & { elsewhere: string | null };

/** @returns the understanding, with the key of another agency's matter instead of its words */
export function createUnderstand(options: {
  intents: ReadonlyMap<string, IntentFile>;
  judge: Judge;
  topics: Topics;
  /** Greetings, openings ("mau tanya") and place names around a question, as stems. */
  courtesy: Phrases;
  /** How our own office is named, as stems. */
  office: Phrases;
  /** Words of which a question has one. */
  questionWords: ReadonlySet<string>;
  /** How a service is named, as stems. */
  nameOf: (service: string) => string[];
}): (reading: Reading, context: TalkContext) => Weighed {
  const { intents, topics } = options;

  const sureOf = (verdict: Verdict): IntentFile | null =>
    (verdict.zone === 'answer' && intents.get(verdict.guesses[0]?.intent ?? '')) || null;
  const isQuestion = (words: string[]): boolean => words.some((word) => options.questionWords.has(word));

  return ({ clauses }, context) => {
    const { refused = [] } = context;
    const judge = (words: string[], whole?: string[]): Verdict => {
      const bare = withoutPhrases(words, options.courtesy);
      const asks = withoutPhrases(bare, options.office).some((word) => !idle.has(word));
      return options.judge.judge(asks ? bare : words, refused, whole);
    };
    const all = clauses.flat();
    if (all.length === 0) return none;
    const whole = judge(all, all);
    const asked = clauses.filter((clause) => withoutPhrases(clause, options.courtesy).length > 0);
    const parts = asked.length > 1 ? asked.map((words) => ({ words, verdict: judge(words) })) : [];

    // A request for a person, or anger, wins wherever it stands.
    const urgent = [whole, ...parts.map(({ verdict }) => verdict)].find((verdict) => sureOf(verdict)?.handoff === 'now');
    if (urgent) return told(urgent);

    const sure = distinct(parts.filter(({ verdict }) => sureOf(verdict)?.smalltalk === false));
    const questions = sure.filter(({ words }) => isQuestion(words));
    const [first, second] = questions;
    if (first && second) {
      const asking = parts.filter(({ words, verdict }) => isQuestion(words) && verdict.zone !== 'none');
      return {
        ...told(first.verdict),
        also: second.verdict.guesses[0]?.intent ?? null,
        ...(asking.length > 2 && { more: true }),
      };
    }
    const follow = followUp(all, whole, context, options.judge);
    if (follow) return follow;
    if (whole.zone === 'answer' || whole.zone === 'elsewhere') return told(whole);
    // One clause asks, the others tell a story: it answers when they name no other service.
    const [only] = sure;
    if (only && sure.length === 1 && isAllOf(only, all)) return told(only.verdict);
    return told(whole);
  };

  function distinct(parts: { words: string[]; verdict: Verdict }[]): typeof parts {
    const ids = new Set<string>();
    return parts.filter(({ verdict }) => {
      const id = verdict.guesses[0]?.intent ?? '';
      return !ids.has(id) && ids.add(id);
    });
  }

  function isAllOf({ words, verdict }: { words: string[]; verdict: Verdict }, all: string[]): boolean {
    const service = sureOf(verdict)?.service;
    const here = topics.find(words).services;
    return topics.find(all).services.every((name) => name === service || here.includes(name));
  }

  /** What the talk is about: the service of the first choice of the question back where the others have it or none, else that of the last answer. */
  function serviceOf({ topic, offered = [] }: TalkContext): string | undefined {
    const of = (id: string): string | undefined => intents.get(id)?.service;
    const [first, ...others] = offered.map(of);
    const isOne = others.every((each) => each === undefined || each === first);
    return (isOne && first) || of(topic ?? '');
  }

  /** "Kalau biayanya?" after PBG: the same question with the service in front; answered when that is sure, else asked back about it. */
  function followUp(all: string[], whole: Verdict, context: TalkContext, judge: Judge): Weighed | null {
    const { refused } = context;
    const service = serviceOf(context);
    const { services, elsewhere } = topics.find(all);
    if (service === undefined || all.length > followUpWords || services.length + elsewhere.length > 0) return null;
    const isOther = (id: string | undefined): boolean => intents.get(id ?? '')?.service !== service;
    if (sureOf(whole)?.smalltalk || (whole.zone === 'answer' && !isOther(whole.guesses[0]?.intent))) return null;
    const name = options.nameOf(service);
    const asked = withoutPhrases(all, options.courtesy);
    // People name it before or behind: "NIB berapa lama", "berapa lama NIB".
    const isSure = ({ zone, guesses }: Verdict): boolean => zone === 'answer' && !isOther(guesses[0]?.intent);
    const named = judge.judge([...name, ...asked], refused);
    if (isSure(named)) return told(named);
    const behind = judge.judge([...asked, ...name], refused);
    if (isSure(behind)) return told(behind);
    const isNear = named.zone === 'ask' && isQuestion(all) && !isOther(named.guesses[0]?.intent);
    return whole.zone !== 'answer' && isNear ? told(named) : null;
  }
}

const none: Weighed = { zone: 'none', guesses: [], also: null, elsewhere: null };

function told({ zone, guesses, elsewhere, isBare }: Verdict): Weighed {
  if (zone !== 'elsewhere') return { zone, guesses, also: null, elsewhere: null, ...(isBare && { isBare }) };
  return { zone: 'answer', guesses: guesses.filter(({ intent }) => intent === elsewhereIntent), also: null, elsewhere };
}
