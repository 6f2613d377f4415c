// The word maps of intents/lexicon for the commands that need no answers: read without the intent files.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { type Lexicon, parseLexicon } from '../src/nlu/lexicon.ts';
import type { WordMaps } from '../src/nlu/tokens.ts';

const folder = path.join(import.meta.dirname, '../intents/lexicon');

/** @throws Error naming the file and line of what cannot be read */
export function readWordMaps(): WordMaps {
  const read = (file: string): string => readFileSync(path.join(folder, file), 'utf8');
  const lexicon = (file: string): Lexicon => {
    const { lexicon: maps, problems } = parseLexicon(read(file));
    if (problems.length > 0) throw new Error(`intents/lexicon/${file}: ${problems.join('; ')}`);
    return maps;
  };
  const topics = parse(read('topics.yaml')) as {
    layanan: Record<string, string[]>;
    lain: Record<string, { names: string[] }>;
  };
  const names = [...Object.values(topics.layanan), ...Object.values(topics.lain).map((entry) => entry.names)].flat();
  return {
    slang: lexicon('slang.txt'),
    sundanese: lexicon('su.txt'),
    english: lexicon('en.txt'),
    synonyms: lexicon('synonyms.txt'),
    protectedWords: new Set(names.filter((name) => !name.includes(' '))),
  };
}
