// Looks over the whole knowledge for what no single file shows: doubles, intents nobody reaches, texts and dates that want a person.
import { contractIds } from './contractIds.ts';
import type { IntentFolder } from './intentFiles.ts';
import { aloneOf, examplesOf } from './intentSchema.ts';
import { unchecked } from './knowledge.ts';
import { createReader, readRows } from './rows.ts';
import { judgeRows } from './training.ts';

export interface Findings {
  /** Must be mended. */
  errors: string[];
  /** Wants a person's eye; holds nothing up. */
  warnings: string[];
}

/** @param today YYYY-MM-DD */
export function reviewKnowledge(folder: IntentFolder, today: string): Findings {
  const errors = [...missingIds(folder), ...doubles(folder), ...unreachable(folder)];
  const warnings: string[] = [];
  for (const [id, { answer, languageCheckedBy, source }] of folder.intents) {
    const warn = (text: string) => warnings.push(`intents/${id}.yaml:1 ${text}`);
    if (answer.su !== undefined && languageCheckedBy === unchecked)
      warn('languageCheckedBy: nobody has checked the Sundanese text; it is not shown');
    if (source?.reviewBy !== undefined && source.reviewBy < today)
      warn(`source.reviewBy: was due on ${source.reviewBy}; the answer is not given until somebody has read the source again`);
  }
  return { errors, warnings };
}

const missingIds = ({ intents }: IntentFolder): string[] =>
  contractIds
    .filter((id) => !intents.has(id))
    .map((id) => `intents/${id}.yaml:1 file: is missing; reports and tests rely on this id`);

/** The same example in two places, once letters, accents and marks are folded. */
function doubles({ intents, background }: IntentFolder): string[] {
  const owners = new Map<string, string>();
  const rows = [...intents].flatMap(([id, file]) =>
    [...examplesOf(file), ...aloneOf(file)].map(({ text }) => ({ file: `${id}.yaml`, text })),
  );
  return [...rows, ...background.map((text) => ({ file: '_background.txt', text }))].flatMap(({ file, text }) => {
    const key = text
      .normalize('NFKD')
      .toLowerCase()
      .replace(/\p{M}/gu, '')
      .replace(/[^\p{L}\p{N}]+/gu, ' ')
      .trim();
    const owner = owners.get(key);
    owners.set(key, owner ?? file);
    return owner === undefined || owner === file ? [] : [`intents/${file}:1 examples: "${text}" is also in ${owner}`];
  });
}

/** An intent of which no example leads back to it, when that example was not learned. */
function unreachable(folder: IntentFolder): string[] {
  const reached = new Set<string>();
  for (const { intent, sight } of judgeRows(folder, readRows(folder, createReader(folder))))
    if (intent !== null && sight.ranked[0]?.label === intent) reached.add(intent);
  return [...folder.intents.keys()]
    .filter((id) => !reached.has(id))
    .map((id) => `intents/${id}.yaml:1 examples: none of them is matched back to this intent; its examples are another's`);
}
