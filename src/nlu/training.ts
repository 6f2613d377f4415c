// From knowledge to everything the matcher learned: spelling vocabulary, the two heads, and gates fitted by cross-validation. Pure.
import { createHeads, general, type HeadParts, type Places, type Sight, trainHeads } from './heads.ts';
import type { IntentFolder } from './intentFiles.ts';
import { fitGates, type GateData, type Judged } from './model/gates.ts';
import { createReader, type KnowledgeRow, readRows, spellingVocabulary } from './rows.ts';
import type { TokenReader } from './tokens.ts';

export interface Learned {
  /** Stems with their uses, for the speller. */
  vocabulary: [string, number][];
  heads: HeadParts;
  gates: GateData;
  /** Largest `gap` at which an intent may still answer. */
  gap: number;
}

/** Rows are dealt out so often; each part is judged by models that have not seen it. */
const parts = 5;
/**
 * Strict: of the answers in cross-validation so many must be right, unanswered intents and background lines counted as wrong.
 * Own examples are nearer to each other than a stranger's words, so this is more than is asked of the product.
 */
const precision = 0.97;
/** Part of the in-scope rows that the first gate may turn away. */
const rejected = 0.04;
/** Of the right rows, this part must stay within the largest `gap`. */
const withinGap = 0.97;

/** @returns what the matcher needs to run; the same knowledge gives the same, bit by bit. */
export function learn(folder: IntentFolder): Learned {
  const reader = createReader(folder);
  const rows = readRows(folder, reader);
  const places = placesOf(folder);
  const judged = crossValidate(folder, rows, places, reader);
  const gates = fitGates(judged, { precision, rejected }).data;
  const gaps = judged
    .filter(({ label, ranking }) => label !== null && label === ranking.ranked[0]?.label)
    .map(({ ranking }) => ranking.gap)
    .sort((a, b) => a - b);
  return {
    vocabulary: [...spellingVocabulary(rows, folder, reader)],
    heads: trainHeads(rows, places),
    gates,
    gap: gaps[Math.floor(withinGap * gaps.length)] ?? 0,
  };
}

/** @returns intent → service and aspect; a general question has its own. */
export function placesOf(folder: IntentFolder): Places {
  return new Map(
    [...folder.intents].map(([id, { service, aspect }]) => [
      id,
      service !== undefined && aspect !== undefined ? { service, aspect } : general(id),
    ]),
  );
}

export interface Seen extends Judged {
  ranking: Sight;
  row: KnowledgeRow;
  /** Why it has no label: a background line, or a question whose own intent was left out of training. */
  kind: 'own' | 'background' | 'left-out';
}

/**
 * Judges every row by models that have not seen it, and every intent's rows once more by models that do not know the intent:
 * those must not be answered from the neighbours.
 */
export function crossValidate(
  folder: IntentFolder,
  rows: readonly KnowledgeRow[],
  places: Places,
  plain: TokenReader,
): Seen[] {
  const seen: Seen[] = [];
  const helped = createReader(folder);
  const judge = (train: KnowledgeRow[], held: KnowledgeRow[], isLeftOut: boolean): void => {
    helped.use(spellingVocabulary(train, folder, plain));
    const heads = createHeads(trainHeads(train, places), places);
    for (const row of held) {
      const ranking = heads.see(helped.read(row.text).clauses.flat());
      const kind = isLeftOut ? 'left-out' : row.intent === null ? 'background' : 'own';
      seen.push({ row, ranking, label: kind === 'own' ? row.intent : null, kind });
    }
  };
  for (let part = 0; part < parts; part++) {
    const isHeld = (_: unknown, at: number): boolean => at % parts === part;
    judge(
      rows.filter((row, at) => !isHeld(row, at)),
      rows.filter(isHeld),
      false,
    );
  }
  const ids = [...folder.intents.keys()];
  for (let part = 0; part < parts; part++) {
    const out = new Set(ids.filter((_, at) => at % parts === part));
    const held = rows.filter((row) => row.intent !== null && out.has(row.intent));
    // A third of them: as many as the background lines, about.
    judge(
      rows.filter((row) => row.intent === null || !out.has(row.intent)),
      held.filter((_, at) => at % 3 === 0),
      true,
    );
  }
  return seen;
}
