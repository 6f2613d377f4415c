// Names by exact words: which of our services a message names, and which other agency's matter.
import type { TopicsFile } from './intentSchema.ts';

export interface Named {
  /** Keys under `layanan`, in the order of the message. */
  services: string[];
  /** Keys under `lain`. */
  elsewhere: string[];
  /** Our own office is named. */
  isOurs: boolean;
  /** Names of our services are all there is: "PBG" and "NIB saya" are no question yet. */
  isBare: boolean;
}

type Group = 'services' | 'elsewhere' | 'ours';

/** Stems that ask nothing beside a name. */
const empty = new Set(['saya', 'kami', 'nomor', 'izin', 'itu', 'ini']);

export interface Topics {
  find(words: readonly string[]): Named;
}

/** @param stems a listed phrase through the same chain as messages */
export function createTopics(lists: Pick<TopicsFile, 'layanan' | 'lain' | 'kami'>, stems: (phrase: string) => string[]): Topics {
  /** First stem of a phrase → the phrases that start with it. */
  const byFirst = new Map<string, { group: Group; name: string; phrase: string[] }[]>();
  const add = (group: Group, name: string, phrases: string[]): void => {
    for (const phrase of phrases.map(stems)) {
      const first = phrase[0];
      if (first === undefined) continue;
      const list = byFirst.get(first) ?? [];
      byFirst.set(first, list);
      list.push({ group, name, phrase });
    }
  };
  for (const [name, phrases] of Object.entries(lists.layanan)) add('services', name, phrases);
  for (const [name, { names }] of Object.entries(lists.lain)) add('elsewhere', name, names);
  add('ours', '', lists.kami);
  return {
    find(words) {
      const found: Named = { services: [], elsewhere: [], isOurs: false, isBare: false };
      const covered = new Set<number>();
      for (const [at, word] of words.entries()) {
        for (const { group, name, phrase } of byFirst.get(word) ?? []) {
          if (!phrase.every((each, offset) => words[at + offset] === each)) continue;
          if (group === 'ours') found.isOurs = true;
          else if (!found[group].includes(name)) found[group].push(name);
          if (group === 'services') for (const offset of phrase.keys()) covered.add(at + offset);
        }
      }
      found.isBare = covered.size > 0 && words.every((word, at) => covered.has(at) || empty.has(word));
      return found;
    },
  };
}

/** Phrases by their first word: most words start none. */
export type Phrases = ReadonlyMap<string, string[][]>;

/** @param phrases stems of each; an empty one is left out */
export function indexPhrases(phrases: readonly string[][]): Phrases {
  const byFirst = new Map<string, string[][]>();
  for (const phrase of phrases) {
    const [first] = phrase;
    if (first !== undefined) byFirst.set(first, [...(byFirst.get(first) ?? []), phrase]);
  }
  return byFirst;
}

/** Takes whole phrases out of a text; the longest phrase at each place goes first. */
export function withoutPhrases(words: readonly string[], phrases: Phrases): string[] {
  const kept: string[] = [];
  let at = 0;
  while (at < words.length) {
    const word = words[at] as string;
    const size = (phrases.get(word) ?? [])
      .filter((phrase) => phrase.every((each, offset) => words[at + offset] === each))
      .reduce((longest, phrase) => Math.max(longest, phrase.length), 0);
    if (size === 0) kept.push(word);
    at += Math.max(size, 1);
  }
  return kept;
}
