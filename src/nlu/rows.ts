// Training rows of the knowledge: every example and background line through the word chain, with what it teaches each head.
import type { Language } from '../contract/message.ts';
import type { Lessons } from './lessons.ts';
import { createTokenReader, type TokenReader } from './tokens.ts';

/** One example with its intent, or a background line with none. */
export interface KnowledgeRow {
  text: string;
  intent: string | null;
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
export function readRows(folder: Lessons, reader: TokenReader): KnowledgeRow[] {
  const rows: KnowledgeRow[] = [];
  const add = (intent: string | null, language: Language, text: string): void => {
    const words = reader.read(text).clauses.flat();
    if (words.length > 0) rows.push({ text, intent, language, words });
  };
  for (const [id, { examples }] of folder.intents) {
    for (const language of ['id', 'su', 'en'] as const) for (const text of examples[language]) add(id, language, text);
  }
  for (const text of folder.background) add(null, 'id', text);
  return rows;
}

/** What spelling help may lead to: the words of the rows and of the lists of names. @param reader one without spelling help */
export function spellingVocabulary(rows: readonly KnowledgeRow[], folder: Lessons, reader: TokenReader): Map<string, number> {
  return reader.vocabulary([...rows.map(({ text }) => text), ...listedNames(folder)]);
}
