// From knowledge to everything the matcher learned: spelling vocabulary, the heads, and gates fitted by cross-validation. Pure.
import { createNearness, type Embedder } from './embedder.ts';
import { fitHeadGates, type HeadGateData, type JudgedSight } from './headGates.ts';
import { createHeads, general, type HeadParts, type Places, trainHeads } from './heads.ts';
import type { Lessons } from './lessons.ts';
import { crossValidate } from './model/crossValidation.ts';
import { createReader, type KnowledgeRow, plainExamples, readRows, spellingVocabulary } from './rows.ts';

export interface Learned {
  /** Stems with their uses, for the speller. */
  vocabulary: [string, number][];
  heads: HeadParts;
  gates: HeadGateData;
  /** Words of an example as `exampleKey` → its intent; left out where several intents or the background say the same. */
  examples: [string, string][];
}

/** Rows are dealt out so often; each part is judged by heads that have not seen it, and with it every fifth intent, of which they know nothing. */
const folds = { folds: 5, strangers: 0.2 };
const gateOptions = {
  /**
   * Our own examples are chosen to differ from each other, so citizens' questions lie nearer to them than they to each other:
   * on those the gate is stricter than this says.
   */
  precision: 0.975,
  rejected: 0.03,
  /** An estimate until officers' labels tell. */
  strangers: 0.12,
};

/** @returns what the matcher needs to run; the same knowledge gives the same, bit by bit. */
export function learn(folder: Lessons, embedder?: Embedder): Learned {
  const reader = createReader(folder);
  const rows = readRows(folder, reader);
  return {
    vocabulary: [...spellingVocabulary(rows, folder, reader)],
    heads: trainHeads(rows, placesOf(folder)),
    gates: fitHeadGates(judgeRows(folder, rows, embedder), gateOptions),
    examples: plainExamples(folder, rows, reader),
  };
}

/** @returns intent → service and aspect; a general question has its own. */
export function placesOf(folder: Lessons): Places {
  return new Map(
    [...folder.intents].map(([id, { service, aspect, also }]) => [
      id,
      service !== undefined && aspect !== undefined ? { service, aspect, also: Object.keys(also) } : general(id),
    ]),
  );
}

/** Judges every row by heads that have not seen it, and once more by heads that know nothing of its intent. */
export function judgeRows(folder: Lessons, rows: readonly KnowledgeRow[], embedder?: Embedder): JudgedSight[] {
  const places = placesOf(folder);
  const plain = createReader(folder);
  const helped = createReader(folder);
  const judged = crossValidate(
    rows.map((row) => ({ ...row, label: row.intent })),
    folds,
    (known) => {
      helped.use(spellingVocabulary(known, folder, plain));
      const heads = createHeads(trainHeads(known, places), places, embedder && createNearness(embedder, known));
      return (row) => heads.see(helped.read(row.text).clauses.flat());
    },
  );
  return judged.map(({ ranking, label, isStranger }) => ({ sight: ranking, intent: label, isLeftOut: isStranger }));
}
