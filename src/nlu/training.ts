// From knowledge to everything the matcher learned: spelling vocabulary, the two heads, and gates fitted by cross-validation. Pure.
import { createNearness, type Embedder } from './embedder.ts';
import { createHeads, general, type HeadParts, type Places, type Sight, trainHeads } from './heads.ts';
import type { IntentFolder } from './intentFiles.ts';
import { fitGates, type GateData, type Judged } from './model/gates.ts';
import { createReader, type KnowledgeRow, readRows, spellingVocabulary } from './rows.ts';

export interface Learned {
  /** Stems with their uses, for the speller. */
  vocabulary: [string, number][];
  heads: HeadParts;
  gates: GateData;
}

/** Rows are dealt out so often; each part is judged by models that have not seen it. */
const parts = 4;
/**
 * Of the answers in cross-validation so many must be right, answered background lines counted as wrong. Our own examples are
 * chosen to differ from each other, so citizens' questions lie nearer to them than they to each other: on those it is stricter.
 */
const precision = 0.94;
/** Part of the in-scope rows that the first gate may turn away. */
const rejected = 0.04;
/** Part of the messages that no intent answers: an estimate until officers' labels tell. */
const strangers = 0.12;
/** Weights of the SVM in the scope signal; cross-validation takes one. */
const svmWeights = [0.1, 0.3, 1];

/** @returns what the matcher needs to run; the same knowledge gives the same, bit by bit. */
export function learn(folder: IntentFolder, embedder?: Embedder): Learned {
  const reader = createReader(folder);
  const rows = readRows(folder, reader);
  const places = placesOf(folder);
  return {
    vocabulary: [...spellingVocabulary(rows, folder, reader)],
    heads: trainHeads(rows, places),
    gates: fitGates(crossValidate(folder, rows, embedder), { precision, rejected, strangers, svmWeights }).data,
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
}

/** Judges every row by models that have not seen it. */
export function crossValidate(folder: IntentFolder, rows: readonly KnowledgeRow[], embedder?: Embedder): Seen[] {
  const places = placesOf(folder);
  const plain = createReader(folder);
  const helped = createReader(folder);
  return Array.from({ length: parts }, (_, part) => {
    const known = rows.filter((_, at) => at % parts !== part);
    helped.use(spellingVocabulary(known, folder, plain));
    const heads = createHeads(trainHeads(known, places), places, embedder && createNearness(embedder, known));
    return rows
      .filter((_, at) => at % parts === part)
      .map((row) => ({ row, label: row.intent, ranking: heads.see(helped.read(row.text).clauses.flat()) }));
  }).flat();
}
