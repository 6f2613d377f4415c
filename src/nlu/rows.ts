// Training rows of the knowledge: every example and background line through the word chain, with what it teaches each head.
import type { Language } from '../contract/message.ts';
import type { IntentFolder } from './intentFiles.ts';
import { createSpeller } from './speller.ts';
import { createTokenReader, type TokenReader } from './tokens.ts';

/** One example with its intent, or a background line with none. */
export interface KnowledgeRow {
  text: string;
  intent: string | null;
  language: Language;
  /** Stems from the chain, without spelling help. */
  words: string[];
}

/** Names up to this length are acronyms: exact match only, never the goal of a spelling correction. */
const acronymLength = 5;

/** Single words that name a permit, a system or another agency's matter: never stemmed, never corrected away. */
export function protectedNames(folder: IntentFolder): Set<string> {
  const { layanan, lain } = folder.topics;
  const names = [...Object.values(layanan).flat(), ...Object.values(lain).flatMap(({ names }) => names)];
  return new Set(names.filter((name) => !name.includes(' ')));
}

/** The chain for this knowledge, spelling help still off. */
export function createReader(folder: IntentFolder): TokenReader {
  return createTokenReader({ ...folder, protectedWords: protectedNames(folder) });
}

/** @returns rows in the order of files and lines; an example without a word is left out */
export function readRows(folder: IntentFolder, reader: TokenReader): KnowledgeRow[] {
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

/** Stems with their uses, from the rows and the lists of names: what a slip of the pen may have meant. Acronyms are left out. */
export function spellingVocabulary(rows: readonly KnowledgeRow[], folder: IntentFolder, reader: TokenReader): Map<string, number> {
  const names = protectedNames(folder);
  const { layanan, lain } = folder.topics;
  const phrases = [...Object.values(layanan).flat(), ...Object.values(lain).flatMap(({ names }) => names)];
  const uses = new Map<string, number>();
  for (const stem of [...rows.flatMap(({ words }) => words), ...phrases.flatMap(reader.phrase)]) {
    if (names.has(stem) && stem.length <= acronymLength) continue;
    uses.set(stem, (uses.get(stem) ?? 0) + 1);
  }
  return uses;
}

export const spellerOf = (vocabulary: ReadonlyMap<string, number>, reader: TokenReader) =>
  createSpeller({ vocabulary, isKnown: reader.isKnown });
