// What of the knowledge is learned from: where only an answer is worded anew, what was learned stays.
import type { IntentFolder } from './intentFiles.ts';
import type { IntentFile } from './intentSchema.ts';

/** As much of the knowledge as learning looks at. */
export interface Lessons extends Pick<IntentFolder, 'background' | 'topics' | 'slang' | 'sundanese' | 'english' | 'synonyms'> {
  intents: ReadonlyMap<string, Pick<IntentFile, 'examples' | 'also' | 'alone' | 'service' | 'aspect'>>;
}

/** @returns the folder without what learning does not look at */
export function lessonsOf({ intents, background, topics, slang, sundanese, english, synonyms }: IntentFolder): Lessons {
  const lessons = [...intents].map(
    ([id, { examples, also, alone, service, aspect }]) => [id, { examples, also, alone, service, aspect }] as const,
  );
  return { intents: new Map(lessons), background, topics, slang, sundanese, english, synonyms };
}

/** @returns whether learning the one would give what learning the other gave */
export const teachTheSame = (a: IntentFolder, b: IntentFolder): boolean => textOf(a) === textOf(b);

/** Maps and sets as lists, in their order, which counts: rows are dealt out by it. */
function textOf(folder: IntentFolder): string {
  const isList = (value: unknown): value is Iterable<unknown> =>
    typeof value === 'object' && value !== null && Symbol.iterator in value;
  return JSON.stringify(lessonsOf(folder), (_key, value: unknown) => (isList(value) ? [...value] : value));
}
