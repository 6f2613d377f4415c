// What a message is about, by exact lists: permits, other agencies, aspects. The guard against sure answers to another question.

/** Topic lists by group and name: `izin.nib`, `lain.sim`, `hal.biaya`; see intents/lexicon/topics.yaml. */
export interface TopicLists {
  izin: Record<string, string[]>;
  lain: Record<string, string[]>;
  hal: Record<string, string[]>;
}

export interface Topics {
  /** @returns the topics named, as `group:name`, the positions of their words, and whether permits of ours are all that is named. */
  find(stems: string[]): { found: string[]; at: ReadonlySet<number>; onlyNames: boolean };
}

/** Does a list of `group:name` or `group:*` include this topic? */
export const isListed = (topic: string, list: readonly string[]): boolean =>
  list.includes(topic) || list.includes(`${topic.slice(0, topic.indexOf(':'))}:*`);

/** @param options.stems the chain that messages go through, so that the lists match whatever the spelling */
export function createTopics(options: { lists: TopicLists; stems: (phrase: string) => string[] }): Topics {
  /** First stem of a phrase → the phrases that start with it. */
  const byFirst = new Map<string, { topic: string; phrase: string[] }[]>();
  for (const group of ['izin', 'lain', 'hal'] as const) {
    for (const [name, phrases] of Object.entries(options.lists[group])) {
      for (const phrase of phrases.map(options.stems)) {
        const first = phrase[0];
        if (first === undefined) continue;
        const list = byFirst.get(first) ?? [];
        byFirst.set(first, list);
        list.push({ topic: `${group}:${name}`, phrase });
      }
    }
  }
  return {
    find(stems) {
      const found = new Set<string>();
      const positions = new Set<number>();
      const named = new Set<number>();
      for (const [at, stem] of stems.entries()) {
        for (const { topic, phrase } of byFirst.get(stem) ?? []) {
          if (!phrase.every((word, offset) => stems[at + offset] === word)) continue;
          found.add(topic);
          for (const offset of phrase.keys()) {
            positions.add(at + offset);
            if (topic.startsWith('izin:')) named.add(at + offset);
          }
        }
      }
      return { found: [...found], at: positions, onlyNames: stems.length > 0 && named.size === stems.length };
    },
  };
}
