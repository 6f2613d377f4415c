// One clause → answer, ask, not ours or none: the joint ranking held against the fitted gates and the names in the message.
import { createHeadGates, type HeadGateData } from './headGates.ts';
import type { Heads, Places, Sight } from './heads.ts';
import type { IntentFile } from './intentSchema.ts';
import { exampleKey } from './rows.ts';
import type { Topics } from './topics.ts';

/** Buttons that a channel can show under one message. */
const maxChoices = 3;
/** A choice about something else than the named service is offered from this share on: below it one in a hundred was the right one. */
const leastChoice = 0.03;
/** Where no service is named and the likeliest has less, buttons would only be guesses. */
const leastFirst = 0.08;
/** From this share on the service head alone says which service is meant. */
const sureService = 0.8;
/** Aspects in the order they are asked about a permit. */
const mostAsked = ['syarat', 'cara', 'apa', 'biaya', 'lama'];
/** The intent that names the right office for another agency's matter. */
export const elsewhereIntent = 'lain.instansi';
/** The key of places that are no agency's matter. */
const otherPlaces = 'tempat-lain';

export interface Guess {
  intent: string;
  /** 0..1: how likely it is the right one. */
  score: number;
}

const guessOf = ({ label, share }: Sight['ranked'][number]): Guess => ({ intent: label, score: share });

export interface Verdict {
  zone: 'answer' | 'ask' | 'elsewhere' | 'none';
  /** Likeliest first; for `answer` the first is the answer. For `ask` at most three have a label, and the first may have none. */
  guesses: Guess[];
  /** Only a service is named: nothing is unclear, nothing was asked yet. */
  isBare?: boolean;
  /** Whose matter it is, as a key under `lain`; null when only the examples tell that it is not ours. */
  elsewhere: string | null;
}

export interface Judge {
  /**
   * @param refused intents the citizen has said are not meant
   * @param whole the whole message with its courtesy, where the words are no part of it only
   */
  judge(words: readonly string[], refused?: readonly string[], whole?: readonly string[]): Verdict;
}

export function createJudge(options: {
  intents: ReadonlyMap<string, IntentFile>;
  heads: Heads;
  places: Places;
  topics: Topics;
  gates: HeadGateData;
  /** Intents by the words of their examples. */
  examples: ReadonlyMap<string, string>;
}): Judge {
  const { intents, heads, places, topics } = options;
  const gates = createHeadGates(options.gates);
  const { thresholds } = options.gates;
  const serviceOf = (intent: string): string | undefined => intents.get(intent)?.service;
  /** Whether the intent may answer a message that names these services: a general question's may, and one that replaced an old name. */
  const isAbout = (intent: string, services: readonly string[]): boolean => {
    const { service, covers = [] } = intents.get(intent) ?? {};
    return service === undefined || services.length === 0 || [service, ...covers].some((name) => services.includes(name));
  };

  const exampleOf = (...ways: (readonly string[])[]): string | undefined =>
    ways.map((words) => options.examples.get(exampleKey(words))).find((intent) => intent !== undefined);

  const onlyOne = ([service, ...others]: readonly string[]): string | undefined => {
    const about = others.length > 0 ? [] : [...intents.values()].filter((each) => each.service === service);
    return about.length === 1 ? about[0]?.id : undefined;
  };

  /** The likeliest first, whatever it is; then what may be offered: the intents of the services in question and what else is likely. */
  const choicesOf = (ranked: Sight['ranked'], services: readonly string[]): Guess[] => {
    const isOffered = ({ label, share }: Sight['ranked'][number]): boolean =>
      intents.get(label)?.label !== undefined &&
      label !== elsewhereIntent &&
      (share >= leastChoice || services.includes(serviceOf(label) ?? ''));
    const [best] = ranked;
    if (!best) return [];
    const most = isOffered(best) ? maxChoices - 1 : maxChoices;
    const offered: Guess[] = [guessOf(best)];
    for (let at = 1; at < ranked.length && offered.length <= most; at++) {
      const each = ranked[at] as Sight['ranked'][number];
      if (isOffered(each)) offered.push(guessOf(each));
    }
    return offered;
  };

  /** "Izin reklame" says nothing of what is asked: what most people ask stands first. */
  const inOrderAsked = (guesses: Guess[]): Guess[] => {
    const placeOf = ({ intent }: Guess): number => mostAsked.indexOf(intents.get(intent)?.aspect ?? '') + 1 || 99;
    return [...guesses].sort((a, b) => placeOf(a) - placeOf(b));
  };

  return {
    judge(words, refused = [], whole = undefined) {
      const sight = heads.see(words, refused);
      const named = topics.find(words);
      const right = gates.right(sight);
      const isWithin = gates.near(sight) >= thresholds.near;
      const ranked = sight.ranked.slice(0, maxChoices).map(guessOf);
      const [best] = ranked;
      if (!best) return { zone: 'none', guesses: [], elsewhere: null };
      // Another agency is named and nothing of ours: its office, unless a question of ours is likelier by far.
      const stranger = named.services.length === 0 ? (named.elsewhere[0] ?? null) : null;
      const isOurOffice = places.get(best.intent)?.service.startsWith('=kantor.') ?? false;
      // "Dari stasiun ke dinas perizinan naik apa": the other place is where the way begins.
      const isWayHere = named.isOurs && named.elsewhere.every((name) => name === otherPlaces);
      // A bare name: there may be only one thing to tell. Word for word an example: its author has said what it asks, in a part of a
      // message only where it names its service.
      const isPlain = whole !== undefined || named.services.length > 0;
      const told = named.isBare ? whole && onlyOne(named.services) : isPlain ? exampleOf(whole ?? words, words) : undefined;
      if (told !== undefined && told !== elsewhereIntent && !refused.includes(told)) {
        const others = ranked.filter(({ intent }) => intent !== told).slice(0, maxChoices - 1);
        return { zone: 'answer', guesses: [{ intent: told, score: 1 }, ...others], elsewhere: null };
      }
      const isSure = !named.isBare && right >= thresholds.right && isAbout(best.intent, named.services);
      const isLikelyTheirs = !isWithin || ranked.some(({ intent }) => intent === elsewhereIntent);
      const isTheirs =
        stranger !== null && (isSure ? (isOurOffice && !isWayHere) || best.intent === elsewhereIntent : isLikelyTheirs);
      if (isTheirs || (isSure && best.intent === elsewhereIntent)) {
        const score = sight.ranked.find(({ label }) => label === elsewhereIntent)?.share ?? 0;
        return { zone: 'elsewhere', guesses: [{ intent: elsewhereIntent, score }], elsewhere: stranger };
      }
      if (isSure) return { zone: 'answer', guesses: [{ ...best, score: right }, ...ranked.slice(1)], elsewhere: null };

      const isGuess = !isWithin || best.score < leastFirst;
      if (isGuess && named.services.length === 0) return { zone: 'none', guesses: [], elsewhere: null };
      const meant = named.services.length === 0 && sight.service.share >= sureService ? [sight.service.name] : named.services;
      const guesses = named.isBare ? inOrderAsked(choicesOf(sight.ranked, meant)) : choicesOf(sight.ranked, meant);
      if (guesses.length === 0) return { zone: 'none', guesses: [], elsewhere: null };
      return { zone: 'ask', guesses, elsewhere: null, ...(named.isBare && { isBare: true }) };
    },
  };
}
