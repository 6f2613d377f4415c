// Training rows of the knowledge: every example and background line through the word chain, with what it teaches each head.
import type { Language } from '../contract/message.ts';
import { aloneOf, examplesOf } from './intentSchema.ts';
import type { Lessons } from './lessons.ts';
import { createTokenReader, type TokenReader } from './tokens.ts';

/** One example with its intent, or a background line with none. */
export interface KnowledgeRow {
  text: string;
  intent: string | null;
  /** Where it asks about another aspect than its intent's. */
  aspect?: string;
  language: Language;
  /** Stems from the chain, without spelling help. */
  words: string[];
}

/** Every name of a permit, a system or another agency's matter. */
function listedNames({ topics }: Lessons): string[] {
  return [...Object.values(topics.layanan).flat(), ...Object.values(topics.lain).flatMap(({ names }) => names)];
}

/** The chain for this knowledge, spelling help still off. */
export function createReader(folder: Lessons): TokenReader {
  // Single words are never stemmed and never corrected away.
  return createTokenReader({ ...folder, protectedWords: new Set(listedNames(folder).filter((name) => !name.includes(' '))) });
}

/** @returns rows in the order of files and lines; an example without a word is left out */
export function readRows({ intents, background }: Lessons, reader: TokenReader): KnowledgeRow[] {
  const examples = [...intents].flatMap(([intent, file]) => examplesOf(file).map((example) => ({ intent, ...example })));
  return wordsOf([...examples, ...background.map((text) => ({ text, intent: null, language: 'id' as const }))], reader);
}

function wordsOf(rows: readonly Omit<KnowledgeRow, 'words'>[], reader: TokenReader): KnowledgeRow[] {
  return rows.map((row) => ({ ...row, words: reader.read(row.text).clauses.flat() })).filter(({ words }) => words.length > 0);
}

/** What spelling help may lead to: the words of the rows and of the lists of names. @param reader one without spelling help */
export function spellingVocabulary(rows: readonly KnowledgeRow[], folder: Lessons, reader: TokenReader): Map<string, number> {
  return reader.vocabulary([...rows.map(({ text }) => text), ...listedNames(folder)]);
}

/** @returns one key for the same words in any order */
export const exampleKey = (words: readonly string[]): string => [...words].sort().join(' ');

/** @returns `exampleKey` → intent, of all a file lists; without words that several intents or the background share */
export function plainExamples({ intents }: Lessons, rows: readonly KnowledgeRow[], reader: TokenReader): [string, string][] {
  const owners = new Map<string, string | null>();
  const alone = [...intents].flatMap(([intent, file]) => aloneOf(file).map((example) => ({ intent, ...example })));
  for (const { words, intent } of [...rows, ...wordsOf(alone, reader)]) {
    const key = exampleKey(words);
    owners.set(key, !owners.has(key) || owners.get(key) === intent ? intent : null);
  }
  return [...owners].flatMap(([key, intent]) => (intent === null ? [] : [[key, intent]]));
}
