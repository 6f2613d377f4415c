// Names by exact words: which of our services a message names, and which other agency's matter.
import type { TopicsFile } from './intentSchema.ts';

export interface Named {
  /** Keys under `layanan`, in the order of the message. */
  services: string[];
  /** Keys under `lain`. */
  elsewhere: string[];
}

export interface Topics {
  find(words: readonly string[]): Named;
}

/** @param stems a listed phrase through the same chain as messages */
export function createTopics(lists: Pick<TopicsFile, 'layanan' | 'lain'>, stems: (phrase: string) => string[]): Topics {
  /** First stem of a phrase → the phrases that start with it. */
  const byFirst = new Map<string, { group: keyof Named; name: string; phrase: string[] }[]>();
  const add = (group: keyof Named, name: string, phrases: string[]): void => {
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
  return {
    find(words) {
      const found: Named = { services: [], elsewhere: [] };
      for (const [at, word] of words.entries()) {
        for (const { group, name, phrase } of byFirst.get(word) ?? []) {
          if (!phrase.every((each, offset) => words[at + offset] === each)) continue;
          if (!found[group].includes(name)) found[group].push(name);
        }
      }
      return found;
    },
  };
}

/** Takes whole phrases out of a text; the longest phrase at each place goes first. */
export function withoutPhrases(words: readonly string[], phrases: readonly string[][]): string[] {
  const kept: string[] = [];
  let at = 0;
  while (at < words.length) {
    const size = phrases
      .filter((phrase) => phrase.every((word, offset) => words[at + offset] === word))
      .reduce((longest, phrase) => Math.max(longest, phrase.length), 0);
    const word = words[at];
    if (size === 0 && word !== undefined) kept.push(word);
    at += Math.max(size, 1);
  }
  return kept;
}
